namespace FsRec.Fourier;

/// <summary>
/// Spatial frequencies of a frame's spectrum: g = k / (n · sampling) on each axis with its own n and sampling, in 1/nm.
/// </summary>
/// <param name="Rows">Rows of the frame.</param>
/// <param name="Columns">Columns of the frame.</param>
/// <param name="RowStep">Distance of two rows of the spectrum in 1/nm.</param>
/// <param name="ColumnStep">Distance of two columns of the spectrum in 1/nm.</param>
internal readonly record struct FrequencyGrid(int Rows, int Columns, double RowStep, double ColumnStep)
{
    /// <summary>The grid of frames of a shape and scale.</summary>
    public static FrequencyGrid Of(Calibration calibration) => new(
        calibration.Rows,
        calibration.Columns,
        1 / (calibration.Rows * calibration.RowSampling),
        1 / (calibration.Columns * calibration.ColumnSampling));

    /// <summary>The signed frequency number of a row or column in transform order.</summary>
    public static int Signed(int index, int count) => index <= (count - 1) / 2 ? index : index - count;

    /// <summary>The place in transform order of a signed frequency number.</summary>
    public static int Index(int k, int count) => k < 0 ? k + count : k;

    /// <summary>g² at signed frequency numbers, in 1/nm².</summary>
    public double SquaredFrequency(int ky, int kx)
    {
        double gy = ky * RowStep;
        double gx = kx * ColumnStep;
        return (gy * gy) + (gx * gx);
    }

    /// <summary>The largest |ky| below Nyquist with |g| ≤ limit.</summary>
    public int RowReach(double limit) => Reach(Rows, limit / RowStep);

    /// <summary>The largest |kx| below Nyquist with |g| ≤ limit.</summary>
    public int ColumnReach(double limit) => Reach(Columns, limit / ColumnStep);

    // The smaller one is taken as a number of double precision: what becomes of an infinite one as an integer differs between runtimes.
    private static int Reach(int count, double steps) => (int)Math.Min((count - 1) / 2, Math.Floor(steps + 1e-9));
}
