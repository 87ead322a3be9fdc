namespace FsRec.Alignment;

/// <summary>
/// The reference area of a band-passed frame at displacements near one where the frame was cut before: the area is kept with its
/// surroundings, which are moved in place of the whole frame. They are cut at places of a grid, so that an area hangs on its displacement alone and
/// not on where the frame lay before. Read-only; each thread brings a workspace.
/// </summary>
internal abstract class AreaSurroundings
{
    /// <summary>Pixels by which an area may move from where it was cut.</summary>
    public const double Room = 4;

    /// <summary>Pixels kept on each side of the area, at least.</summary>
    protected const int Margin = 16;

    private const double Pitch = 2 * Room;

    /// <summary>Prepares the surroundings of an area.</summary>
    protected AreaSurroundings(ReferenceArea area, ReferenceArea region) => (Area, Region) = (area, region);

    /// <summary>The area with its surroundings, in the frame.</summary>
    public ReferenceArea Region { get; }

    /// <summary>The reference area.</summary>
    protected ReferenceArea Area { get; }

    /// <summary>The surroundings of an area; <see langword="null"/> where they would reach over the frame's edge or be most of the frame.</summary>
    /// <param name="calibration">The frame.</param>
    /// <param name="area">The reference area.</param>
    /// <param name="band">The band-pass.</param>
    public static AreaSurroundings? Of(Calibration calibration, ReferenceArea area, FrequencyBand band)
    {
        double edge = band.High * Math.Max(calibration.RowSampling, calibration.ColumnSampling);
        AreaSurroundings? around = edge <= InterpolatedSurroundings.HighestEdge
            ? InterpolatedSurroundings.Of(calibration, area)
            : TaperedSurroundings.Of(calibration, area);
        return around is not null && 2 * around.Region.PixelCount <= calibration.PixelCount ? around : null;
    }

    /// <summary>Where the surroundings are cut from which an area at a displacement is taken: the nearest place of the grid, in whole pixels.</summary>
    /// <param name="dx">Displacement along columns in pixels.</param>
    /// <param name="dy">Displacement along rows in pixels.</param>
    public static (double Dx, double Dy) Place(double dx, double dy) => (Pitch * Math.Round(dx / Pitch), Pitch * Math.Round(dy / Pitch));

    /// <summary>Takes what keeps the surroundings of one frame.</summary>
    public abstract FrameRegion CreateRegion();

    /// <summary>Takes the memory one thread needs.</summary>
    public abstract SurroundingsWorkspace CreateWorkspace();

    /// <summary>Where the pixels of <see cref="Region"/> are to be put before they are kept, row-major.</summary>
    /// <param name="region">What will keep them.</param>
    /// <param name="workspace">This thread's memory.</param>
    public abstract Span<float> Memory(FrameRegion region, SurroundingsWorkspace workspace);

    /// <summary>Keeps the surroundings that were cut at a displacement into <see cref="Memory"/>.</summary>
    /// <param name="region">Where they are kept.</param>
    /// <param name="dx">Displacement along columns in pixels.</param>
    /// <param name="dy">Displacement along rows in pixels.</param>
    /// <param name="mean">Mean of the whole frame.</param>
    /// <param name="workspace">This thread's memory.</param>
    public void Keep(FrameRegion region, double dx, double dy, float mean, SurroundingsWorkspace workspace)
    {
        Keep(region, mean, workspace);
        (region.Dx, region.Dy) = (dx, dy);
    }

    /// <summary>Cuts the area at a displacement.</summary>
    /// <param name="region">What is kept of the frame, cut at the displacement's <see cref="Place"/>.</param>
    /// <param name="dx">Displacement along columns in pixels.</param>
    /// <param name="dy">Displacement along rows in pixels.</param>
    /// <param name="target">Where the area goes, row-major.</param>
    /// <param name="workspace">This thread's memory.</param>
    public void CutAt(FrameRegion region, double dx, double dy, Span<float> target, SurroundingsWorkspace workspace) =>
        Cut(region, dx - region.Dx, dy - region.Dy, target, workspace);

    /// <summary>Keeps what is in <see cref="Memory"/>.</summary>
    protected abstract void Keep(FrameRegion region, float mean, SurroundingsWorkspace workspace);

    /// <summary>Cuts the area that lies some pixels further on than the one that was kept.</summary>
    protected abstract void Cut(FrameRegion region, double dx, double dy, Span<float> target, SurroundingsWorkspace workspace);
}
