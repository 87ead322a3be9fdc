using FsRec.Fourier;
using FsRec.Tests.Optics;

namespace FsRec.Tests.Fourier;

public sealed class SoftBandPassTests
{
    [Fact]
    public void The_mean_passes_whole_and_what_is_next_to_it_hardly()
    {
        var filter = new SoftBandPass(new FrequencyBand(0.5, 4));

        Assert.Equal(1, filter.At(0));
        Assert.InRange(filter.At(1e-6), 0, 1e-5);
    }

    [Fact]
    public void At_its_edges_it_is_what_the_formula_says()
    {
        // exp(−g²/2h²)(1 − exp(−g²/2l²)), l = 0.5 and h = 4.
        var filter = new SoftBandPass(new FrequencyBand(0.5, 4));

        Assert.Equal(Math.Exp(-1.0 / 128) * (1 - Math.Exp(-0.5)), filter.At(0.25), 1e-12);
        Assert.Equal(Math.Exp(-0.5), filter.At(16), 1e-12); // 1 − exp(−32) is 1
    }

    [Fact]
    public void Without_a_lower_edge_it_is_a_Gaussian()
    {
        var filter = new SoftBandPass(new FrequencyBand(0, 2));

        Assert.Equal(Math.Exp(-0.5), filter.At(4), 1e-12);
        Assert.Equal(1, filter.At(1e-12), 1e-12);
    }

    [Fact]
    public void The_table_follows_the_frequency_of_each_axis()
    {
        var calibration = new Calibration(20, 33, 0.05, 0.08);
        var filter = new SoftBandPass(new FrequencyBand(0.7, 3));
        using RealTable table = filter.HalfPlane(FrequencyGrid.Of(calibration));

        for (int ky = 0; ky <= 10; ky++)
        {
            for (int kx = 0; kx <= 16; kx++)
            {
                double g = NaiveOptics.Frequency(calibration, ky, kx);
                double expected = g == 0 ? 1 : Math.Exp(-g * g / 18) * (1 - Math.Exp(-g * g / 0.98));
                Assert.Equal(expected, Value(table, ky, kx), 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(0.5, 4, 0.5)]
    [InlineData(0, 4, 4)]
    [InlineData(3, 2, 2)]
    public void Beyond_its_reach_the_wider_blur_is_below_a_ten_millionth(double low, double high, double edge)
    {
        // The transform of exp(−g²/2l²) falls as exp(−(2πlr)²/2).
        double reach = new SoftBandPass(new FrequencyBand(low, high)).ReachInImage;

        Assert.InRange(Math.Exp(-Math.Pow(2 * Math.PI * edge * reach, 2) / 2), 1e-8, 1e-7);
    }

    private static unsafe float Value(RealTable table, int ky, int kx) => table.Row(ky)[kx];
}
