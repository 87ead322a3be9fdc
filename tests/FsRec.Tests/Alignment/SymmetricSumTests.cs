using FsRec.Alignment;
using FsRec.Fourier;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Alignment;

/// <summary>Weighted sums over neighbours against the sum that defines them.</summary>
[EveryWidth]
public sealed unsafe class SymmetricSumTests
{
    private const int Reach = 3;
    private const int Stride = 128;

    // The sum over all neighbours is 1 + 2·(0.5 + 0.25 + 0.125) = 2.75.
    private static readonly double[] Weights = [1, 0.5, 0.25, 0.125];

    [Fact]
    public void Along_columns()
    {
        // Four rows together and two alone; two registers.
        const int Rows = 6;
        const int Columns = 32;
        using AlignedBuffer source = Noise((Rows + (2 * Reach)) * Stride);
        using var target = new AlignedBuffer(Rows * Stride);
        float* first = source.Pointer + (Reach * Stride);
        using var sum = new SymmetricSum(Weights);

        sum.SumColumns(first, Stride, Columns, target.Pointer, Rows);

        for (int r = 0; r < Rows; r++)
        {
            for (int c = 0; c < Columns; c++)
            {
                Assert.Equal(Expected(first + (r * Stride) + c, Stride), target.Pointer[(r * Stride) + c], 1e-6);
            }
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 0.75)]
    [InlineData(-1, 0.75)]
    public void Along_rows(int sign, float constant)
    {
        // Four registers together, one alone, and five columns that fill none.
        const int Rows = 3;
        const int Columns = 85;
        using AlignedBuffer source = Noise(Rows * Stride);
        using AlignedBuffer target = Noise(Rows * Columns);
        float[] before = target.Span.ToArray();
        float* first = source.Pointer + Reach;
        using var sum = new SymmetricSum(Weights);

        sum.SumRows(first, Stride, target.Pointer, Rows, Columns, sign, constant);

        for (int i = 0; i < Rows * Columns; i++)
        {
            double expected = Expected(first + (i / Columns * Stride) + (i % Columns), 1);
            Assert.Equal((sign > 0 ? expected : before[i] - expected) + constant, target.Pointer[i], 1e-6);
        }
    }

    private static double Expected(float* x, int step)
    {
        double sum = Weights[0] * x[0];
        for (int k = 1; k <= Reach; k++)
        {
            sum += Weights[k] * ((double)x[-k * step] + x[k * step]);
        }

        return sum / 2.75;
    }

    // With room for a register past the end.
    private static AlignedBuffer Noise(int length)
    {
        var random = new Random(length);
        var buffer = new AlignedBuffer(length + 32);
        foreach (ref float value in buffer.Span)
        {
            value = random.NextSingle();
        }

        return buffer;
    }
}
