using System.Numerics;
using FsRec.Alignment;
using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Tests.Optics;

namespace FsRec.Tests.Alignment;

public sealed class AlignmentAreasTests
{
    private static readonly FrequencyBand Band = new(1.2, 3.5);
    private static readonly Microscope Microscope = new() { C3 = 1e4, Semiconvergence = 0.2 };

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3.3, -2.7)]
    [InlineData(-0.5, 4.25)]
    public void A_measured_area_is_cut_out_of_the_displaced_and_filtered_frame(double dx, double dy)
    {
        var calibration = new Calibration(60, 75, 0.05, 0.04);
        var area = new ReferenceArea(11, 20, 30, 37);
        var transform = new RealTransform(60, 75);
        var areas = new AlignmentAreas(transform, calibration, area, Band);
        using AreaWorkspace workspace = areas.CreateWorkspace();
        using ComplexPlane spectrum = transform.CreateHalfPlane();
        // The frame's content lies (dx, dy) from the common frame's.
        transform.Forward(Waves(calibration, area with { Top = 0, Left = 0, Rows = 60, Columns = 75 }, -dx, -dy, filtered: false), spectrum, workspace.FrameScratch);
        var target = new float[area.PixelCount];

        areas.Measured(spectrum, dx, dy, target, workspace);

        float[] expected = Waves(calibration, area, 0, 0, filtered: true);
        for (int i = 0; i < target.Length; i++)
        {
            Assert.Equal(expected[i], target[i], 3e-6);
        }
    }

    [Theory]
    [InlineData(192, 192, 80, 90, 32, 32, 2.5, 1e-5)] // a region on both axes
    [InlineData(192, 64, 0, 10, 32, 30, 2.5, 1e-5)] // a region in rows that wraps, all columns
    [InlineData(70, 176, 21, 144, 20, 32, 2.5, 1e-5)]
    [InlineData(64, 60, 16, 15, 32, 30, 2.5, 1e-5)] // the whole frame
    [InlineData(64, 60, 16, 15, 32, 30, 3.5, 1e-5)]
    [InlineData(192, 192, 80, 90, 32, 32, 3.5, 1e-4)] // 2 % of the filter lie beyond Nyquist: its blur has long tails
    public void A_simulated_area_is_that_of_the_whole_filtered_image(
        int rows, int columns, int top, int left, int areaRows, int areaColumns, double high, double tolerance)
    {
        var filter = new FrequencyBand(1.2, high);
        var calibration = new Calibration(rows, columns, 0.05, 0.05);
        var area = new ReferenceArea(top, left, areaRows, areaColumns);
        var band = new WaveBand(FrequencyGrid.Of(calibration), 4);
        using ComplexPlane wave = BandSamples.Random(band, 0.2, 8);
        using ComplexPlane transfer = FrameOptics.ImageTransfer(band, new TransferFunction(Microscope, -80), true);
        var simulator = new ImageSimulator(band);
        var areas = new AlignmentAreas(new RealTransform(rows, columns), calibration, area, filter);
        using AreaWorkspace workspace = areas.CreateWorkspace();
        using ImageWorkspace image = simulator.CreateWorkspace();
        var target = new float[area.PixelCount];

        areas.Simulated(simulator, wave, transfer, target, workspace, image);

        double[,] whole = NaiveOptics.Image(BandSamples.InTransformOrder(wave, band), calibration, Microscope, -80, 4, envelopes: true);
        var complex = new Complex[rows, columns];
        Complex[,] filtered = NaiveOptics.Inverse(NaiveOptics.Map(
            NaiveOptics.Forward(NaiveOptics.Map(complex, (r, c, _) => whole[r, c])),
            (r, c, value) => value * Filter(filter, NaiveOptics.Frequency(calibration, r, c))));
        for (int r = 0; r < areaRows; r++)
        {
            for (int c = 0; c < areaColumns; c++)
            {
                Assert.Equal(filtered[top + r, left + c].Real, target[(r * areaColumns) + c], tolerance);
            }
        }
    }

    [Theory]
    [InlineData(-10, 0, true)]
    [InlineData(-10.01, 0, false)]
    [InlineData(20, 0, true)]
    [InlineData(20.01, 0, false)]
    [InlineData(0, -5, true)]
    [InlineData(0, -5.01, false)]
    [InlineData(0, 15, true)]
    [InlineData(0, 15.01, false)]
    [InlineData(double.NaN, 0, false)]
    public void An_area_may_move_to_the_frames_edge_and_no_further(double dx, double dy, bool fits)
    {
        AlignmentAreas areas = Small();

        Exception? failure = Record.Exception(() => areas.EnsureRoom([new FrameDisplacement(3, dx, dy)]));

        Assert.Equal(fits ? null : typeof(AlignmentException), failure?.GetType());
    }

    [Fact]
    public void What_has_no_room_is_told_with_image_displacement_room_and_a_way_out()
    {
        string message = Assert.Throws<AlignmentException>(() => Small().EnsureRoom([new FrameDisplacement(17, 23.46, -1.5)])).Message;

        Assert.Contains("Image 17 ", message, StringComparison.Ordinal);
        Assert.Contains("(23.5, -1.5) px", message, StringComparison.Ordinal);
        Assert.Contains("from -10 to 20 px in x", message, StringComparison.Ordinal);
        Assert.Contains("from -5 to 15 px in y", message, StringComparison.Ordinal);
        Assert.Contains("AREA", message, StringComparison.Ordinal);
        Assert.Contains("Range", message, StringComparison.Ordinal);
    }

    /// <summary>An area with room for −10 to 20 in x and −5 to 15 in y.</summary>
    private static AlignmentAreas Small() => new(
        new RealTransform(40, 50), new Calibration(40, 50, 0.05, 0.05), new ReferenceArea(5, 10, 20, 20), Band);

    private static double Filter(FrequencyBand band, double g) => g == 0
        ? 1
        : Math.Exp(-g * g / (2 * band.High * band.High)) * (1 - Math.Exp(-g * g / (2 * band.Low * band.Low)));

    /// <summary>1 and some waves on the frame's grid, on the frame moved by (dx, dy); each wave filtered by its own factor.</summary>
    private static float[] Waves(Calibration frame, ReferenceArea area, double dx, double dy, bool filtered)
    {
        (int Ky, int Kx, double Height)[] waves = [(3, 2, 0.5), (-5, 7, 0.3), (0, 11, 0.2), (9, 0, 0.4), (12, -14, 0.6)];
        var values = new float[area.PixelCount];
        for (int i = 0; i < values.Length; i++)
        {
            double y = area.Top + (i / area.Columns) + dy;
            double x = area.Left + (i % area.Columns) + dx;
            values[i] = (float)(1 + waves.Sum(w =>
            {
                double factor = filtered ? Filter(Band, NaiveOptics.Frequency(frame, FrequencyGrid.Index(w.Ky, frame.Rows), FrequencyGrid.Index(w.Kx, frame.Columns))) : 1;
                return factor * w.Height * Math.Cos((2 * Math.PI * ((w.Ky * y / frame.Rows) + (w.Kx * x / frame.Columns))) + w.Ky);
            }));
        }

        return values;
    }
}
