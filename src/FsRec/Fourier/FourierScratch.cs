namespace FsRec.Fourier;

/// <summary>The memory one thread's transforms write to besides the plane itself.</summary>
internal sealed class FourierScratch : IDisposable
{
    /// <inheritdoc />
    public void Dispose()
    {
    }
}
