using FsRec.Fourier;

namespace FsRec.ImageModel;

/// <summary>The memory one thread's blur is made in.</summary>
internal sealed class BlurScratch(FourierScratch? separable, RealFilterScratch? whole) : IDisposable
{
    /// <summary>That of rows and columns apart.</summary>
    public FourierScratch? Separable { get; } = separable;

    /// <summary>That of the whole spectrum.</summary>
    public RealFilterScratch? Whole { get; } = whole;

    /// <inheritdoc />
    public void Dispose()
    {
        Separable?.Dispose();
        Whole?.Dispose();
    }
}
