namespace FsRec.Optics;

/// <summary>t and E of one frame along a row of a band, kx from 0; memory that is used again row after row.</summary>
internal sealed class TransferRow(WaveBand band)
{
    private const int Lanes = 8;
    private readonly double[] _g2 = new double[(band.ColumnReach + Lanes) / Lanes * Lanes];

    /// <summary>Columns of the row inside the band, kx from 0.</summary>
    public int Count { get; private set; }

    /// <summary>Re t.</summary>
    public double[] Cos { get; } = new double[(band.ColumnReach + Lanes) / Lanes * Lanes];

    /// <summary>Im t.</summary>
    public double[] Sin { get; } = new double[(band.ColumnReach + Lanes) / Lanes * Lanes];

    /// <summary>E.</summary>
    public double[] Envelope { get; } = new double[(band.ColumnReach + Lanes) / Lanes * Lanes];

    /// <summary>Fills the row |ky|.</summary>
    public void Fill(int ky, TransferFunction function)
    {
        Count = 0;
        while (Count <= band.ColumnReach && band.Contains(ky, Count))
        {
            _g2[Count] = band.Grid.SquaredFrequency(ky, Count);
            Count++;
        }

        int whole = (Count + Lanes - 1) / Lanes * Lanes;
        function.Fill(_g2.AsSpan(0, whole), Cos, Sin, Envelope);
    }
}
