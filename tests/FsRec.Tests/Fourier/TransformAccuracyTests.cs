namespace FsRec.Tests.Fourier;

/// <summary>Every size in either axis against double precision.</summary>
public sealed class TransformAccuracyTests
{
    public static TheoryData<int> LargeSizes => [384, 480, 512, 640, 1000, 1024, 1536, 2048];

    [Fact]
    public void Every_size_up_to_200_agrees_with_double_precision()
    {
        for (int n = 65; n <= 200; n++)
        {
            TransformCheck.Agrees(n, 5, PlaneSamples.ByMathNet);
            TransformCheck.Agrees(5, n, PlaneSamples.ByMathNet);
        }
    }

    [Theory]
    [MemberData(nameof(LargeSizes))]
    public void Sizes_of_detectors_agree_with_double_precision(int n)
    {
        TransformCheck.Agrees(n, 18, PlaneSamples.ByMathNet);
        TransformCheck.Agrees(18, n, PlaneSamples.ByMathNet);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 33)]
    [InlineData(48, 20)]
    [InlineData(96, 160)]
    [InlineData(257, 31)]
    [InlineData(61, 97)]
    public void Shapes_need_not_be_square(int rows, int columns) =>
        TransformCheck.Agrees(rows, columns, PlaneSamples.ByMathNet);
}
