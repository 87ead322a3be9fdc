using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.Alignment;

/// <summary>Filters a region by transforms of its own size.</summary>
internal sealed class SpectralRegionFilter : RegionFilter
{
    private readonly RealTransform _transform;
    private readonly RealTable _filter;
    private readonly bool _meanOfFrame;

    /// <summary>Prepares the filter.</summary>
    /// <param name="calibration">Shape and scale of the frames.</param>
    /// <param name="area">The reference area.</param>
    /// <param name="band">Edges of the soft band-pass.</param>
    /// <param name="reach">How far its blur reaches, in nm.</param>
    public SpectralRegionFilter(Calibration calibration, ReferenceArea area, FrequencyBand band, double reach)
        : base(ImageRegion.Around(area, calibration, reach), area, band)
    {
        _transform = new RealTransform(Region.Rows, Region.Columns);
        _filter = new SoftBandPass(band).HalfPlane(FrequencyGrid.Of(calibration with { Rows = Region.Rows, Columns = Region.Columns }));
        _meanOfFrame = band.Low > 0 && Region.Rows * Region.Columns < calibration.PixelCount;
    }

    /// <inheritdoc />
    public override RegionWorkspace CreateWorkspace() => new Workspace(Region, _transform);

    /// <inheritdoc />
    public override void Apply(RegionWorkspace workspace, double frameMean, Span<float> target)
    {
        var w = (Workspace)workspace;
        _transform.Forward(w.Pixels, w.Spectrum, w.Scratch);
        SpectrumKernels.Multiply(w.Spectrum, _filter);
        if (_meanOfFrame)
        {
            // The region's own mean is none: the filter stops what is near g = 0, and the frame's mean reaches everywhere.
            w.Spectrum[0, 0] = ((float)(frameMean * w.Pixels.Length), 0);
        }

        _transform.InverseColumns(w.Spectrum, w.Scratch);
        _transform.InverseRows(w.Spectrum, Area.Top - Region.Top, Area.Rows, Area.Left - Region.Left, Area.Columns, target, w.Scratch);
    }

    private sealed class Workspace(ImageRegion region, RealTransform transform) : RegionWorkspace(region)
    {
        public ComplexPlane Spectrum { get; } = transform.CreateHalfPlane();

        public RealTransformScratch Scratch { get; } = transform.CreateScratch();

        protected override void Dispose(bool disposing)
        {
            Spectrum.Dispose();
            Scratch.Dispose();
            base.Dispose(disposing);
        }
    }
}
