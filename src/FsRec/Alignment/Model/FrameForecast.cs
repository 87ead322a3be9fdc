using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FsRec.Alignment;

/// <summary>What the others of a series predict for one frame, ŷ, and its variance, where they lie in common. A thread's memory.</summary>
internal sealed class FrameForecast(AlignmentPoints points)
{
    private const int Lanes = 16;

    // Points after which the fractions' products are taken the logarithms of: half of 1000 factors a lane, each below 2.
    private const int Together = 4096;
    private double? _logVariance;

    /// <summary>ŷ of the linear theory; with what is beyond once <c>Complete</c> has been called.</summary>
    public PointPairs Image { get; } = new(points.Count);

    /// <summary>Variance of y − ŷ; with what the theory misses once <c>Complete</c> has been called.</summary>
    public float[] Variance { get; } = new float[PointPairs.Padded(points.Count)];

    /// <summary>Amplitude of the wave that the others make.</summary>
    public PointPairs WaveA { get; } = new(points.Count);

    /// <summary>Phase of the wave that the others make.</summary>
    public PointPairs WaveP { get; } = new(points.Count);

    /// <summary>ŷ / V, each ring group divided by its misfit as well: what a search correlates with.</summary>
    public PointPairs Weighted { get; } = new(points.Count);

    /// <summary>Memory for the frame where it lies, moved back.</summary>
    public PointPairs Moved { get; } = new(points.Count);

    /// <summary>Memory for the variance of the frame's own noise.</summary>
    public double[] Own { get; } = new double[PointPairs.Padded(points.Count)];

    /// <summary>Σ ln V over the frequencies that places are taken from.</summary>
    public double LogVariance => _logVariance ??= SumOfLogarithms();

    /// <summary>
    /// Adds what is beyond the linear theory, and to the variance what the theory misses: κ²|ŷ|² + β²|H|²|x|². Both keep a few strong beams of
    /// a lattice from deciding alone. Near a reversal of contrast little is left of a strong beam, but the theory's error of it is not less: that
    /// is what β stands for.
    /// </summary>
    /// <param name="frame">The frame.</param>
    /// <param name="beyond">What its image holds beyond; <see langword="null"/> for nothing.</param>
    /// <param name="kappa">The theory's error relative to what is expected.</param>
    /// <param name="beta">The theory's error relative to the greatest contrast of a beam at any focus.</param>
    public void Complete(int frame, PointPairs? beyond, double kappa, double beta) => CompleteAt(points.Rows(frame), beyond, kappa, beta);

    /// <summary>The same for a frame at any focus.</summary>
    /// <param name="h">H of the focus.</param>
    /// <param name="beyond">What its image holds beyond; <see langword="null"/> for nothing.</param>
    /// <param name="kappa">The theory's error relative to what is expected.</param>
    /// <param name="beta">The theory's error relative to the greatest contrast of a beam at any focus.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CompleteAt(PointPairs h, PointPairs? beyond, double kappa, double beta)
    {
        (Vector512<float> k2, Vector512<float> b2) = (Vector512.Create((float)(kappa * kappa)), Vector512.Create((float)(beta * beta)));
        for (int i = 0; i < points.Count; i += Lanes)
        {
            (Vector512<float> re, Vector512<float> im) = (Vector512.Create(Image.Re, i), Vector512.Create(Image.Im, i));
            if (beyond is not null)
            {
                (re, im) = (re + Vector512.Create(beyond.Re, i), im + Vector512.Create(beyond.Im, i));
                re.CopyTo(Image.Re, i);
                im.CopyTo(Image.Im, i);
            }

            (Vector512<float> a, Vector512<float> p) = (Vector512.Create(h.Re, i), Vector512.Create(h.Im, i));
            (Vector512<float> ar, Vector512<float> ai) = (Vector512.Create(WaveA.Re, i), Vector512.Create(WaveA.Im, i));
            (Vector512<float> pr, Vector512<float> pi) = (Vector512.Create(WaveP.Re, i), Vector512.Create(WaveP.Im, i));
            Vector512<float> missed = (k2 * ((re * re) + (im * im))) + (b2 * ((a * a) + (p * p)) * ((ar * ar) + (ai * ai) + (pr * pr) + (pi * pi)));
            (Vector512.Create(Variance, i) + missed).CopyTo(Variance, i);
        }

        _logVariance = null;
    }

    /// <summary>Weighs ŷ for a search.</summary>
    /// <param name="misfit">Mean of |y − ŷ|²/V of each ring group.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Weigh(ReadOnlySpan<double> misfit)
    {
        ReadOnlySpan<byte> group = points.Group;
        Span<float> ofGroup = stackalloc float[byte.MaxValue + 1];
        for (int g = 0; g < misfit.Length; g++)
        {
            ofGroup[g] = (float)misfit[g];
        }

        float[] factors = Moved.Re;
        for (int i = 0; i < group.Length; i++)
        {
            factors[i] = ofGroup[group[i]];
        }

        for (int i = 0; i < points.Count; i += Lanes)
        {
            Vector512<float> unit = Vector512<float>.One / (Vector512.Create(Variance, i) * Vector512.Create(factors, i));
            (unit * Vector512.Create(Image.Re, i)).CopyTo(Weighted.Re, i);
            (unit * Vector512.Create(Image.Im, i)).CopyTo(Weighted.Im, i);
        }

        if (points.Half is { } half)
        {
            for (int i = 0; i < half.Length; i++)
            {
                Weighted[i] = half[i] == 0 ? (0, 0) : Weighted[i];
            }
        }
    }

    // One logarithm for many products: of the numbers' fractions, from 1 to 2, whose exponents are added.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double SumOfLogarithms()
    {
        Vector512<long> exponents = Vector512<long>.Zero;
        double log = 0;
        Vector512<double> product = Vector512<double>.One;
        for (int i = 0; i < points.Count; i += Vector512<double>.Count)
        {
            Vector512<double> v = points.Half is null && i + Vector512<double>.Count <= points.Count ? Widened.Load(Variance, i) : Used(i);
            Vector512<long> bits = v.AsInt64();
            exponents += (bits >> 52) - Vector512.Create(1023L);
            product *= ((bits & Vector512.Create((1L << 52) - 1)) | Vector512.Create(1023L << 52)).AsDouble();
            if (i % Together == 0)
            {
                log += Folded(product);
                product = Vector512<double>.One;
            }
        }

        return log + Folded(product) + (Vector512.Sum(exponents) * Math.Log(2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Folded(Vector512<double> product)
    {
        double log = 0;
        for (int lane = 0; lane < Vector512<double>.Count; lane++)
        {
            log += Math.Log(product[lane]);
        }

        return log;
    }

    // Variances, positive, from a point on; 1 where a frequency is not used, and beyond the last.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Vector512<double> Used(int first)
    {
        Span<double> values = stackalloc double[Vector512<double>.Count];
        for (int j = 0; j < values.Length; j++)
        {
            values[j] = first + j < points.Count && points.Half?[first + j] != 0 ? Variance[first + j] : 1;
        }

        return Vector512.Create<double>(values);
    }
}
