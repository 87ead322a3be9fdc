using FsRec.Optics;

namespace FsRec.Statistics;

/// <summary>
/// The linear theory of a series at one frequency. With ψ = 1 + a + ip, a and p real images, frame n has the spectrum
/// y_n = H_n (a, p) + noise, H_n = 2E_n (cos χ_n, sin χ_n). What the frames say about (a, p) is Σ HᵀH / σ²; the prior adds 1/S_a and
/// 1/S_p. All powers are those of unitary transforms.
/// </summary>
/// <param name="Aa">Σ H_a² / σ².</param>
/// <param name="Ap">Σ H_a H_p / σ².</param>
/// <param name="Pp">Σ H_p² / σ².</param>
internal readonly record struct LinearTheory(double Aa, double Ap, double Pp)
{
    /// <summary>The row H of a frame.</summary>
    public static (double A, double P) Row(TransferFunction transfer, double g2)
    {
        (double sin, double cos) = Math.SinCos(transfer.Phase(g2));
        double e = 2 * transfer.Envelope(g2);
        return (e * cos, e * sin);
    }

    /// <summary>What a series says at a frequency.</summary>
    /// <param name="transfers">Transfer function of each frame.</param>
    /// <param name="noise">Variance of each frame's noise.</param>
    /// <param name="g2">g² in 1/nm².</param>
    public static LinearTheory At(IReadOnlyList<TransferFunction> transfers, IReadOnlyList<double> noise, double g2)
    {
        LinearTheory sum = default;
        for (int n = 0; n < transfers.Count; n++)
        {
            (double a, double p) = Row(transfers[n], g2);
            sum = new(sum.Aa + (a * a / noise[n]), sum.Ap + (a * p / noise[n]), sum.Pp + (p * p / noise[n]));
        }

        return sum;
    }

    /// <summary>With the prior: the inverse of the matrix of its powers is added.</summary>
    public LinearTheory With(PriorPower prior)
    {
        // 1 − the square of the coherence: by itself, the difference of two products would lose what weak powers are.
        double apart = 1 - (prior.Common * prior.Common / (prior.Amplitude * prior.Phase));
        return new(
            Aa + (1 / (prior.Amplitude * apart)), Ap - (prior.Common / (prior.Amplitude * prior.Phase * apart)), Pp + (1 / (prior.Phase * apart)));
    }

    /// <summary>
    /// Mean square errors and their covariance of an estimate made with some prior powers, of a specimen that has others: with V the inverse of
    /// what data and used prior P say and M what the data say, V (M + P⁻¹SP⁻¹) V. With P = S that is V.
    /// </summary>
    /// <param name="used">The powers P that the estimate was made with.</param>
    /// <param name="actual">The powers S that the specimen has.</param>
    public LinearTheory Error(PriorPower used, PriorPower actual)
    {
        LinearTheory known = With(used);
        // P⁻¹, and P⁻¹SP⁻¹.
        LinearTheory p = new(known.Aa - Aa, known.Ap - Ap, known.Pp - Pp);
        LinearTheory bias = p.Around(new LinearTheory(actual.Amplitude, actual.Common, actual.Phase));
        return known.Inverse().Around(new LinearTheory(Aa + bias.Aa, Ap + bias.Ap, Pp + bias.Pp));
    }

    /// <summary>The trace of the product with another: of data with the variances that data and prior leave, how many of the two numbers the data tell.</summary>
    /// <param name="other">The other.</param>
    public double Shared(LinearTheory other) => (Aa * other.Aa) + (2 * Ap * other.Ap) + (Pp * other.Pp);

    /// <summary>The product T X T of this T with a symmetric matrix X.</summary>
    private LinearTheory Around(LinearTheory x)
    {
        (double aa, double ap) = ((Aa * x.Aa) + (Ap * x.Ap), (Aa * x.Ap) + (Ap * x.Pp));
        (double pa, double pp) = ((Ap * x.Aa) + (Pp * x.Ap), (Ap * x.Ap) + (Pp * x.Pp));
        return new((aa * Aa) + (ap * Ap), (aa * Ap) + (ap * Pp), (pa * Ap) + (pp * Pp));
    }

    // Of Aa · Pp: below, a determinant is what rounding left of it.
    private const double Singular = 1e-14;

    // Of what is nowhere near any information; its inverse is still a number that can be squared.
    private const double Nothing = 1e-60;

    /// <summary>
    /// The inverse: variances and covariance of a and p. Where rounding has left no more than that of the determinant, as where frames
    /// that say next to nothing were put in and taken out again, the two are taken for independent.
    /// </summary>
    public LinearTheory Inverse()
    {
        double d = (Aa * Pp) - (Ap * Ap);
        if (!(d > Singular * Aa * Pp) || !(Aa > Nothing) || !(Pp > Nothing))
        {
            return new(1 / Math.Max(Aa, Nothing), 0, 1 / Math.Max(Pp, Nothing));
        }

        return new(Pp / d, -Ap / d, Aa / d);
    }
}
