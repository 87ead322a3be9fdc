using FsRec.Rendering;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Rendering;

[EveryWidth]
public sealed class PercentilesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(1003)]
    [InlineData(600_001)]
    public void The_range_is_that_of_the_sorted_values_without_the_share(int count)
    {
        const double Share = 0.01;
        var random = new Random(count);
        float[] values = [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 4) - 1))];
        // What is no number does not count, wherever it stands.
        float[] holes = [.. values.SelectMany((v, i) => i % 50 == 3 ? new[] { float.NaN, v, float.PositiveInfinity } : [v])];

        (double low, double high) = Percentiles.Range(holes, Share);

        Array.Sort(values);
        int cut = (int)(Share * count);
        // Within two bins of 2⁻¹⁴ of the range.
        Assert.InRange(low, values[cut] - 5e-4, values[cut]);
        Assert.InRange(high, values[^(cut + 1)], values[^(cut + 1)] + 5e-4);
    }

    [Fact]
    public void Values_far_out_leave_the_range_fine()
    {
        float[] values = [.. Enumerable.Range(0, 10_000).Select(static i => i < 5 ? -1e30f : i < 10 ? 1e30f : 1 + (i / 1e4f))];

        (double low, double high) = Percentiles.Range(values, 0.001);

        Assert.InRange(low, 1, 1.002);
        Assert.InRange(high, 1.998, 2);
    }

    [Fact]
    public void No_values_have_no_range_and_equal_ones_an_empty_one()
    {
        Assert.Equal((0, 0), Percentiles.Range([float.NaN, float.NegativeInfinity], 0.001));
        Assert.Equal((2.5, 2.5), Percentiles.Range([.. Enumerable.Repeat(2.5f, 20)], 0.001));
    }
}
