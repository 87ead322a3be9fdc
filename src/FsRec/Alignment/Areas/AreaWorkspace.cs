using FsRec.Fourier;

namespace FsRec.Alignment;

/// <summary>The memory one thread needs to cut reference areas.</summary>
internal sealed class AreaWorkspace(MovedImage frame, RegionFilter region, AreaSurroundings? surroundings) : IDisposable
{
    /// <summary>A measured frame.</summary>
    public MovedImageWorkspace Frame { get; } = frame.CreateWorkspace();

    /// <summary>Scratch of the frame's transform.</summary>
    public RealTransformScratch FrameScratch => Frame.Scratch;

    /// <summary>The region of a simulated image.</summary>
    public RegionWorkspace Region { get; } = region.CreateWorkspace();

    /// <summary>The surroundings of a measured area.</summary>
    public SurroundingsWorkspace? Surroundings { get; } = surroundings?.CreateWorkspace();

    /// <inheritdoc />
    public void Dispose()
    {
        Frame.Dispose();
        Region.Dispose();
        Surroundings?.Dispose();
    }
}
