namespace FsRec.Optics;

/// <summary>
/// The part of a frame whose intensity must be known so that, after a filter of finite reach, the reference area is right. An axis
/// on which it would not be smaller than the frame takes the whole frame, which is then exact: the transforms are periodic.
/// </summary>
/// <param name="Top">First row; negative or beyond the frame means wrapped round.</param>
/// <param name="Left">First column; likewise.</param>
/// <param name="Rows">Rows, a size the transforms like.</param>
/// <param name="Columns">Columns, likewise.</param>
internal readonly record struct ImageRegion(int Top, int Left, int Rows, int Columns)
{
    /// <summary>The region round an area.</summary>
    /// <param name="area">The area that must be right.</param>
    /// <param name="calibration">The frame.</param>
    /// <param name="reach">Reach of the filter in nm.</param>
    public static ImageRegion Around(ReferenceArea area, Calibration calibration, double reach)
    {
        (int top, int rows) = Axis(area.Top, area.Rows, calibration.Rows, reach / calibration.RowSampling);
        (int left, int columns) = Axis(area.Left, area.Columns, calibration.Columns, reach / calibration.ColumnSampling);
        return new ImageRegion(top, left, rows, columns);
    }

    /// <summary>The region round an area in whole blocks of columns, on an axis larger than the frame too: wrapped round.</summary>
    /// <param name="area">The area that must be right.</param>
    /// <param name="calibration">The frame.</param>
    /// <param name="reach">Reach of the filter in nm.</param>
    public static ImageRegion InBlocks(ReferenceArea area, Calibration calibration, double reach)
    {
        int rows = (int)Math.Ceiling(reach / calibration.RowSampling);
        int columns = (int)Math.Ceiling(reach / calibration.ColumnSampling);
        const int Block = Fourier.ComplexPlane.Lanes;
        int left = (int)Math.Floor((area.Left - columns) / (double)Block) * Block;
        int right = (int)Math.Ceiling((area.Right + columns) / (double)Block) * Block;
        return new ImageRegion(area.Top - rows, left, area.Rows + (2 * rows), right - left);
    }

    private static (int First, int Count) Axis(int first, int count, int frame, double reach)
    {
        int size = count + (2 * (int)Math.Ceiling(Math.Min(reach, frame)));
        size = NextSize(size);
        return size >= frame ? (0, frame) : (first - ((size - count) / 2), size);
    }

    /// <summary>The next multiple of 16 that has no prime factor above 5.</summary>
    public static int NextSize(int size)
    {
        int units = (size + 15) / 16;
        while (!IsSmooth(units))
        {
            units++;
        }

        return units * 16;
    }

    private static bool IsSmooth(int n)
    {
        foreach (int p in (ReadOnlySpan<int>)[2, 3, 5])
        {
            while (n % p == 0)
            {
                n /= p;
            }
        }

        return n == 1;
    }
}
