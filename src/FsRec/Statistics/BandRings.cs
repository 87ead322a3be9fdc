using FsRec.Optics;

namespace FsRec.Statistics;

/// <summary>The rings that the frequencies of a band belong to, and the powers that are expected there: a quarter of it, since both are round.</summary>
internal sealed class BandRings
{
    private readonly int _columns;
    private readonly ushort[] _rings;
    private readonly (double Amplitude, double Phase)[] _expected;

    /// <summary>Numbers the frequencies of a band.</summary>
    public BandRings(WaveBand band)
    {
        Band = band;
        Step = Math.Max(band.Grid.RowStep, band.Grid.ColumnStep);
        Count = (int)Math.Ceiling(band.Limit / Step) + 1;
        _columns = band.ColumnReach + 1;
        _rings = new ushort[(band.RowReach + 1) * _columns];
        _expected = new (double, double)[_rings.Length];
        for (int i = 0; i < _rings.Length; i++)
        {
            _rings[i] = (ushort)Math.Min(Count - 1, (int)((Frequency(i) / Step) + 0.5));
        }
    }

    /// <summary>The band.</summary>
    public WaveBand Band { get; }

    /// <summary>Width of a ring in 1/nm; ring i is centred on i times it.</summary>
    public double Step { get; }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>Sets the powers that are expected.</summary>
    /// <param name="powers">The powers; <see langword="null"/> for none.</param>
    public void Expect(PriorPowers? powers)
    {
        for (int i = 0; i < _expected.Length; i++)
        {
            _expected[i] = powers?.At(Frequency(i)) is { } at ? (at.Amplitude, at.Phase) : default;
        }
    }

    /// <summary>The rings of a row |ky|, kx from 0.</summary>
    public ReadOnlySpan<ushort> Row(int ky) => _rings.AsSpan(ky * _columns, _columns);

    /// <summary>The expected powers of a row |ky|, kx from 0.</summary>
    public ReadOnlySpan<(double Amplitude, double Phase)> Expected(int ky) => _expected.AsSpan(ky * _columns, _columns);

    private double Frequency(int index) => Math.Sqrt(Band.Grid.SquaredFrequency(index / _columns, index % _columns));
}
