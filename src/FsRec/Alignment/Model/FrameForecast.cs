namespace FsRec.Alignment;

/// <summary>What the others of a series predict for one frame, ŷ, and its variance, where they lie in common. A thread's memory.</summary>
internal sealed class FrameForecast(AlignmentPoints points)
{
    /// <summary>ŷ of the linear theory; with what is beyond once <c>Complete</c> has been called.</summary>
    public (float Re, float Im)[] Image { get; } = new (float, float)[points.Count];

    /// <summary>Variance of y − ŷ; with what the theory misses once <c>Complete</c> has been called.</summary>
    public float[] Variance { get; } = new float[points.Count];

    /// <summary>Amplitude and phase of the wave that the others make.</summary>
    public (float ARe, float AIm, float PRe, float PIm)[] Wave { get; } = new (float, float, float, float)[points.Count];

    /// <summary>ŷ / V, each ring group divided by its misfit as well: what a search correlates with.</summary>
    public (float Re, float Im)[] Weighted { get; } = new (float, float)[points.Count];

    /// <summary>
    /// Adds what is beyond the linear theory, and to the variance what the theory misses: κ²|ŷ|² + β²|H|²|x|². Both keep a few strong beams of
    /// a lattice from deciding alone. Near a reversal of contrast little is left of a strong beam, but the theory's error of it is not less: that
    /// is what β stands for.
    /// </summary>
    /// <param name="frame">The frame.</param>
    /// <param name="beyond">What its image holds beyond; <see langword="null"/> for nothing.</param>
    /// <param name="kappa">The theory's error relative to what is expected.</param>
    /// <param name="beta">The theory's error relative to the greatest contrast of a beam at any focus.</param>
    public void Complete(int frame, (float Re, float Im)[]? beyond, double kappa, double beta) => CompleteAt(points.Rows(frame), beyond, kappa, beta);

    /// <summary>The same for a frame at any focus.</summary>
    /// <param name="h">H of the focus.</param>
    /// <param name="beyond">What its image holds beyond; <see langword="null"/> for nothing.</param>
    /// <param name="kappa">The theory's error relative to what is expected.</param>
    /// <param name="beta">The theory's error relative to the greatest contrast of a beam at any focus.</param>
    public void CompleteAt(ReadOnlySpan<(float A, float P)> h, (float Re, float Im)[]? beyond, double kappa, double beta)
    {
        (float k2, float b2) = ((float)(kappa * kappa), (float)(beta * beta));
        for (int i = 0; i < Image.Length; i++)
        {
            (float re, float im) = Image[i];
            if (beyond is not null)
            {
                (re, im) = (re + beyond[i].Re, im + beyond[i].Im);
                Image[i] = (re, im);
            }

            (float a, float p) = h[i];
            (float ar, float ai, float pr, float pi) = Wave[i];
            Variance[i] += (k2 * ((re * re) + (im * im))) + (b2 * ((a * a) + (p * p)) * ((ar * ar) + (ai * ai) + (pr * pr) + (pi * pi)));
        }
    }

    /// <summary>Weighs ŷ for a search.</summary>
    /// <param name="misfit">Mean of |y − ŷ|²/V of each ring group.</param>
    public void Weigh(ReadOnlySpan<double> misfit)
    {
        ReadOnlySpan<byte> group = points.Group;
        byte[]? half = points.Half;
        for (int i = 0; i < Image.Length; i++)
        {
            float unit = half is not null && half[i] == 0 ? 0 : 1 / (Variance[i] * (float)misfit[group[i]]);
            Weighted[i] = (unit * Image[i].Re, unit * Image[i].Im);
        }
    }
}
