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
}
