using System.Numerics;
using FsRec.Fourier;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Fourier;

/// <summary>Two real planes by one transform.</summary>
[EveryWidth]
public sealed class RealPairTests
{
    [Theory]
    [InlineData(1, 1, null)]
    [InlineData(5, 2, null)]
    [InlineData(9, 7, 7)]
    [InlineData(12, 16, 16)]
    [InlineData(33, 48, null)]
    [InlineData(24, 40, 40)]
    [InlineData(20, 36, 5)]
    [InlineData(40, 200, null)]
    [InlineData(17, 61, 61)]
    [InlineData(64, 256, 33)]
    public void Spectra_are_those_of_the_planes_alone(int rows, int columns, int? wanted)
    {
        var transform = new RealPairTransform(rows, columns, wanted);
        using FourierScratch scratch = transform.CreateScratch();
        using ComplexPlane pair = PlaneSamples.Random(rows, columns, rows + columns);
        using ComplexPlane a = new(rows, transform.SpectrumColumns);
        using ComplexPlane b = new(rows, transform.SpectrumColumns);
        PlaneSamples.FillWith(a, float.NaN);
        PlaneSamples.FillWith(b, float.NaN);
        Complex[,] packed = PlaneSamples.ToComplex(pair);
        transform.Forward(pair, a, b, scratch);
        Assert.True(PlaneSamples.RelativeError(a, Spectrum(packed, a.Columns, z => z.Real)) < 5e-7);
        Assert.True(PlaneSamples.RelativeError(b, Spectrum(packed, b.Columns, z => z.Imaginary)) < 5e-7);
        Assert.Equal(0, PlaneSamples.RelativeError(pair, packed));
    }

    [Fact]
    public void Wrong_shapes_are_refused()
    {
        var transform = new RealPairTransform(8, 16);
        using FourierScratch scratch = transform.CreateScratch();
        using ComplexPlane pair = new(8, 16);
        using ComplexPlane half = new(8, 9);
        Assert.Equal(9, transform.SpectrumColumns);
        Assert.Throws<ArgumentException>(() => transform.Forward(pair, half, pair, scratch));
        Assert.Throws<ArgumentException>(() => transform.Forward(half, half, half, scratch));
        Assert.Throws<ArgumentOutOfRangeException>(() => transform.ForwardRows(pair, half, half, 7, 2, scratch));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RealPairTransform(8, 16, 17));
    }

    private static Complex[,] Spectrum(Complex[,] packed, int wanted, Func<Complex, double> part)
    {
        (int rows, int columns) = (packed.GetLength(0), packed.GetLength(1));
        var real = new Complex[rows, columns];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                real[r, c] = part(packed[r, c]);
            }
        }

        Complex[,] full = PlaneSamples.Columns(
            PlaneSamples.Rows(real, -1, PlaneSamples.ByMathNet), -1, PlaneSamples.ByMathNet);
        var spectrum = new Complex[rows, wanted];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < wanted; c++)
            {
                spectrum[r, c] = full[r, c];
            }
        }

        return spectrum;
    }
}
