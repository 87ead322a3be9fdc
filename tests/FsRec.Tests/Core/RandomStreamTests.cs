namespace FsRec.Tests.Core;

public class RandomStreamTests
{
    private const int Draws = 200_000;

    // 5 standard errors: mean of n draws √(m/n); variance of a Poisson sample's variance (m + 2m²)/n.
    [Theory]
    [InlineData(0.3)]
    [InlineData(4)]
    [InlineData(9.9)]
    [InlineData(10.1)]
    [InlineData(40)]
    [InlineData(250)]
    public void Counts_have_the_mean_and_the_variance_of_a_poisson_distribution(double mean)
    {
        var random = new RandomStream(7, 1);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < Draws; i++)
        {
            double count = random.Poisson(mean);
            Assert.Equal(Math.Floor(count), count);
            sum += count - mean;
            squares += (count - mean) * (count - mean);
        }

        Assert.InRange(sum / Draws, -5 * Math.Sqrt(mean / Draws), 5 * Math.Sqrt(mean / Draws));
        double error = 5 * Math.Sqrt((mean + (2 * mean * mean)) / Draws);
        Assert.InRange((squares / Draws) - mean, -error, error);
    }

    // Shares of single counts against exp(−m) mᵏ / k!, the method of small means (6) and that of large ones (12).
    [Theory]
    [InlineData(6)]
    [InlineData(12)]
    public void Counts_have_the_probabilities_of_a_poisson_distribution(double mean)
    {
        var random = new RandomStream(11, 2);
        var histogram = new int[60];
        for (int i = 0; i < Draws; i++)
        {
            histogram[(int)random.Poisson(mean)]++;
        }

        double probability = Math.Exp(-mean);
        for (int k = 0; k < 40; k++)
        {
            double expected = Draws * probability;
            Assert.InRange(histogram[k] - expected, -5 * Math.Sqrt(expected + 1), 5 * Math.Sqrt(expected + 1));
            probability *= mean / (k + 1);
        }
    }

    [Fact]
    public void Normal_numbers_have_mean_0_and_variance_1()
    {
        var random = new RandomStream(3, 0);
        double[] values = [.. Enumerable.Range(0, Draws).Select(_ => random.Normal())];

        Assert.InRange(values.Average(), -5 / Math.Sqrt(Draws), 5 / Math.Sqrt(Draws));
        Assert.InRange(values.Average(static x => x * x), 1 - (5 * Math.Sqrt(2.0 / Draws)), 1 + (5 * Math.Sqrt(2.0 / Draws)));
    }

    [Fact]
    public void Streams_repeat_and_differ_by_seed_and_number()
    {
        double[] First(int seed, int number)
        {
            var random = new RandomStream(seed, number);
            return [.. Enumerable.Range(0, 4).Select(_ => random.Uniform())];
        }

        Assert.Equal(First(1, 0), First(1, 0));
        Assert.NotEqual(First(1, 0), First(1, 1));
        Assert.NotEqual(First(1, 0), First(2, 0));
        Assert.NotEqual(First(0, 1), First(1, 0));
    }
}
