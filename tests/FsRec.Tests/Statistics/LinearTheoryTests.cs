using FsRec.Statistics;
using MathNet.Numerics.LinearAlgebra;

namespace FsRec.Tests.Statistics;

public class LinearTheoryTests
{
    /// <summary>The posterior's inverse covariance is the information plus the inverse of the prior's matrix, here by Math.NET.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.03)]
    [InlineData(-0.06)]
    public void A_prior_adds_the_inverse_of_the_matrix_of_its_powers(double common)
    {
        Matrix<double> prior = Matrix<double>.Build.DenseOfArray(new[,] { { 0.02, common }, { common, 0.3 } }).Inverse();
        LinearTheory m = new LinearTheory(7, -2, 5).With(new PriorPower(0.02, 0.3) { Common = common });
        Assert.Equal(7 + prior[0, 0], m.Aa, 1e-9);
        Assert.Equal(-2 + prior[0, 1], m.Ap, 1e-9);
        Assert.Equal(5 + prior[1, 1], m.Pp, 1e-9);
    }

    /// <summary>
    /// An estimate Vb of a wave w, b = Mw + noise of covariance M, is off by V(M + P⁻¹SP⁻¹)V on average over noise and waves of covariance S, V the
    /// inverse of M + P⁻¹; here by Math.NET. With the right powers that is V.
    /// </summary>
    [Fact]
    public void An_estimate_with_other_powers_than_the_specimens_is_off_by_noise_and_bias()
    {
        Matrix<double> m = Matrix<double>.Build.DenseOfArray(new[,] { { 7.0, -2 }, { -2, 5 } });
        Matrix<double> p = Matrix<double>.Build.DenseOfArray(new[,] { { 0.02, 0.03 }, { 0.03, 0.3 } });
        Matrix<double> s = Matrix<double>.Build.DenseOfArray(new[,] { { 0.5, -0.2 }, { -0.2, 0.1 } });
        Matrix<double> v = (m + p.Inverse()).Inverse();
        Matrix<double> expected = v * (m + (p.Inverse() * s * p.Inverse())) * v;
        var used = new PriorPower(0.02, 0.3) { Common = 0.03 };
        LinearTheory error = new LinearTheory(7, -2, 5).Error(used, new PriorPower(0.5, 0.1) { Common = -0.2 });
        Assert.Equal(expected[0, 0], error.Aa, 1e-9);
        Assert.Equal(expected[0, 1], error.Ap, 1e-9);
        Assert.Equal(expected[1, 1], error.Pp, 1e-9);
        LinearTheory right = new LinearTheory(7, -2, 5).Error(used, used);
        Assert.Equal(v[0, 0], right.Aa, 1e-9);
        Assert.Equal(v[1, 1], right.Pp, 1e-9);
    }
}
