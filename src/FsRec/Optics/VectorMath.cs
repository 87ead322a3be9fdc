using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FsRec.Optics;

/// <summary>
/// Sines, cosines and exponentials of eight numbers at a time, to a few units of the sixteenth digit: transfer functions take a million of them.
/// The argument is brought into a small interval round 0, where a polynomial is enough; coefficients are those of the Taylor series.
/// </summary>
internal static class VectorMath
{
    /// <summary>Largest modulus of an angle for which the reduction keeps its precision.</summary>
    public const double LargestAngle = 1e6;

    // π/2 in three parts whose products with whole numbers up to 10⁶ are exact.
    private const double HalfPi1 = 1.5707963267341256;
    private const double HalfPi2 = 6.0771005063039560e-11;
    private const double HalfPi3 = 2.0222662487959506e-21;

    private const double Ln2High = 0.69314718036912382;
    private const double Ln2Low = 1.9082149292705877e-10;

    /// <summary>Sine and cosine of angles of at most <see cref="LargestAngle"/> rad.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector512<double> Sin, Vector512<double> Cos) SinCos(Vector512<double> angle)
    {
        Vector512<double> quarters = Vector512.Floor((angle * (2 / Math.PI)) + Vector512.Create(0.5));
        Vector512<double> r = angle - (quarters * HalfPi1) - (quarters * HalfPi2) - (quarters * HalfPi3);
        Vector512<double> r2 = r * r;
        Vector512<double> sine = Polynomial(r2, 1.0 / 355687428096000, -1.0 / 1307674368000, 1.0 / 6227020800, -1.0 / 39916800, 1.0 / 362880, -1.0 / 5040, 1.0 / 120, -1.0 / 6);
        sine = r + (r * r2 * sine);
        Vector512<double> cosine = Polynomial(r2, 1.0 / 20922789888000, -1.0 / 87178291200, 1.0 / 479001600, -1.0 / 3628800, 1.0 / 40320, -1.0 / 720, 1.0 / 24, -0.5);
        cosine = Vector512<double>.One + (r2 * cosine);

        // Which of the four quarters of a turn: odd ones exchange the two, two of them each are negative.
        Vector512<double> quarter = quarters - (4 * Vector512.Floor(quarters * 0.25));
        Vector512<double> one = Vector512<double>.One;
        Vector512<double> three = Vector512.Create(3.0);
        Vector512<double> odd = Vector512.Equals(quarter, one) | Vector512.Equals(quarter, three);
        Vector512<double> sin = Vector512.ConditionalSelect(odd, cosine, sine);
        Vector512<double> cos = Vector512.ConditionalSelect(odd, sine, cosine);
        sin = Vector512.ConditionalSelect(Vector512.GreaterThan(quarter, one), -sin, sin);
        cos = Vector512.ConditionalSelect(Vector512.GreaterThan(quarter, Vector512<double>.Zero) & Vector512.LessThan(quarter, three), -cos, cos);
        return (sin, cos);
    }

    /// <summary>The exponential of numbers that are not positive; below −700 it is that of −700.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> x)
    {
        x = Vector512.Max(x, Vector512.Create(-700.0));
        Vector512<double> twos = Vector512.Floor((x * (1 / 0.693147180559945309417)) + Vector512.Create(0.5));
        Vector512<double> r = x - (twos * Ln2High) - (twos * Ln2Low);
        Vector512<double> series = Polynomial(r, 1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040, 1.0 / 720);
        series = (((((((series * r) + Vector512.Create(1.0 / 120)) * r) + Vector512.Create(1.0 / 24)) * r) + Vector512.Create(1.0 / 6)) * r) + Vector512.Create(0.5);
        series = (((series * r) + Vector512<double>.One) * r) + Vector512<double>.One;
        // 2ⁿ is its exponent's bits.
        Vector512<long> power = Vector512.ShiftLeft(Vector512.ConvertToInt64(twos) + Vector512.Create(1023L), 52);
        return series * power.AsDouble();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Polynomial(Vector512<double> x, double a, double b, double c, double d, double e, double f, double g, double h)
    {
        Vector512<double> sum = (Vector512.Create(a) * x) + Vector512.Create(b);
        sum = (sum * x) + Vector512.Create(c);
        sum = (sum * x) + Vector512.Create(d);
        sum = (sum * x) + Vector512.Create(e);
        sum = (sum * x) + Vector512.Create(f);
        sum = (sum * x) + Vector512.Create(g);
        return (sum * x) + Vector512.Create(h);
    }
}
