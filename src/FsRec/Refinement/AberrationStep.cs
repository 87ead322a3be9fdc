using FsRec.Optics;

namespace FsRec.Refinement;

/// <summary>A change of the constant aberrations, all in nm; those that are not round by their components along columns and rows.</summary>
/// <param name="Values">C3; A1 as |A1| cos 2φ, |A1| sin 2φ; A2 as |A2| cos 3φ, |A2| sin 3φ; B2 as |B2| cos φ, |B2| sin φ.</param>
internal readonly record struct AberrationStep(double[] Values)
{
    /// <summary>How many there are.</summary>
    public const int Count = 7;

    // The phase of each is homogeneous in g of this degree.
    private static readonly double[] Degrees = [4, 2, 2, 3, 3, 3, 3];

    /// <summary>No change.</summary>
    public static AberrationStep None => new(new double[Count]);

    /// <summary>The derivatives of χ by the components, in rad per nm.</summary>
    public static void Phases(double gy, double gx, double wavelength, Span<double> target)
    {
        double g2 = (gx * gx) + (gy * gy);
        double l2 = wavelength * wavelength;
        target[0] = Math.PI / 2 * l2 * wavelength * g2 * g2;
        target[1] = Math.PI * wavelength * ((gx * gx) - (gy * gy));
        target[2] = Math.PI * wavelength * 2 * gx * gy;
        double third = 2 * Math.PI / 3 * l2;
        target[3] = third * gx * ((gx * gx) - (3 * gy * gy));
        target[4] = third * gy * ((3 * gx * gx) - (gy * gy));
        target[5] = 2 * Math.PI * l2 * g2 * gx;
        target[6] = 2 * Math.PI * l2 * g2 * gy;
    }

    /// <summary>
    /// The derivatives by the components of ∂ ln E/∂Z, E = exp(−(πα)²|s|²) the envelope of the convergence and s = Zg + ∇χ/(2πλ): that is
    /// −(πα²/λ) Σ m χ_m, since g·∇χ = mχ for a phase of degree m.
    /// </summary>
    public static void Dampings(double gy, double gx, Microscope microscope, Span<double> target)
    {
        double lambda = microscope.Wavelength;
        double alpha = microscope.Semiconvergence * 1e-3;
        Phases(gy, gx, lambda, target);
        for (int i = 0; i < Count; i++)
        {
            target[i] *= -Math.PI * alpha * alpha / lambda * Degrees[i];
        }
    }

    /// <summary>½ Σ (δ/expected)²: no aberration is far from what is given.</summary>
    public double Penalty(Microscope microscope)
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
        {
            sum += 0.5 * Values[i] * PenaltyGradient(i, microscope);
        }

        return sum;
    }

    /// <summary>The derivative of <see cref="Penalty"/> by a component.</summary>
    public double PenaltyGradient(int component, Microscope microscope)
    {
        double expected = Expected(component, microscope);
        return Values[component] / (expected * expected);
    }

    /// <summary>How far in nm a component is expected to be from what is given.</summary>
    public static double Expected(int component, Microscope microscope) => component switch
    {
        0 => (0.1 * Math.Abs(microscope.C3)) + 1000,
        1 or 2 => 10,
        3 or 4 => 300,
        _ => 150,
    };

    /// <summary>The microscope after the change.</summary>
    public Microscope Applied(Microscope microscope)
    {
        (double a1, double a1Azimuth) = Sum(microscope.A1, microscope.A1Azimuth, 2, Values[1], Values[2]);
        (double a2, double a2Azimuth) = Sum(microscope.A2, microscope.A2Azimuth, 3, Values[3], Values[4]);
        (double b2, double b2Azimuth) = Sum(microscope.B2, microscope.B2Azimuth, 1, Values[5], Values[6]);
        return microscope with
        {
            C3 = microscope.C3 + Values[0],
            A1 = a1,
            A1Azimuth = a1Azimuth,
            A2 = a2,
            A2Azimuth = a2Azimuth,
            B2 = b2,
            B2Azimuth = b2Azimuth,
        };
    }

    private static (double Size, double Azimuth) Sum(double size, double azimuth, int fold, double x, double y)
    {
        double angle = fold * azimuth * Math.PI / 180;
        x += size * Math.Cos(angle);
        y += size * Math.Sin(angle);
        return (Math.Sqrt((x * x) + (y * y)), x == 0 && y == 0 ? 0 : Math.Atan2(y, x) * 180 / Math.PI / fold);
    }
}
