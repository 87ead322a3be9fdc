using System.Runtime.Intrinsics;
using FsRec.Optics;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Optics;

[EveryWidth]
public sealed class VectorMathTests
{
    [Fact]
    public void Sines_and_cosines_are_those_of_the_runtime()
    {
        var random = new Random(5);
        for (int i = 0; i < 5000; i++)
        {
            // Angles of all sizes, multiples of a quarter turn among them.
            double size = Math.Pow(10, (random.NextDouble() * 12) - 6);
            double angle = i % 7 == 0 ? random.Next(-2000, 2000) * Math.PI / 2 : size * ((2 * random.NextDouble()) - 1);
            (Vector512<double> sin, Vector512<double> cos) = VectorMath.SinCos(Vector512.Create(angle));

            // The reduction of an angle of 10⁶ leaves 10⁻¹⁶ of it.
            Assert.Equal(Math.Sin(angle), sin[i % 8], 4e-16 + (1e-16 * Math.Abs(angle)));
            Assert.Equal(Math.Cos(angle), cos[i % 8], 4e-16 + (1e-16 * Math.Abs(angle)));
        }
    }

    [Fact]
    public void Exponentials_are_those_of_the_runtime()
    {
        var random = new Random(6);
        for (int i = 0; i < 5000; i++)
        {
            double x = i == 0 ? 0 : -Math.Pow(10, (random.NextDouble() * 8) - 6) * 6.9;
            double expected = Math.Exp(x);

            Assert.Equal(expected, VectorMath.Exp(Vector512.Create(x))[i % 8], expected * 1e-15 * (1 + (0.2 * Math.Abs(x))));
        }

        Assert.InRange(VectorMath.Exp(Vector512.Create(-1e5))[0], 0, 1e-300);
    }

    [Fact]
    public void A_row_of_a_transfer_function_holds_what_each_frequency_has()
    {
        var function = new TransferFunction(new Microscope { Voltage = 200, C3 = 1.2e6, C5 = 3e6, Semiconvergence = 0.2, FocusSpread = 5, ImageSpread = 20 }, -180);
        double[] g2 = [.. Enumerable.Range(0, 64).Select(static i => 0.012 * i * i)];
        var cos = new double[64];
        var sin = new double[64];
        var envelope = new double[64];

        function.Fill(g2, cos, sin, envelope);

        for (int i = 0; i < 64; i++)
        {
            Assert.Equal(Math.Cos(function.Phase(g2[i])), cos[i], 1e-12);
            Assert.Equal(-Math.Sin(function.Phase(g2[i])), sin[i], 1e-12);
            Assert.Equal(function.Envelope(g2[i]), envelope[i], 1e-13);
        }
    }
}
