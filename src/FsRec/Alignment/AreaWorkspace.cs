using FsRec.Fourier;

namespace FsRec.Alignment;

/// <summary>The memory one thread needs to cut reference areas.</summary>
internal sealed class AreaWorkspace : IDisposable
{
    public AreaWorkspace(RealTransform frame, PartialColumnPass frameColumns, RegionFilter region)
    {
        Ramp = new PhaseRamp(frame.Rows, frame.Columns);
        Tile = frameColumns.CreateTile();
        FrameColumns = frame.CreateHalfPlane();
        FrameScratch = frame.CreateScratch();
        Region = region.CreateWorkspace();
    }

    /// <summary>The displacement of the frame at hand.</summary>
    public PhaseRamp Ramp { get; }

    /// <summary>A block of columns of a frame's spectrum, moved and filtered.</summary>
    public ColumnTile Tile { get; }

    /// <summary>The frame with its rows still in Fourier space; only the area's rows are right.</summary>
    public ComplexPlane FrameColumns { get; }

    /// <summary>Scratch of the frame's transform.</summary>
    public RealTransformScratch FrameScratch { get; }

    /// <summary>The region of a simulated image.</summary>
    public RegionWorkspace Region { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        Ramp.Dispose();
        Tile.Dispose();
        FrameColumns.Dispose();
        FrameScratch.Dispose();
        Region.Dispose();
    }
}
