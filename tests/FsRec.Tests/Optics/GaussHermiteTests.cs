using FsRec.Optics;

namespace FsRec.Tests.Optics;

public class GaussHermiteTests
{
    // Moments of exp(−x²)/√π: 1, 1/2, 3/4, 15/8.
    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(25)]
    public void Moments_are_exact(int count)
    {
        var rule = GaussHermite.Rule(count);

        Assert.Equal(count, rule.Count);
        double[] moments = [1, 0.5, 0.75, 1.875];
        for (int m = 0; m < moments.Length; m++)
        {
            Assert.Equal(moments[m], rule.Sum(r => r.Weight * Math.Pow(r.Node, 2 * m)), 1e-10);
            Assert.Equal(0, rule.Sum(r => r.Weight * Math.Pow(r.Node, (2 * m) + 1)), 1e-10);
        }
    }

    // ∫ cos(kx) exp(−x²)/√π dx = exp(−k²/4): the envelopes are this integral.
    [Theory]
    [InlineData(0.2)]
    [InlineData(1)]
    [InlineData(2.8)]
    [InlineData(4.5)]
    public void The_chosen_number_of_nodes_gives_the_envelope(double k)
    {
        var rule = GaussHermite.Rule(GaussHermite.NodeCount(k));

        Assert.Equal(Math.Exp(-k * k / 4), rule.Sum(r => r.Weight * Math.Cos(k * r.Node)), 1e-5);
    }
}
