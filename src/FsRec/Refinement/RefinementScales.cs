using FsRec.Optics;

namespace FsRec.Refinement;

/// <summary>
/// Standard errors of one frame's displacement (px) and focus (nm) against a known wave of the expected power: the units in which an
/// optimiser finds them as stiff as the wave.
/// </summary>
/// <param name="Column">Of dx, in px.</param>
/// <param name="Row">Of dy, in px.</param>
/// <param name="Focus">Of the focus, in nm.</param>
internal readonly record struct RefinementScales(double Column, double Row, double Focus)
{
    /// <summary>
    /// From the linear theory: the curvature of the misfit by dx is Σ (2π kx/columns)² E|y(g)|² / σ², by the focus
    /// Σ (πλg²)² E|∂y/∂χ|² / σ², means over the frames.
    /// </summary>
    public static RefinementScales Of(ModelGrid grid, IReadOnlyList<TransferFunction> transfers, IReadOnlyList<double> noise, PriorPowers prior, double wavelength)
    {
        WaveBand band = grid.Band;
        double column = 0;
        double row = 0;
        double focus = 0;
        for (int ky = 0; ky <= band.RowReach; ky++)
        {
            for (int kx = 0; kx <= band.ColumnReach && band.Contains(ky, kx); kx++)
            {
                double g2 = band.Grid.SquaredFrequency(ky, kx);
                (double sa, double sp) = prior.At(Math.Sqrt(g2));
                LinearTheory sum = LinearTheory.At(transfers, noise, g2);
                double signal = (sum.Aa * sa) + (sum.Pp * sp);
                column += Square(2 * Math.PI * kx / band.Grid.Columns) * signal;
                row += Square(2 * Math.PI * ky / band.Grid.Rows) * signal;
                focus += Square(Math.PI * wavelength * g2) * ((sum.Pp * sa) + (sum.Aa * sp));
            }
        }

        // Four quadrants, and only the frame's part of the grid is compared.
        double share = 4.0 / transfers.Count * grid.Frame.PixelCount / grid.Plane.PixelCount;
        return new(Error(column), Error(row), Error(focus));

        double Error(double curvature) => 1 / Math.Sqrt(Math.Max(share * curvature, 1));
    }

    /// <summary>
    /// Standard error of each frame's displacement in px against a known wave of the expected power, by the linear theory: what one frame
    /// says by itself. Near a zero of the transfer function of a lattice it is several times that of its neighbours.
    /// </summary>
    /// <param name="band">The band of the wave on the grid of the frames.</param>
    /// <param name="transfers">Transfer function of each frame.</param>
    /// <param name="noise">Variance of each frame's noise.</param>
    /// <param name="prior">Power spectra of amplitude and phase.</param>
    public static double[] MoveErrors(WaveBand band, IReadOnlyList<TransferFunction> transfers, IReadOnlyList<double> noise, PriorPowers prior)
    {
        var curvature = new double[transfers.Count];
        for (int ky = 0; ky <= band.RowReach; ky++)
        {
            for (int kx = 0; kx <= band.ColumnReach && band.Contains(ky, kx); kx++)
            {
                double g2 = band.Grid.SquaredFrequency(ky, kx);
                (double sa, double sp) = prior.At(Math.Sqrt(g2));
                double k2 = 0.5 * (Square(2 * Math.PI * kx / band.Grid.Columns) + Square(2 * Math.PI * ky / band.Grid.Rows));
                for (int n = 0; n < curvature.Length; n++)
                {
                    (double a, double p) = LinearTheory.Row(transfers[n], g2);
                    curvature[n] += 4 * k2 * ((a * a * sa) + (p * p * sp)) / noise[n];
                }
            }
        }

        return [.. curvature.Select(static c => 1 / Math.Sqrt(Math.Max(c, 1)))];
    }

    private static double Square(double x) => x * x;
}
