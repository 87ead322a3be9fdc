using FsRec.Fourier;

namespace FsRec.Alignment;

/// <summary>The memory one thread needs to cut reference areas.</summary>
internal sealed class AreaWorkspace : IDisposable
{
    public AreaWorkspace(RealTransform frame, RealTransform region)
    {
        Ramp = new PhaseRamp(frame.Rows, frame.Columns);
        FrameSpectrum = frame.CreateHalfPlane();
        FrameScratch = frame.CreateScratch();
        RegionPixels = new float[region.Rows * region.Columns];
        RegionSpectrum = region.CreateHalfPlane();
        RegionScratch = region.CreateScratch();
    }

    /// <summary>The displacement of the frame at hand.</summary>
    public PhaseRamp Ramp { get; }

    /// <summary>A frame's spectrum, moved and filtered.</summary>
    public ComplexPlane FrameSpectrum { get; }

    /// <summary>Scratch of the frame's transform.</summary>
    public RealTransformScratch FrameScratch { get; }

    /// <summary>Simulated intensity of the region.</summary>
    public float[] RegionPixels { get; }

    /// <summary>Its spectrum.</summary>
    public ComplexPlane RegionSpectrum { get; }

    /// <summary>Scratch of the region's transform.</summary>
    public RealTransformScratch RegionScratch { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        Ramp.Dispose();
        FrameSpectrum.Dispose();
        FrameScratch.Dispose();
        RegionSpectrum.Dispose();
        RegionScratch.Dispose();
    }
}
