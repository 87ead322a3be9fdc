using FsRec.Fourier;

namespace FsRec.Alignment;

/// <summary>The reference areas of several images, outside the garbage collector's reach: they are large, and many.</summary>
internal sealed unsafe class AreaStack(int count, int pixels) : IDisposable
{
    private readonly AlignedBuffer _buffer = new((long)count * pixels);

    /// <summary>Number of areas.</summary>
    public int Count => count;

    /// <summary>Pixels of each.</summary>
    public int Pixels => pixels;

    /// <summary>The pixels of an area, row-major; valid until disposed.</summary>
    public Span<float> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)count, nameof(index));
            return new(_buffer.Pointer + ((long)index * pixels), pixels);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _buffer.Dispose();
}
