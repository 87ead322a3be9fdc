using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FsRec.Fourier;

/// <summary>
/// Sums over the pixels of a reference area, in double precision. A register holds 16 neighbouring pixels, widened into two of eight for the
/// sum; the pixels that do not fill a register are added one by one.
/// </summary>
internal static class AreaStatistics
{
    private const int Lanes = 16;

    /// <summary>
    /// Brings an area to mean 0 and standard deviation 1 in place, and inverts it where the sign is negative; a constant
    /// area becomes 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Normalise(Span<float> area, int sign = 1)
    {
        (double mean, double deviation) = MeanAndDeviation(area);
        float offset = (float)mean;
        float scale = deviation > 0 ? (float)(sign / deviation) : 0;
        var offsets = Vector512.Create(offset);
        int i = 0;
        for (; i + Lanes <= area.Length; i += Lanes)
        {
            Span<float> lane = area.Slice(i, Lanes);
            ((Vector512.Create<float>(lane) - offsets) * scale).CopyTo(lane);
        }

        for (; i < area.Length; i++)
        {
            area[i] = (area[i] - offset) * scale;
        }
    }

    /// <summary>Mean.</summary>
    public static double Mean(ReadOnlySpan<float> area) => Sum<Value>(area, area, 0) / area.Length;

    /// <summary>Multiplies by a factor in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(Span<float> area, float factor)
    {
        int i = 0;
        for (; i + Lanes <= area.Length; i += Lanes)
        {
            Span<float> lane = area.Slice(i, Lanes);
            (Vector512.Create<float>(lane) * factor).CopyTo(lane);
        }

        for (; i < area.Length; i++)
        {
            area[i] *= factor;
        }
    }

    /// <summary>Adds another area in place.</summary>
    public static void Add(Span<float> area, ReadOnlySpan<float> other)
    {
        int i = 0;
        for (; i + Lanes <= area.Length; i += Lanes)
        {
            Span<float> lane = area.Slice(i, Lanes);
            (Vector512.Create<float>(lane) + Vector512.Create(other.Slice(i, Lanes))).CopyTo(lane);
        }

        for (; i < area.Length; i++)
        {
            area[i] += other[i];
        }
    }

    /// <summary>Adds a constant in place.</summary>
    public static void Add(Span<float> area, float constant)
    {
        var constants = Vector512.Create(constant);
        int i = 0;
        for (; i + Lanes <= area.Length; i += Lanes)
        {
            Span<float> lane = area.Slice(i, Lanes);
            (Vector512.Create<float>(lane) + constants).CopyTo(lane);
        }

        for (; i < area.Length; i++)
        {
            area[i] += constant;
        }
    }

    /// <summary>Mean and standard deviation.</summary>
    public static (double Mean, double Deviation) MeanAndDeviation(ReadOnlySpan<float> area)
    {
        double mean = Mean(area);
        return (mean, Math.Sqrt(Sum<SquaredDeviation>(area, area, mean) / area.Length));
    }

    /// <summary>Mean of the squared differences of two areas.</summary>
    public static double MeanSquaredDifference(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => Sum<SquaredDifference>(a, b, 0) / a.Length;

    /// <summary>Mean of the absolute differences of two areas.</summary>
    public static double MeanAbsoluteDifference(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => Sum<AbsoluteDifference>(a, b, 0) / a.Length;

    /// <summary>Mean of the products of two areas: the correlation coefficient of normalised ones.</summary>
    public static double MeanProduct(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => Sum<Product>(a, b, 0) / a.Length;

    /// <summary>Σ term(a, b), pixel by pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Sum<TTerm>(ReadOnlySpan<float> a, ReadOnlySpan<float> b, double constant)
        where TTerm : struct, ITerm
    {
        ref float first = ref MemoryMarshal.GetReference(a);
        ref float second = ref MemoryMarshal.GetReference(b[..a.Length]);
        var constants = Vector512.Create(constant);
        var sum = Vector512<double>.Zero;
        int i = 0;
        for (; i + Lanes <= a.Length; i += Lanes)
        {
            (Vector512<double> aLow, Vector512<double> aHigh) = Vector512.Widen(Vector512.LoadUnsafe(ref first, (nuint)i));
            (Vector512<double> bLow, Vector512<double> bHigh) = Vector512.Widen(Vector512.LoadUnsafe(ref second, (nuint)i));
            sum += TTerm.Of(aLow, bLow, constants) + TTerm.Of(aHigh, bHigh, constants);
        }

        double total = Vector512.Sum(sum);
        for (; i < a.Length; i++)
        {
            total += TTerm.Of(Vector512.CreateScalar((double)a[i]), Vector512.CreateScalar((double)b[i]), Vector512.CreateScalar(constant))[0];
        }

        return total;
    }

    private interface ITerm
    {
        static abstract Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> constant);
    }

    private readonly struct Value : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> constant) => a;
    }

    private readonly struct SquaredDeviation : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> constant) => (a - constant) * (a - constant);
    }

    private readonly struct SquaredDifference : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> constant) => (a - b) * (a - b);
    }

    private readonly struct AbsoluteDifference : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> constant) => Vector512.Abs(a - b);
    }

    private readonly struct Product : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b, Vector512<double> constant) => a * b;
    }
}
