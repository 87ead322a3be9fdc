using System.Runtime.InteropServices;

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
    private void* _memory;

    /// <summary>Takes memory for <paramref name="length"/> floats, all zero.</summary>
    public AlignedBuffer(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        // Large memory comes as zeros from the system, which need not be written again.
        _memory = NativeMemory.AllocZeroed(Bytes);
        _data = (float*)(((nuint)_memory + Alignment - 1) / Alignment * Alignment);
        GC.AddMemoryPressure((long)Bytes);
        HugePages.Ask(_memory, Bytes);
    }

    ~AlignedBuffer() => Free();

    /// <summary>Number of floats.</summary>
    public long Length { get; }

    /// <summary>The first float; valid until disposed. Callers keep the buffer alive while they use it.</summary>
    public float* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_memory is null, this);
            return _data;
        }
    }

    private nuint Bytes => checked(((nuint)Math.Max(Length, 1) * sizeof(float)) + Alignment);

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
        if (_memory is not null)
        {
            NativeMemory.Free(_memory);
            GC.RemoveMemoryPressure((long)Bytes);
            _memory = null;
        }
    }
}
