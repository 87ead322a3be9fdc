using FsRec.Fourier;

namespace FsRec.Alignment;

/// <summary>The memory one thread needs to cut reference areas.</summary>
internal sealed class AreaWorkspace : IDisposable
{
    public AreaWorkspace(RealTransform frame, PartialColumnPass frameColumns, RegionFilter region, AreaSurroundings? surroundings)
    {
        Ramp = new PhaseRamp(frame.Rows, frame.Columns);
        ColumnScratch = frameColumns.CreateScratch();
        FrameColumns = frame.CreateHalfPlane();
        FrameScratch = frame.CreateScratch();
        Region = region.CreateWorkspace();
        Surroundings = surroundings?.CreateWorkspace();
    }

    /// <summary>The displacement of the frame at hand.</summary>
    public PhaseRamp Ramp { get; }

    /// <summary>Scratch of the frame's column transforms.</summary>
    public FourierScratch ColumnScratch { get; }

    /// <summary>The frame with its rows still in Fourier space; only the area's rows are right.</summary>
    public ComplexPlane FrameColumns { get; }

    /// <summary>Scratch of the row transforms.</summary>
    public RealTransformScratch FrameScratch { get; }

    /// <summary>The region of a simulated image.</summary>
    public RegionWorkspace Region { get; }

    /// <summary>The surroundings of a measured area.</summary>
    public SurroundingsWorkspace? Surroundings { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        Ramp.Dispose();
        ColumnScratch.Dispose();
        FrameColumns.Dispose();
        FrameScratch.Dispose();
        Region.Dispose();
        Surroundings?.Dispose();
    }
}
