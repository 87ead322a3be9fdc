namespace FsRec.Fourier;

/// <summary>
/// Floats outside the garbage collector's reach, aligned to a cache line: managed arrays are not, and vector loads across
/// lines cost a quarter of the transform. Freed with <see cref="Dispose"/> or, failing that, by the finalizer.
/// </summary>
internal sealed unsafe class AlignedBuffer : IDisposable
{
    /// <summary>Bytes of a cache line, and of the widest vector register.</summary>
    public const int Alignment = 64;

    private readonly float* _data;
    private PlaneBlock? _block;

    /// <summary>Takes memory for <paramref name="length"/> floats, all zero.</summary>
    public AlignedBuffer(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        _block = PlaneMemory.Take(checked((nuint)Math.Max(length, 1) * sizeof(float)));
        _data = (float*)_block.Start;
        GC.AddMemoryPressure((long)_block.Bytes);
    }

    ~AlignedBuffer() => Free();

    /// <summary>Number of floats.</summary>
    public long Length { get; }

    /// <summary>The first float; valid until disposed. Callers keep the buffer alive while they use it.</summary>
    public float* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_block is null, this);
            return _data;
        }
    }

    /// <summary>The floats as a span.</summary>
    public Span<float> Span => new(Pointer, checked((int)Length));

    /// <inheritdoc />
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (Interlocked.Exchange(ref _block, null) is { } block)
        {
            PlaneMemory.Give(block);
            GC.RemoveMemoryPressure((long)block.Bytes);
        }
    }
}
