using FsRec.Fourier;

namespace FsRec.Statistics;

/// <summary>The ring of each frequency of a frame as far as there are rings, kx from 0 on.</summary>
internal sealed class RingNumbers
{
    private readonly ushort[] _rings;

    /// <summary>Numbers the frequencies.</summary>
    /// <param name="grid">The grid.</param>
    /// <param name="count">Number of the last ring; frequencies beyond it have a greater one.</param>
    /// <param name="width">Width of a ring in 1/nm; ring i is centred on i times it.</param>
    public RingNumbers(FrequencyGrid grid, int count, double width)
    {
        double limit = (count + 1) * width;
        RowReach = (int)Math.Min(grid.Rows / 2, Math.Ceiling(limit / grid.RowStep));
        // The Nyquist frequency of an even number has one sign.
        LastRow = Math.Min(RowReach, (grid.Rows - 1) / 2);
        ColumnReach = (int)Math.Min(grid.Columns / 2, Math.Ceiling(limit / grid.ColumnStep));
        _rings = new ushort[(RowReach + 1) * (ColumnReach + 1)];
        for (int ky = 0, i = 0; ky <= RowReach; ky++)
        {
            for (int kx = 0; kx <= ColumnReach; kx++, i++)
            {
                _rings[i] = (ushort)Math.Min(count + 1, Math.Round(Math.Sqrt(grid.SquaredFrequency(ky, kx)) / width));
            }
        }
    }

    /// <summary>The largest |ky| that may lie in a ring.</summary>
    public int RowReach { get; }

    /// <summary>The largest ky; the least is the opposite of <see cref="RowReach"/>.</summary>
    public int LastRow { get; }

    /// <summary>The largest |kx|.</summary>
    public int ColumnReach { get; }

    /// <summary>The rings of a row, kx from 0 to <see cref="ColumnReach"/>; they grow.</summary>
    /// <param name="ky">Number of the row.</param>
    public ReadOnlySpan<ushort> Row(int ky) => _rings.AsSpan(Math.Abs(ky) * (ColumnReach + 1), ColumnReach + 1);

    /// <summary>Transforms a plane forward, its columns only where they reach into a ring; what the others hold then has no meaning.</summary>
    /// <param name="transform">Of the plane's shape.</param>
    /// <param name="plane">The plane.</param>
    /// <param name="scratch">This thread's memory.</param>
    public void Transform(FourierTransform transform, ComplexPlane plane, FourierScratch scratch)
    {
        transform.ForwardRows(plane, 0, plane.Rows, scratch);
        int blocks = ComplexPlane.BlocksOf(ColumnReach + 1);
        int mirrored = (plane.Columns - ColumnReach) / ComplexPlane.Lanes;
        if (blocks >= mirrored)
        {
            transform.ForwardColumns(plane, 0, plane.Blocks, scratch);
            return;
        }

        transform.ForwardColumns(plane, 0, blocks, scratch);
        transform.ForwardColumns(plane, mirrored, plane.Blocks - mirrored, scratch);
    }
}
