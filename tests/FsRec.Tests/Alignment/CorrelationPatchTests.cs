using FsRec.Alignment;
using FsRec.Fourier;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Alignment;

/// <summary>Patches of a correlation against the sum over its spectrum, value by value in double precision.</summary>
[EveryWidth]
public sealed class CorrelationPatchTests
{
    [Theory]
    [InlineData(32, 48, 3, 0, 0)]
    [InlineData(32, 48, 1, 0.3, -0.2)]
    [InlineData(33, 48, 2, -1.7, 2.4)]
    [InlineData(32, 45, 4, 0.5, 0.5)]
    [InlineData(31, 35, 7, 3.1, -2.9)]
    public void Each_value_is_the_sum_over_the_half_plane(int rows, int columns, int radius, double x, double y)
    {
        using var spectrum = new ComplexPlane(rows, (columns / 2) + 1);
        var random = new Random(5);
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c <= columns / 2; c++)
            {
                spectrum[r, c] = (random.NextSingle() - 0.5f, random.NextSingle() - 0.5f);
            }
        }

        using var patch = new CorrelationPatch(rows, columns, radius);
        patch.Evaluate(spectrum, x, y);

        int i = 0;
        for (int row = -radius; row <= radius; row++)
        {
            for (int column = -radius; column <= radius; column++, i++)
            {
                Assert.Equal(Sum(spectrum, rows, columns, x + column, y + row), patch.Values[i], 2e-4);
            }
        }
    }

    /// <summary>Re Σ w(kx) P(ky, kx) exp(2πi (ky·y / rows + kx·x / columns)); factors at the Nyquist frequency are real, so that images are.</summary>
    private static double Sum(ComplexPlane spectrum, int rows, int columns, double x, double y)
    {
        double sum = 0;
        for (int r = 0; r < rows; r++)
        {
            double rowAngle = 2 * Math.PI * FrequencyGrid.Signed(r, rows) * y / rows;
            (double rowRe, double rowIm) = (Math.Cos(rowAngle), 2 * r == rows ? 0 : Math.Sin(rowAngle));
            for (int c = 0; c <= columns / 2; c++)
            {
                bool single = c == 0 || 2 * c == columns;
                double angle = 2 * Math.PI * c * x / columns;
                (double re, double im) = (Math.Cos(angle), single ? 0 : Math.Sin(angle));
                (float pRe, float pIm) = spectrum[r, c];
                double turnedRe = (pRe * rowRe) - (pIm * rowIm);
                double turnedIm = (pRe * rowIm) + (pIm * rowRe);
                sum += (single ? 1 : 2) * ((turnedRe * re) - (turnedIm * im));
            }
        }

        return sum;
    }
}
