namespace FsRec.Fourier;

/// <summary>The memory one thread's transforms write to besides the plane itself.</summary>
internal sealed unsafe class FourierScratch : IDisposable
{
    private readonly AlignedBuffer _buffer;

    /// <summary>Takes room for some floats.</summary>
    public FourierScratch(int floats) => _buffer = new AlignedBuffer(floats);

    /// <inheritdoc />
    public void Dispose() => _buffer.Dispose();

    /// <summary>The memory, if it is enough.</summary>
    internal float* Take(int floats) => _buffer.Length >= floats
        ? _buffer.Pointer
        : throw new ArgumentException("The scratch memory was made for a smaller transform.");
}
