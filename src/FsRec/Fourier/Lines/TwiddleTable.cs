namespace FsRec.Fourier;

/// <summary>
/// Floats at a fixed, aligned address, written once; kept alive by whoever holds the table.
/// </summary>
internal sealed unsafe class TwiddleTable
{
    private readonly float[] _data;
    private readonly int _offset;

    /// <summary>Takes room for some floats.</summary>
    public TwiddleTable(int length)
    {
        const int Spare = AlignedBuffer.Alignment / sizeof(float);
        _data = GC.AllocateArray<float>(length + Spare, pinned: true);
        fixed (float* first = _data)
        {
            nint beyond = (nint)first % AlignedBuffer.Alignment;
            _offset = beyond == 0 ? 0 : (int)(AlignedBuffer.Alignment - beyond) / sizeof(float);
        }

        Length = length;
    }

    /// <summary>Number of floats.</summary>
    public int Length { get; }

    /// <summary>The first float, at a multiple of a cache line.</summary>
    public float* Pointer
    {
        get
        {
            // The array is pinned for good: the address outlives the statement.
            fixed (float* first = _data)
            {
                return first + _offset;
            }
        }
    }

    /// <summary>The floats.</summary>
    public Span<float> Span => _data.AsSpan(_offset, Length);

    /// <summary>exp(−2πi·numerator/denominator), times a factor, in double precision until the last rounding.</summary>
    public static (float Re, float Im) Root(long numerator, long denominator, double factor = 1)
    {
        long n = numerator % denominator;
        // Angles below an eighth of a turn only: π itself is rounded, and cos and sin swap exactly.
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * (((8 * n) % denominator) / 8.0) / denominator);
        const double Half = 0.70710678118654752440;
        (double c, double s) = (8 * n / denominator) switch
        {
            0 => (cosine, sine),
            1 => (Half * (cosine - sine), Half * (cosine + sine)),
            2 => (-sine, cosine),
            3 => (Half * (-cosine - sine), Half * (cosine - sine)),
            4 => (-cosine, -sine),
            5 => (Half * (sine - cosine), Half * (-cosine - sine)),
            6 => (sine, -cosine),
            _ => (Half * (cosine + sine), Half * (sine - cosine)),
        };
        return ((float)(factor * c), (float)(factor * -s));
    }
}
