using FsRec.Alignment;
using FsRec.Fourier;
using FsRec.Series;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Alignment;

/// <summary>Areas cut from kept surroundings against areas cut from the whole frame.</summary>
[EveryWidth]
public sealed class AreaSurroundingsTests
{
    private static readonly Calibration Frame = new(256, 240, 0.042, 0.042);
    private static readonly ReferenceArea Area = new(80, 70, 96, 90);

    [Theory]
    [InlineData(4.0, 1.4e-2)] // the band-pass of the published example
    [InlineData(4.5, 1e-2)] // a band-pass that leaves so much at the Nyquist frequency of 11.9/nm that a spectrum is kept
    [InlineData(2.0, 2e-4)] // a band that ends well below it: what is left is the short sum's error
    public void An_area_near_the_place_that_was_kept_is_that_of_the_whole_frame(double high, double tolerance)
    {
        var cutter = new Cutter(high);
        foreach ((double dx, double dy) in ((double, double)[])[(0.05, -0.05), (0.5, 0.25), (-0.5, 0.5), (2.3, -3.5), (-4, 4), (7.99, -11.97)])
        {
            float[] near = cutter.FromSurroundings(dx, dy);
            float[] whole = cutter.FromFrame(dx, dy);

            // White noise is the worst there is: all frequencies alike up to Nyquist, where a part of a pixel has no meaning.
            Assert.True(RelativeDifference(near, whole) < tolerance, $"({dx}, {dy}): {RelativeDifference(near, whole):g3}");
        }
    }

    [Theory]
    [InlineData(4.0)]
    [InlineData(6.0)]
    public void Where_it_was_cut_the_area_is_exact(double high)
    {
        var cutter = new Cutter(high);

        float[] near = cutter.FromSurroundings(-8, 16);

        Assert.True(RelativeDifference(near, cutter.FromFrame(-8, 16)) < 2e-6);
    }

    [Theory]
    [InlineData(2.0)]
    [InlineData(6.0)]
    public void An_area_hangs_on_its_displacement_and_not_on_the_way_there(double high)
    {
        (double Dx, double Dy)[] ways = [(0, 0), (3.9, -3.9), (4.1, -4.1), (-7.3, 0.2), (12, 8.6), (0.4, -5.5)];
        foreach ((double x, double y) in ((double, double)[])[(0.4, 0.3), (3.99, 4.01), (-4, 12), (5.5, -9.2)])
        {
            float[] straight = new Cutter(high).FromSurroundings(x, y);
            var cutter = new Cutter(high);
            foreach ((double dx, double dy) in ways)
            {
                cutter.FromSurroundings(dx, dy);
                Assert.Equal(straight, cutter.FromSurroundings(x, y));
            }
        }
    }

    [Theory]
    [InlineData(2.0)]
    [InlineData(6.0)]
    public void A_frame_that_moves_far_is_cut_anew(double high)
    {
        var cutter = new Cutter(high);
        cutter.FromSurroundings(0, 0);

        // 32 px are far beyond the margin: what was kept has nothing of it.
        float[] far = cutter.FromSurroundings(32, -24);

        Assert.True(RelativeDifference(far, cutter.FromFrame(32, -24)) < 2e-6);
    }

    [Theory]
    [InlineData(4.0)]
    [InlineData(6.0)]
    public void A_frame_without_room_round_its_area_keeps_nothing(double high)
    {
        Assert.Null(AreaSurroundings.Of(Frame, new ReferenceArea(4, 70, 96, 90), new FrequencyBand(1, high)));
        Assert.Null(AreaSurroundings.Of(Frame, new ReferenceArea(20, 20, 210, 200), new FrequencyBand(1, high)));
    }

    [Fact]
    public void An_area_moved_to_and_fro_is_found_where_it_is()
    {
        // What the alignment makes of it: the displacement between areas of the frame and areas from what was kept.
        var cutter = new Cutter(4);
        var correlator = new AreaCorrelator(Area.Rows, Area.Columns);
        using CorrelationWorkspace workspace = correlator.CreateWorkspace(3);
        cutter.FromSurroundings(0, 0);
        foreach ((double dx, double dy) in ((double, double)[])[(0.5, 0.25), (-0.3, 0.77), (3.1, -2.6)])
        {
            float[] near = cutter.FromSurroundings(dx, dy);
            float[] whole = cutter.FromFrame(dx, dy);
            AreaStatistics.Normalise(near);
            AreaStatistics.Normalise(whole);

            correlator.Correlate(near, whole, workspace);
            (double x, double y) = correlator.PeakNearCentre(0.001, workspace);
            correlator.Correlate(whole, whole, workspace);
            (double x0, double y0) = correlator.PeakNearCentre(0.001, workspace);

            Assert.Equal(x0, x, 1e-3);
            Assert.Equal(y0, y, 1e-3);
        }
    }

    private static double RelativeDifference(float[] a, float[] b)
    {
        double mean = b.Average();
        return Math.Sqrt(a.Zip(b, static (x, y) => Math.Pow((double)x - y, 2)).Sum() / b.Sum(y => Math.Pow(y - mean, 2)));
    }

    /// <summary>A frame of Poisson-like white noise round 1, and the two ways to cut its area.</summary>
    private sealed class Cutter
    {
        private readonly AlignmentAreas _areas;
        private readonly AreaWorkspace _workspace;
        private readonly FrameRegion _region;
        private readonly ComplexPlane _spectrum;

        public Cutter(double high)
        {
            var transform = new RealTransform(Frame.Rows, Frame.Columns);
            _areas = new AlignmentAreas(transform, Frame, Area, new FrequencyBand(1, high));
            _workspace = _areas.CreateWorkspace();
            _region = _areas.CreateRegion()!;
            _spectrum = transform.CreateHalfPlane();
            var random = new Random(3);
            transform.Forward([.. Enumerable.Range(0, Frame.PixelCount).Select(_ => 1 + (0.3f * ((float)random.NextDouble() - 0.5f)))], _spectrum, _workspace.FrameScratch);
        }

        public float[] FromSurroundings(double dx, double dy)
        {
            var target = new float[Area.PixelCount];
            _areas.Measured(new SharedPlane(_spectrum).Use, _region, dx, dy, target, _workspace);
            return target;
        }

        public float[] FromFrame(double dx, double dy)
        {
            var target = new float[Area.PixelCount];
            _areas.Measured(_spectrum, dx, dy, target, _workspace);
            return target;
        }
    }
}
