using FsRec.Fourier;

namespace FsRec.Alignment;

/// <summary>
/// Surroundings kept as pixels, and moved by weighted sums of neighbours: for a band-pass that leaves little near the Nyquist frequency,
/// where a short sum cannot follow. Of white noise in the published example's band-pass the moved area differs from that of the whole frame
/// by 1.3 % of its deviation, nearly all near Nyquist, where no simulated image has anything that it would be compared with.
/// </summary>
internal sealed class InterpolatedSurroundings : AreaSurroundings
{
    /// <summary>Highest edge of the band-pass, in units of the sampling frequency, for which it is used.</summary>
    public const double HighestEdge = 0.175;

    private const int ColumnsTogether = 2 * ComplexPlane.Lanes;
    private const int RowsTogether = 4;

    private InterpolatedSurroundings(ReferenceArea area, ReferenceArea region)
        : base(area, region)
    {
    }

    /// <summary>The surroundings of an area; <see langword="null"/> where they would reach over the frame's edge.</summary>
    /// <param name="calibration">The frame.</param>
    /// <param name="area">The reference area.</param>
    public static InterpolatedSurroundings? Of(Calibration calibration, ReferenceArea area)
    {
        var region = new ReferenceArea(
            area.Top - Margin,
            area.Left - Margin,
            RoundUp(area.Rows, RowsTogether) + (2 * Margin),
            RoundUp(area.Columns + (2 * Margin), ColumnsTogether));
        return region.LiesInside(calibration) ? new InterpolatedSurroundings(area, region) : null;
    }

    /// <inheritdoc />
    public override FrameRegion CreateRegion() => new Pixels(Region.PixelCount);

    /// <inheritdoc />
    public override SurroundingsWorkspace CreateWorkspace() => new Workspace(RoundUp(Area.Rows, RowsTogether) * Region.Columns);

    /// <inheritdoc />
    public override Span<float> Memory(FrameRegion region, SurroundingsWorkspace workspace) => ((Pixels)region).Values.Span[..Region.PixelCount];

    /// <inheritdoc />
    protected override void Keep(FrameRegion region, float mean, SurroundingsWorkspace workspace)
    {
        // They are kept as they were cut.
    }

    /// <inheritdoc />
    protected override unsafe void Cut(FrameRegion region, double dx, double dy, Span<float> target, SurroundingsWorkspace workspace)
    {
        var w = (Workspace)workspace;
        var pixels = (Pixels)region;
        int x = (int)Math.Floor(dx);
        int y = (int)Math.Floor(dy);
        w.Rows.Set(dx - x);
        w.Columns.Set(dy - y);
        w.Columns.AlongColumns(pixels.Values.Pointer + ((nint)(Margin + y) * Region.Columns), Region.Columns, w.Moved.Pointer, Area.Rows);
        fixed (float* area = target)
        {
            w.Rows.AlongRows(w.Moved.Pointer + Margin + x, Region.Columns, area, Area.Rows, Area.Columns);
        }

        GC.KeepAlive(pixels);
        GC.KeepAlive(w);
    }

    private static int RoundUp(int value, int step) => (value + step - 1) / step * step;

    private sealed class Pixels(int count) : FrameRegion
    {
        // Sums of four rows that begin a pixel further on read a row beyond the last.
        public AlignedBuffer Values { get; } = new(count);

        public override void Dispose() => Values.Dispose();
    }

    private sealed class Workspace(int moved) : SurroundingsWorkspace
    {
        // Sums along rows read whole registers: a few beyond the last row.
        public AlignedBuffer Moved { get; } = new(moved + (2 * ComplexPlane.Lanes));

        public ShiftKernel Rows { get; } = new();

        public ShiftKernel Columns { get; } = new();

        public override void Dispose()
        {
            Moved.Dispose();
            Rows.Dispose();
            Columns.Dispose();
        }
    }
}
