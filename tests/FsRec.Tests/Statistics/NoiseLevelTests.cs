using FsRec.Series;
using FsRec.Statistics;
using FsRec.Tests.Series;

namespace FsRec.Tests.Statistics;

public class NoiseLevelTests
{
    private static readonly Calibration Frame = new(192, 160, 0.05, 0.05);

    /// <summary>
    /// Some 7000 frequencies lie above 0.92 of Nyquist; the median of as many exponential deviates has a relative standard error of
    /// 1/(ln 2 √7000) = 1.7 %, and the bound is four of them.
    /// </summary>
    [Theory]
    [InlineData(0.02)]
    [InlineData(0.5)]
    public void White_noise_is_found_in_units_of_the_mean(double deviation)
    {
        FocalSeries series = Series(SmallSeries.Noise(Frame.PixelCount, 40, 40 * deviation, 5), SmallSeries.Noise(Frame.PixelCount, 3, 6 * deviation, 6));
        double[] noise = Of(series);
        Assert.Equal(1, noise[0] / (deviation * deviation), 0.07);
        Assert.Equal(1, noise[1] / (4 * deviation * deviation), 0.07);
    }

    [Fact]
    public void Beams_of_a_lattice_above_the_bound_do_not_count()
    {
        float[] frame = SmallSeries.Noise(Frame.PixelCount, 1, 0.1, 7);
        float[] with = [.. frame.Select(static (v, i) => v + (0.3f * MathF.Cos(2 * MathF.PI * ((75f / 160 * (i % 160)) + (88f / 192 * (i / 160))))))];
        double[] noise = Of(Series(frame, with));
        Assert.Equal(noise[0], noise[1], 0.01 * noise[0]);
    }

    private static FocalSeries Series(float[] first, float[] second) =>
        new(SmallSeries.Parameters(Frame, 4, -100, -80), [first, second]);

    private static double[] Of(FocalSeries series) => NoiseLevel.Of(series, 1, null, CancellationToken.None);
}
