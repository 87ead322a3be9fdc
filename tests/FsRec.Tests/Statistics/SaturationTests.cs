using FsRec.Series;

namespace FsRec.Tests.Statistics;

/// <summary>Clipped frames are told from those that merely have few levels.</summary>
public class SaturationTests
{
    private const int Pixels = 10000;

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.98)]
    public void An_image_that_is_cut_off_is_clipped(double quantile)
    {
        float[] counts = Counts(100);
        float ceiling = counts.Order().ElementAt((int)(quantile * Pixels));

        Assert.False(Clipping.IsClipped(counts));
        Assert.True(Clipping.IsClipped([.. counts.Select(v => Math.Min(v, ceiling))]));
        Assert.True(Clipping.IsClipped([.. counts.Select((v, i) => Math.Min(v + (1e-3f * i / Pixels), ceiling))]));
    }

    // Counts of few electrons have few levels, the highest of them rare; a defect is a few pixels.
    [Theory]
    [InlineData(0.01)]
    [InlineData(0.3)]
    [InlineData(3.0)]
    public void Few_electrons_are_not(double mean)
    {
        float[] counts = Counts(mean);
        Assert.False(Clipping.IsClipped(counts));
        for (int i = 0; i < 60; i++)
        {
            counts[i] = 65535;
        }

        Assert.False(Clipping.IsClipped(counts));
    }

    [Fact]
    public void A_constant_image_is_not() => Assert.False(Clipping.IsClipped(new float[Pixels]));

    /// <summary>Counts of a mean number of electrons a pixel, by the times between them.</summary>
    private static float[] Counts(double mean)
    {
        var random = new Random(1);
        var counts = new float[Pixels];
        for (int i = 0; i < Pixels; i++)
        {
            for (double time = -Math.Log(1 - random.NextDouble()); time < mean; time -= Math.Log(1 - random.NextDouble()))
            {
                counts[i]++;
            }
        }

        return counts;
    }
}
