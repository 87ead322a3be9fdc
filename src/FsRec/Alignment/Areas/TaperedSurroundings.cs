using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.Alignment;

/// <summary>
/// Surroundings tapered towards their edges and kept as a small spectrum of their own, which a phase ramp moves: for a band-pass that
/// reaches up to the Nyquist frequency. Moving by a part of a pixel reaches infinitely far only for what lies there.
/// </summary>
internal sealed class TaperedSurroundings : AreaSurroundings
{
    private readonly MovedImage _image;
    private readonly float[] _rowTaper;
    private readonly float[] _columnTaper;

    private TaperedSurroundings(ReferenceArea area, ReferenceArea region)
        : base(area, region)
    {
        var transform = new RealTransform(region.Rows, region.Columns);
        _image = new MovedImage(transform, RealTable.One(transform.HalfColumns));
        _rowTaper = Taper(region.Rows, area.Rows);
        _columnTaper = Taper(region.Columns, area.Columns);
    }

    /// <summary>The surroundings of an area; <see langword="null"/> where they would reach over the frame's edge.</summary>
    /// <param name="calibration">The frame.</param>
    /// <param name="area">The reference area.</param>
    public static TaperedSurroundings? Of(Calibration calibration, ReferenceArea area)
    {
        int rows = ImageRegion.NextSize(area.Rows + (2 * Margin));
        int columns = ImageRegion.NextSize(area.Columns + (2 * Margin));
        var region = new ReferenceArea(area.Top - ((rows - area.Rows) / 2), area.Left - ((columns - area.Columns) / 2), rows, columns);
        return region.LiesInside(calibration) ? new TaperedSurroundings(area, region) : null;
    }

    /// <inheritdoc />
    public override FrameRegion CreateRegion() => new Spectrum(_image.Transform.CreateHalfPlane());

    /// <inheritdoc />
    public override SurroundingsWorkspace CreateWorkspace() => new Workspace(_image);

    /// <inheritdoc />
    public override Span<float> Memory(FrameRegion region, SurroundingsWorkspace workspace) => ((Workspace)workspace).Pixels;

    /// <inheritdoc />
    protected override void Keep(FrameRegion region, float mean, SurroundingsWorkspace workspace)
    {
        var kept = (Spectrum)region;
        var w = (Workspace)workspace;
        for (int r = 0, i = 0; r < Region.Rows; r++)
        {
            for (int c = 0; c < Region.Columns; c++, i++)
            {
                w.Pixels[i] = (w.Pixels[i] - mean) * _rowTaper[r] * _columnTaper[c];
            }
        }

        _image.Transform.Forward(w.Pixels, kept.Plane, w.Image.Scratch);
        kept.Mean = mean;
    }

    /// <inheritdoc />
    protected override void Cut(FrameRegion region, double dx, double dy, Span<float> target, SurroundingsWorkspace workspace)
    {
        var kept = (Spectrum)region;
        ReferenceArea part = Area with { Top = Area.Top - Region.Top, Left = Area.Left - Region.Left };
        _image.Cut(kept.Plane, dx, dy, part, target, ((Workspace)workspace).Image);
        AreaStatistics.Add(target, kept.Mean);
    }

    /// <summary>1 over the area and the room round it, half a cosine down to the edges.</summary>
    private static float[] Taper(int size, int area)
    {
        double width = ((size - area) / 2) - Room;
        var taper = new float[size];
        for (int i = 0; i < size; i++)
        {
            double fromEdge = (Math.Min(i, size - 1 - i) + 0.5) / width;
            taper[i] = fromEdge >= 1 ? 1 : (float)(0.5 - (0.5 * Math.Cos(Math.PI * fromEdge)));
        }

        return taper;
    }

    /// <summary>The half-plane spectrum of the surroundings, mean removed and tapered.</summary>
    private sealed class Spectrum(ComplexPlane plane) : FrameRegion
    {
        public ComplexPlane Plane => plane;

        public float Mean { get; set; }

        public override void Dispose() => plane.Dispose();
    }

    private sealed class Workspace(MovedImage image) : SurroundingsWorkspace
    {
        public float[] Pixels { get; } = new float[image.Transform.Rows * image.Transform.Columns];

        public MovedImageWorkspace Image { get; } = image.CreateWorkspace();

        public override void Dispose() => Image.Dispose();
    }
}
