using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.ImageModel;

/// <summary>The misfit's gradient: by the wave's spectrum, dD = Re Σ conj(Wave)·dψ, and by the state of each frame.</summary>
internal sealed class ModelGradient(WaveBand band, int frames) : IDisposable
{
    /// <summary>By the wave's spectrum.</summary>
    public ComplexPlane Wave { get; } = band.CreateSpectrum();

    /// <summary>By displacement (per px) and defocus (per nm) of each frame.</summary>
    public FrameState[] Frames { get; } = new FrameState[frames];

    /// <inheritdoc />
    public void Dispose() => Wave.Dispose();
}
