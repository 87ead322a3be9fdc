namespace FsRec.Fourier;

/// <summary>The memory one thread's filtering writes to: a half-plane by blocks, or by rows where these are of a length that is no multiple of 16.</summary>
internal sealed class RealFilterScratch : IDisposable
{
    /// <summary>Holds a half-plane by blocks.</summary>
    public RealFilterScratch(BlockedPlane half, FourierScratch work) => (Half, Work) = (half, work);

    /// <summary>Holds a half-plane by rows.</summary>
    public RealFilterScratch(ComplexPlane spectrum, RealTransformScratch real) => (Spectrum, Real) = (spectrum, real);

    /// <summary>The half-plane by blocks.</summary>
    public BlockedPlane? Half { get; }

    /// <summary>Memory of the passes on it.</summary>
    public FourierScratch? Work { get; }

    /// <summary>The half-plane by rows.</summary>
    public ComplexPlane? Spectrum { get; }

    /// <summary>Memory of the transforms of it.</summary>
    public RealTransformScratch? Real { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        Half?.Dispose();
        Work?.Dispose();
        Spectrum?.Dispose();
        Real?.Dispose();
    }
}
