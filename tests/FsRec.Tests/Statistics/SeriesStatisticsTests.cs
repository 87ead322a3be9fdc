using FsRec.Series;
using FsRec.Statistics;
using FsRec.Tests.Series;

namespace FsRec.Tests.Statistics;

public class SeriesStatisticsTests
{
    private static readonly Calibration Frame = new(48, 40, 0.05, 0.05);

    [Fact]
    public void What_is_known_of_a_series_is_found_once()
    {
        FocalSeries series = Series();
        SeriesStatistics first = Of(series);
        Assert.Same(first, Of(series));
        Assert.Same(first.Noise, Of(series.WithFoci([-60, -40, -20])).Noise);
        Assert.Same(Saturation.Of(series, 1, default), Saturation.Of(series.WithFoci([-60, -40, -20]), 1, default));
    }

    [Fact]
    public void Other_foci_another_limit_and_another_noise_have_powers_of_their_own()
    {
        FocalSeries series = Series();
        SeriesStatistics first = Of(series);
        double[] louder = [.. first.Noise.Select(static v => 2 * v)];
        Assert.NotSame(first, Of(series.WithFoci([-60, -40, -20])));
        Assert.NotSame(first, SeriesStatistics.Of(series, 1, null, default, limit: 3));
        Assert.NotSame(first, SeriesStatistics.Of(series, louder, 1, null, default));
        Assert.Same(SeriesStatistics.Of(series, [.. louder], 1, null, default), SeriesStatistics.Of(series, louder, 1, null, default));
    }

    [Fact]
    public void Information_is_computed_once_and_anew_for_a_copy_that_differs()
    {
        SeriesStatistics statistics = Of(Series());
        SeriesInformation information = statistics.Information(1, default);
        Assert.Same(information, statistics.Information(1, default));
        // The prior is no part of what the frames say.
        Assert.Same(information, (statistics with { Prior = statistics.Prior.Mixed(0.5) }).Information(1, default));

        SeriesStatistics louder = statistics with { Noise = [.. statistics.Noise.Select(static v => 2 * v)] };
        LinearTheory once = information.At(3, 2);
        LinearTheory half = louder.Information(1, default).At(3, 2);
        Assert.Equal(0.5 * once.Aa, half.Aa, 1e-12 * once.Aa);
        Assert.Equal(0.5 * once.Pp, half.Pp, 1e-12 * once.Pp);
    }

    [Fact]
    public void What_frames_say_is_the_sum_of_what_its_parts_say()
    {
        SeriesStatistics statistics = Of(Series());
        LinearTheory all = statistics.Data(2);
        LinearTheory some = statistics.Part([0, 2]).Data(2);
        LinearTheory other = statistics.Part([1]).Data(2);
        Assert.Equal(all.Aa, some.Aa + other.Aa, 1e-12 * all.Aa);
        Assert.Equal(all.Pp, some.Pp + other.Pp, 1e-12 * all.Pp);
    }

    /// <summary>½·scattered·(Aa + Pp) of the data comes on top of both, as WaveUnknowns has it for a scattered wave.</summary>
    [Fact]
    public void A_scattered_wave_adds_to_what_is_known()
    {
        SeriesStatistics statistics = Of(Series());
        (LinearTheory data, LinearTheory known, LinearTheory more) = (statistics.Data(3), statistics.Known(3), statistics.Known(3, 0.4));
        double beyond = 0.2 * (data.Aa + data.Pp);
        Assert.Equal(known.Aa + beyond, more.Aa, 1e-12 * more.Aa);
        Assert.Equal(known.Pp + beyond, more.Pp, 1e-12 * more.Pp);
        Assert.Equal(known.Ap, more.Ap);
    }

    private static SeriesStatistics Of(FocalSeries series) => SeriesStatistics.Of(series, 1, null, default);

    private static FocalSeries Series() =>
        new(SmallSeries.Parameters(Frame, 4, -60, -50, -40), [.. Enumerable.Range(0, 3).Select(static n => SmallSeries.Noise(Frame.PixelCount, 40, 4, 5 + n))]);
}
