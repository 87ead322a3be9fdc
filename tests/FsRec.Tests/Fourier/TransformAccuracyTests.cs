using System.Numerics;
using FsRec.Fourier;

namespace FsRec.Tests.Fourier;

/// <summary>Every size in either axis against double precision.</summary>
public sealed class TransformAccuracyTests
{
    internal const double Tolerance = 5e-7;

    public static TheoryData<int> LargeSizes => [384, 480, 512, 640, 1000, 1024, 1536, 2048];

    [Fact]
    public void Every_size_up_to_64_agrees_with_the_direct_sum()
    {
        for (int n = 1; n <= 64; n++)
        {
            Check(n, 3, PlaneSamples.DirectSum);
            Check(3, n, PlaneSamples.DirectSum);
        }
    }

    [Fact]
    public void Every_size_up_to_200_agrees_with_double_precision()
    {
        for (int n = 65; n <= 200; n++)
        {
            Check(n, 5, PlaneSamples.ByMathNet);
            Check(5, n, PlaneSamples.ByMathNet);
        }
    }

    [Theory]
    [MemberData(nameof(LargeSizes))]
    public void Sizes_of_detectors_agree_with_double_precision(int n)
    {
        Check(n, 18, PlaneSamples.ByMathNet);
        Check(18, n, PlaneSamples.ByMathNet);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 33)]
    [InlineData(48, 20)]
    [InlineData(96, 160)]
    [InlineData(257, 31)]
    [InlineData(61, 97)]
    public void Shapes_need_not_be_square(int rows, int columns) => Check(rows, columns, PlaneSamples.ByMathNet);

    private static void Check(int rows, int columns, Func<Complex[], int, Complex[]> line)
    {
        var transform = new FourierTransform(rows, columns);
        using FourierScratch scratch = transform.CreateScratch();
        using ComplexPlane plane = PlaneSamples.Random(rows, columns, (1000 * rows) + columns);
        Complex[,] start = PlaneSamples.ToComplex(plane);
        transform.Forward(plane, scratch);
        double error = PlaneSamples.RelativeError(
            plane, PlaneSamples.Columns(PlaneSamples.Rows(start, -1, line), -1, line));
        Assert.True(error <= Tolerance, $"{rows} × {columns} forward: {error:e2}");

        using ComplexPlane back = PlaneSamples.Random(rows, columns, (1000 * rows) + columns);
        transform.Inverse(back, scratch);
        error = PlaneSamples.RelativeError(back, PlaneSamples.Rows(PlaneSamples.Columns(start, 1, line), 1, line));
        Assert.True(error <= Tolerance, $"{rows} × {columns} inverse: {error:e2}");
    }
}
