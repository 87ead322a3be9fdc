using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FsRec;

/// <summary>
/// Amplitudes and phases of complex numbers, eight at a time, to the precision of float: a picture takes millions of them, and one picture is too few
/// calls for the runtime to compile them well by itself.
/// </summary>
internal static class PolarKernels
{
    private const int Lanes = 8;

    private const float Half = (float)(Math.PI / 2);
    private const float Quarter = (float)(Math.PI / 4);

    // Above it the arctangent is taken about π/4, so that the polynomial sees no more than tan(π/8).
    private const float TangentOfEighth = 0.41421356f;

    /// <summary>Amplitude of each number.</summary>
    /// <param name="interleaved">Real and imaginary part in turn.</param>
    /// <param name="amplitudes">As many as there are numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Amplitudes(ReadOnlySpan<float> interleaved, Span<float> amplitudes)
    {
        int i = 0;
        for (; i <= amplitudes.Length - Lanes; i += Lanes)
        {
            (Vector256<float> re, Vector256<float> im) = Load(interleaved[(2 * i)..]);
            Vector256.Sqrt((re * re) + (im * im)).CopyTo(amplitudes[i..]);
        }

        for (; i < amplitudes.Length; i++)
        {
            (float re, float im) = (interleaved[2 * i], interleaved[(2 * i) + 1]);
            amplitudes[i] = MathF.Sqrt((re * re) + (im * im));
        }
    }

    /// <summary>Phase of each number in rad, from −π to π, within three units of the seventh digit; 0 for zero.</summary>
    /// <param name="interleaved">Real and imaginary part in turn.</param>
    /// <param name="phases">As many as there are numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Phases(ReadOnlySpan<float> interleaved, Span<float> phases)
    {
        int i = 0;
        for (; i <= phases.Length - Lanes; i += Lanes)
        {
            (Vector256<float> re, Vector256<float> im) = Load(interleaved[(2 * i)..]);
            Phase(re, im).CopyTo(phases[i..]);
        }

        if (i < phases.Length)
        {
            // The same arithmetic, so that a number's phase is the same wherever it stands in a row.
            Span<float> numbers = stackalloc float[2 * Lanes];
            numbers.Clear();
            interleaved[(2 * i)..(2 * phases.Length)].CopyTo(numbers);
            (Vector256<float> re, Vector256<float> im) = Load(numbers);
            Vector256<float> last = Phase(re, im);
            for (int k = 0; i < phases.Length; i++, k++)
            {
                phases[i] = last[k];
            }
        }
    }

    // Each number is one of 64 bits: its lower half is the real part, its upper one the imaginary.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> Re, Vector256<float> Im) Load(ReadOnlySpan<float> interleaved)
    {
        Vector256<ulong> first = Vector256.Create(interleaved).AsUInt64();
        Vector256<ulong> second = Vector256.Create(interleaved[Lanes..]).AsUInt64();
        return (
            Vector256.Narrow(first, second).AsSingle(),
            Vector256.Narrow(Vector256.ShiftRightLogical(first, 32), Vector256.ShiftRightLogical(second, 32)).AsSingle());
    }

    /// <summary>
    /// The arctangent of the smaller part over the larger, turned into its octant. The polynomial is S. Moshier's of the Cephes library (atanf), right to
    /// 2·10⁻⁷ up to tan(π/8).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Phase(Vector256<float> re, Vector256<float> im)
    {
        Vector256<float> x = Vector256.Abs(re);
        Vector256<float> y = Vector256.Abs(im);
        Vector256<float> large = Vector256.Max(x, y);
        Vector256<float> t = Vector256.Min(x, y) / Vector256.ConditionalSelect(Vector256.Equals(large, Vector256<float>.Zero), Vector256<float>.One, large);

        Vector256<float> far = Vector256.GreaterThan(t, Vector256.Create(TangentOfEighth));
        Vector256<float> r = Vector256.ConditionalSelect(far, (t - Vector256<float>.One) / (t + Vector256<float>.One), t);
        Vector256<float> z = r * r;
        Vector256<float> sum = (z * 8.05374449538e-2f) - Vector256.Create(1.38776856032e-1f);
        sum = (sum * z) + Vector256.Create(1.99777106478e-1f);
        sum = (sum * z) - Vector256.Create(3.33329491539e-1f);
        Vector256<float> angle = (sum * z * r) + r + (far & Vector256.Create(Quarter).AsSingle());

        angle = Vector256.ConditionalSelect(Vector256.GreaterThan(y, x), Vector256.Create(Half) - angle, angle);
        angle = Vector256.ConditionalSelect(Vector256.LessThan(re, Vector256<float>.Zero), Vector256.Create((float)Math.PI) - angle, angle);
        angle |= im & Vector256.Create(-0f);
        // What the larger of a number and none is differs between processors.
        return Vector256.ConditionalSelect(Vector256.Equals(re, re) & Vector256.Equals(im, im), angle, Vector256.Create(float.NaN));
    }
}
