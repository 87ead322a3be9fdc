using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Series;

namespace FsRec.Alignment;

/// <summary>
/// Cuts the reference area out of band-passed images: of a measured frame at a displacement, and of the image that a wave makes. What
/// only the area needs is computed only there. Read-only; each thread brings a workspace.
/// </summary>
internal sealed class AlignmentAreas
{
    private readonly MovedImage _frame;
    private readonly RegionFilter _region;
    private readonly AreaSurroundings? _surroundings;

    /// <summary>Prepares the areas of a series.</summary>
    /// <param name="frame">The transform of the frames.</param>
    /// <param name="calibration">Shape and scale of the frames.</param>
    /// <param name="area">The reference area.</param>
    /// <param name="band">Edges of the soft band-pass.</param>
    public AlignmentAreas(RealTransform frame, Calibration calibration, ReferenceArea area, FrequencyBand band)
    {
        Calibration = calibration;
        Area = area;
        _frame = new MovedImage(frame, new SoftBandPass(band).HalfPlane(FrequencyGrid.Of(calibration)));
        _region = RegionFilter.Create(calibration, area, band);
        _surroundings = AreaSurroundings.Of(calibration, area, band);
    }

    /// <summary>Shape and scale of the frames.</summary>
    public Calibration Calibration { get; }

    /// <summary>The reference area.</summary>
    public ReferenceArea Area { get; }

    /// <summary>Takes the memory one thread needs.</summary>
    public AreaWorkspace CreateWorkspace() => new(_frame, _region, _surroundings);

    /// <summary>Takes what keeps the surroundings of the area of one frame; <see langword="null"/> where the frame leaves no room for them.</summary>
    public FrameRegion? CreateRegion() => _surroundings?.CreateRegion();

    /// <summary>Cuts the area out of a measured frame, moved back by its displacement and band-passed.</summary>
    /// <param name="spectrum">The frame's spectrum.</param>
    /// <param name="dx">Displacement along columns in pixels.</param>
    /// <param name="dy">Displacement along rows in pixels.</param>
    /// <param name="target">Where the area goes, row-major.</param>
    /// <param name="workspace">This thread's memory.</param>
    public void Measured(ComplexPlane spectrum, double dx, double dy, Span<float> target, AreaWorkspace workspace) =>
        _frame.Cut(spectrum, dx, dy, Area, target, workspace.Frame);

    /// <summary>The same from the surroundings that are kept, which are cut anew when the frame has moved to another place of their grid.</summary>
    /// <param name="spectrum">Takes the frame's whole spectrum, where it is needed.</param>
    /// <param name="region">What is kept of this frame.</param>
    /// <param name="dx">Displacement along columns in pixels.</param>
    /// <param name="dy">Displacement along rows in pixels.</param>
    /// <param name="target">Where the area goes, row-major.</param>
    /// <param name="workspace">This thread's memory.</param>
    public void Measured(Func<SpectrumLease> spectrum, FrameRegion? region, double dx, double dy, Span<float> target, AreaWorkspace workspace)
    {
        if (region is null)
        {
            using SpectrumLease whole = spectrum();
            Measured(whole.Plane, dx, dy, target, workspace);
            return;
        }

        AreaSurroundings around = _surroundings!;
        (double x, double y) = AreaSurroundings.Place(dx, dy);
        if (!region.IsCutAt(x, y))
        {
            using SpectrumLease whole = spectrum();
            _frame.Cut(whole.Plane, x, y, around.Region, around.Memory(region, workspace.Surroundings!), workspace.Frame);
            around.Keep(region, x, y, whole.Plane[0, 0].Re / Calibration.PixelCount, workspace.Surroundings!);
        }

        around.CutAt(region, dx, dy, target, workspace.Surroundings!);
    }

    /// <summary>The part of the frame that holds the area at all of some displacements; the whole frame where one leads over its edge.</summary>
    /// <param name="places">Displacements by whole pixels, at least one.</param>
    public ReferenceArea Covering(IReadOnlyList<(int Dx, int Dy)> places)
    {
        int left = Area.Left + places.Min(static p => p.Dx);
        int top = Area.Top + places.Min(static p => p.Dy);
        var part = new ReferenceArea(
            top, left, Area.Bottom + places.Max(static p => p.Dy) - top, Area.Right + places.Max(static p => p.Dx) - left);
        return part.LiesInside(Calibration) ? part : new ReferenceArea(0, 0, Calibration.Rows, Calibration.Columns);
    }

    /// <summary>Band-passes a part of a measured frame, unmoved.</summary>
    /// <param name="spectrum">The frame's spectrum.</param>
    /// <param name="part">The part.</param>
    /// <param name="target">Where the part goes, row-major.</param>
    /// <param name="workspace">This thread's memory.</param>
    public void Filtered(ComplexPlane spectrum, ReferenceArea part, Span<float> target, AreaWorkspace workspace) =>
        _frame.Cut(spectrum, 0, 0, part, target[..part.PixelCount], workspace.Frame);

    /// <summary>Cuts the area out of a band-passed frame, moved back by whole pixels; the frame goes on periodically.</summary>
    /// <param name="filtered">Pixels from <see cref="Filtered"/>.</param>
    /// <param name="part">The part of the frame they are, from <see cref="Covering"/>.</param>
    /// <param name="dx">Displacement along columns in pixels.</param>
    /// <param name="dy">Displacement along rows in pixels.</param>
    /// <param name="target">Where the area goes, row-major.</param>
    public void CutFiltered(ReadOnlySpan<float> filtered, ReferenceArea part, int dx, int dy, Span<float> target)
    {
        int left = Periodic.Wrap(Area.Left + dx - part.Left, Calibration.Columns);
        int first = Math.Min(Area.Columns, part.Columns - left);
        for (int r = 0; r < Area.Rows; r++)
        {
            ReadOnlySpan<float> row = filtered.Slice(Periodic.Wrap(Area.Top + r + dy - part.Top, Calibration.Rows) * part.Columns, part.Columns);
            Span<float> line = target.Slice(r * Area.Columns, Area.Columns);
            row.Slice(left, first).CopyTo(line);
            row[..(Area.Columns - first)].CopyTo(line[first..]);
        }
    }

    /// <summary>Cuts the area out of the band-passed image that a wave makes.</summary>
    /// <param name="simulator">Makes the image.</param>
    /// <param name="wave">Spectrum of the wave on the simulator's band.</param>
    /// <param name="transfer">The frame's transfer factors.</param>
    /// <param name="target">Where the area goes, row-major.</param>
    /// <param name="workspace">This thread's memory.</param>
    /// <param name="image">This thread's memory for the image.</param>
    public void Simulated(ImageSimulator simulator, ComplexPlane wave, ComplexPlane transfer, Span<float> target, AreaWorkspace workspace, ImageWorkspace image)
    {
        double mean = simulator.Intensity(wave, transfer, _region.Region, workspace.Region.Pixels, image);
        _region.Apply(workspace.Region, mean, target);
    }

    /// <summary>Makes sure that the area, moved with each frame's content, still lies inside the frame.</summary>
    /// <exception cref="AlignmentException">It does not.</exception>
    public void EnsureRoom(IReadOnlyList<FrameDisplacement> displacements) => DriftCheck.EnsureRoom(Area, Calibration, displacements);

    /// <summary>Whether the area, moved with a frame's content, lies inside the frame.</summary>
    public bool HasRoom(FrameDisplacement displacement) => DriftCheck.Fits(Area, Calibration, displacement);
}
