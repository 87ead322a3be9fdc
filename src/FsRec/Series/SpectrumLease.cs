using FsRec.Fourier;

namespace FsRec.Series;

/// <summary>A frame's spectrum while it is in use.</summary>
/// <param name="shared">The spectrum, which counts this use already.</param>
internal sealed class SpectrumLease(SharedPlane shared) : IDisposable
{
    private SharedPlane? _shared = shared;

    /// <summary>The spectrum; not to be changed.</summary>
    public ComplexPlane Plane { get; } = shared.Plane;

    /// <inheritdoc />
    public void Dispose() => Interlocked.Exchange(ref _shared, null)?.Release();
}
