using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Alignment;

/// <summary>
/// Cuts the reference area out of band-passed images: of a measured frame at a displacement, and of the image that a wave makes. What
/// only the area needs is computed only there. Read-only; each thread brings a workspace.
/// </summary>
internal sealed class AlignmentAreas
{
    private readonly RealTransform _frame;
    private readonly RealTable _frameFilter;
    private readonly ImageRegion _region;
    private readonly RealTransform _regionTransform;
    private readonly RealTable _regionFilter;
    private readonly bool _meanOfFrame;

    /// <summary>Prepares the areas of a series.</summary>
    /// <param name="frame">The transform of the frames.</param>
    /// <param name="calibration">Shape and scale of the frames.</param>
    /// <param name="area">The reference area.</param>
    /// <param name="band">Edges of the soft band-pass.</param>
    public AlignmentAreas(RealTransform frame, Calibration calibration, ReferenceArea area, FrequencyBand band)
    {
        _frame = frame;
        Calibration = calibration;
        Area = area;
        var filter = new SoftBandPass(band);
        _frameFilter = filter.HalfPlane(FrequencyGrid.Of(calibration));
        _region = ImageRegion.Around(area, calibration, filter.ReachInImage);
        _regionTransform = new RealTransform(_region.Rows, _region.Columns);
        _regionFilter = filter.HalfPlane(FrequencyGrid.Of(calibration with { Rows = _region.Rows, Columns = _region.Columns }));
        _meanOfFrame = band.Low > 0 && _region.Rows * _region.Columns < calibration.PixelCount;
    }

    /// <summary>Shape and scale of the frames.</summary>
    public Calibration Calibration { get; }

    /// <summary>The reference area.</summary>
    public ReferenceArea Area { get; }

    /// <summary>Takes the memory one thread needs.</summary>
    public AreaWorkspace CreateWorkspace() => new(_frame, _regionTransform);

    /// <summary>Cuts the area out of a measured frame, moved back by its displacement and band-passed.</summary>
    /// <param name="spectrum">The frame's spectrum.</param>
    /// <param name="dx">Displacement along columns in pixels.</param>
    /// <param name="dy">Displacement along rows in pixels.</param>
    /// <param name="target">Where the area goes, row-major.</param>
    /// <param name="workspace">This thread's memory.</param>
    public void Measured(ComplexPlane spectrum, double dx, double dy, Span<float> target, AreaWorkspace workspace)
    {
        workspace.Ramp.Set(dx, dy);
        SpectrumKernels.MultiplyRamped(spectrum, workspace.Ramp, _frameFilter, workspace.FrameSpectrum);
        _frame.InverseColumns(workspace.FrameSpectrum, workspace.FrameScratch);
        _frame.InverseRows(workspace.FrameSpectrum, Area.Top, Area.Rows, Area.Left, Area.Columns, target, workspace.FrameScratch);
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
        simulator.Intensity(wave, transfer, _region, workspace.RegionPixels, image);
        _regionTransform.Forward(workspace.RegionPixels, workspace.RegionSpectrum, workspace.RegionScratch);
        SpectrumKernels.Multiply(workspace.RegionSpectrum, _regionFilter);
        if (_meanOfFrame)
        {
            // The filter stops what is near g = 0 and lets the frame's mean pass, which reaches everywhere; the region's own mean is none.
            workspace.RegionSpectrum[0, 0] = ((float)(simulator.MeanIntensity(wave, transfer) * workspace.RegionPixels.Length), 0);
        }

        _regionTransform.InverseColumns(workspace.RegionSpectrum, workspace.RegionScratch);
        _regionTransform.InverseRows(
            workspace.RegionSpectrum, Area.Top - _region.Top, Area.Rows, Area.Left - _region.Left, Area.Columns, target, workspace.RegionScratch);
    }

    /// <summary>Makes sure that an area moved with a frame's content still lies inside the frame.</summary>
    /// <exception cref="AlignmentException">It does not.</exception>
    public void EnsureRoom(FrameDisplacement displacement)
    {
        bool fits = Area.Top + displacement.Dy >= 0
            && Area.Left + displacement.Dx >= 0
            && Area.Bottom + displacement.Dy <= Calibration.Rows
            && Area.Right + displacement.Dx <= Calibration.Columns;
        if (!fits)
        {
            throw new AlignmentException(FormattableString.Invariant(
                $"Image {displacement.ImageNumber} is displaced by ({displacement.Dx:0.0}, {displacement.Dy:0.0}) px, which moves the reference area over the frame's edge: there is room from {-Area.Left} to {Calibration.Columns - Area.Right} px in x and from {-Area.Top} to {Calibration.Rows - Area.Bottom} px in y. Give a smaller AREA, another Offset, or leave the image out with Range."));
        }
    }
}
