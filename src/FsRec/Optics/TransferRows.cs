using FsRec.Fourier;

namespace FsRec.Optics;

/// <summary>
/// t and E of several frames along a row of a band, kx from 0: they are what tables of transfer functions and restoration filters are
/// made of, row by row.
/// </summary>
internal sealed class TransferRows
{
    private const int Lanes = 8;
    private readonly WaveBand _band;
    private readonly IReadOnlyList<TransferFunction> _functions;
    private readonly TransferRow[] _rows;
    private readonly double[] _g2;

    /// <summary>Takes the memory of a row.</summary>
    /// <param name="band">The band.</param>
    /// <param name="functions">Transfer function of each frame.</param>
    public TransferRows(WaveBand band, IReadOnlyList<TransferFunction> functions)
    {
        (_band, _functions) = (band, functions);
        _g2 = new double[(band.ColumnReach + Lanes) / Lanes * Lanes];
        _rows = [.. functions.Select(_ => new TransferRow(_g2.Length))];
    }

    /// <summary>Number of frames.</summary>
    public int Frames => _rows.Length;

    /// <summary>The row, |ky|.</summary>
    public int Row { get; private set; }

    /// <summary>Columns of the row inside the band, kx from 0.</summary>
    public int Count { get; private set; }

    /// <summary>The row of a frame.</summary>
    public TransferRow this[int frame] => _rows[frame];

    /// <summary>Runs a body for every row |ky| of a band on several threads, each with memory of its own.</summary>
    /// <param name="band">The band.</param>
    /// <param name="functions">Transfer function of each frame.</param>
    /// <param name="threads">Threads to use; 0 for all.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    /// <param name="body">Is given the rows; they are used again afterwards.</param>
    public static void ForEach(
        WaveBand band, IReadOnlyList<TransferFunction> functions, int threads, CancellationToken cancellationToken, Action<TransferRows> body)
    {
        var rows = new TransferRows[FrameLoop.Workers(threads, band.RowReach + 1)];
        FrameLoop.Run(band.RowReach + 1, threads, cancellationToken, (worker, ky) =>
        {
            TransferRows mine = rows[worker] ??= new TransferRows(band, functions);
            mine.Fill(ky);
            body(mine);
        });
    }

    /// <summary>Fills the row |ky|.</summary>
    public void Fill(int ky)
    {
        Row = ky;
        double limit = _band.Limit * _band.Limit;
        FrequencyGrid grid = _band.Grid;
        for (Count = 0; Count <= _band.ColumnReach; Count++)
        {
            double g2 = grid.SquaredFrequency(ky, Count);
            if (g2 > limit)
            {
                break;
            }

            _g2[Count] = g2;
        }

        int whole = (Count + Lanes - 1) / Lanes * Lanes;
        for (int n = 0; n < _rows.Length; n++)
        {
            _rows[n].Fill(_g2.AsSpan(0, whole), _functions[n]);
        }
    }
}
