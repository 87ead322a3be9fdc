using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Tests.Series;

public sealed class FocalSeriesTests
{
    private static readonly Calibration Shape = new(12, 9, 0.05, 0.06);
    private static readonly ReconstructionParameters Parameters = SmallSeries.Parameters(Shape, 5, -20, -10, 0);

    [Fact]
    public void Each_frame_is_divided_by_its_own_mean()
    {
        float[][] frames = [.. Enumerable.Range(0, 3).Select(static n => SmallSeries.Noise(108, 1000 * (n + 1), 50, n))];

        var series = new FocalSeries(Parameters, frames);

        for (int n = 0; n < 3; n++)
        {
            double mean = frames[n].Average(static v => (double)v);
            float[] frame = series.GetFrame(n);

            // A float32 carries 24 bits: 6e-8 a pixel.
            Assert.Equal(1, frame.Average(static v => (double)v), 1e-7);
            Assert.All(frames[n].Zip(frame), pair => Assert.Equal(pair.First / mean, pair.Second, 2e-7));
        }
    }

    [Fact]
    public void The_callers_frames_are_left_alone()
    {
        float[][] frames = Frames();
        float[][] before = [.. frames.Select(static f => f.ToArray())];

        var series = new FocalSeries(Parameters, frames);
        frames[0][0] = 1e6f;

        Assert.Equal(before[1], frames[1]);
        Assert.InRange(series.GetFrame(0)[0], 0, 2);
        series.GetFrame(1)[0] = 1e6f;
        Assert.InRange(series.GetFrame(1)[0], 0, 2);
    }

    [Fact]
    public void Repair_comes_before_the_mean()
    {
        ReconstructionParameters parameters = Parameters with { Image = Parameters.Image with { FixHotPixels = true } };
        float[][] frames = Frames();
        frames[1][50] = 1e9f;
        frames[2][3] = float.NaN;

        var series = new FocalSeries(parameters, frames);

        Assert.All(Enumerable.Range(0, 3), n => Assert.All(series.GetFrame(n), static v => Assert.InRange(v, 0.5f, 1.5f)));
    }

    [Fact]
    public void A_clean_frame_is_the_same_with_and_without_repair()
    {
        var repaired = new FocalSeries(Parameters with { Image = Parameters.Image with { FixHotPixels = true } }, Frames());
        var plain = new FocalSeries(Parameters, Frames());

        Assert.All(Enumerable.Range(0, 3), n => Assert.Equal(plain.GetFrame(n), repaired.GetFrame(n)));
    }

    [Fact]
    public void Without_repair_pixels_that_are_not_finite_are_counted_and_the_first_is_named()
    {
        float[][] frames = Frames();
        frames[1][(4 * 9) + 2] = float.NaN;
        frames[1][(4 * 9) + 5] = float.PositiveInfinity;

        string message = Assert.Throws<DataException>(() => new FocalSeries(Parameters, frames)).Message;

        Assert.Contains("frame 1", message, StringComparison.Ordinal);
        Assert.Contains("2 pixels that are not finite, the first (NaN) at row 4, column 2", message, StringComparison.Ordinal);
        Assert.Contains("Fixhotpix", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-3f)]
    public void A_mean_that_is_not_positive_is_refused(float value)
    {
        float[][] frames = Frames();
        Array.Fill(frames[2], value);

        string message = Assert.Throws<DataException>(() => new FocalSeries(Parameters, frames)).Message;

        Assert.Contains("frame 2", message, StringComparison.Ordinal);
        Assert.Contains("has the mean " + value.ToString(System.Globalization.CultureInfo.InvariantCulture), message, StringComparison.Ordinal);
    }

    [Fact]
    public void Frames_must_be_as_many_as_the_parameters_select()
    {
        string message = Assert.Throws<FsRecException>(() => new FocalSeries(Parameters, Frames()[..2])).Message;

        Assert.Contains("2 frames were given; the parameters select 3", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Frames_must_have_the_shape_of_the_parameters()
    {
        float[][] frames = Frames();
        frames[1] = new float[107];

        string message = Assert.Throws<FsRecException>(() => new FocalSeries(Parameters, frames)).Message;

        Assert.Contains("Frame 1 has 107 pixels", message, StringComparison.Ordinal);
        Assert.Contains("12×9", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_parameters_share_the_frames()
    {
        var series = new FocalSeries(Parameters, Frames());

        FocalSeries other = series.WithParameters(Parameters with { Foci = [5, 7], Linear = Parameters.Linear with { Limit = 3 } });

        Assert.Equal([5, 6, 7], other.Foci);
        Assert.Equal(3, other.Parameters.Linear.Limit);
        Assert.Equal(series.GetFrame(2), other.GetFrame(2));
        Assert.Same(series.Spectra(1, null, default), other.Spectra(1, null, default));
        Assert.Equal([-20, -10, 0], series.Foci);
    }

    [Fact]
    public void Parameters_of_other_frames_are_refused()
    {
        var series = new FocalSeries(Parameters, Frames());
        ImageParameters image = Parameters.Image;

        Assert.Throws<FsRecException>(() => series.WithParameters(Parameters with { Image = image with { Calibration = Shape with { Rows = 9, Columns = 12 } } }));
        Assert.Throws<FsRecException>(() => series.WithParameters(Parameters with { Image = image with { Range = [0, 2] } }));
        Assert.Throws<FsRecException>(() => series.WithParameters(Parameters with { Image = image with { Range = [2, 1, 0] } }));
        Assert.Throws<FsRecException>(() => series.WithParameters(Parameters with { Foci = [1, 2, 3, 4] }));
    }

    [Fact]
    public void Other_foci_must_be_one_a_frame()
    {
        var series = new FocalSeries(Parameters, Frames());
        double[] foci = [1, 2, 4];

        FocalSeries other = series.WithFoci(foci);
        foci[0] = 99;

        Assert.Equal([1, 2, 4], other.Foci);
        Assert.Equal([-20, -10, 0], series.Foci);
        Assert.Contains("2 foci were given for 3 frames", Assert.Throws<FsRecException>(() => series.WithFoci([1, 2])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void There_is_no_frame_outside_the_series(int index)
    {
        var series = new FocalSeries(Parameters, Frames());

        Assert.Throws<ArgumentOutOfRangeException>(() => series.GetFrame(index));
    }

    [Fact]
    public void Displacements_of_other_images_are_refused()
    {
        var series = new FocalSeries(Parameters with { Image = Parameters.Image with { Range = [0, 1, 2] } }, Frames());

        string message = Assert.Throws<FsRecException>(
            () => new AlignedSeries(series, [new(0, 0, 0), new(2, 0, 0), new(1, 0, 0)])).Message;

        Assert.Contains("0, 2, 1", message, StringComparison.Ordinal);
        Assert.Contains("0, 1, 2", message, StringComparison.Ordinal);
        Assert.Throws<FsRecException>(() => new AlignedSeries(series, [new(0, 0, 0), new(1, 0, 0)]));
    }

    private static float[][] Frames() => [.. Enumerable.Range(0, 3).Select(static n => SmallSeries.Noise(108, 100, 5, n))];
}
