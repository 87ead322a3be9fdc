using System.Numerics;
using FsRec.Optics;
using FsRec.Parameters;

namespace FsRec.ImageModel;

/// <summary>A change of the constant aberrations, all in nm; those that are not round by their components along columns and rows.</summary>
/// <param name="Values">
/// C3; A1 as |A1| cos 2φ, |A1| sin 2φ; A2 as |A2| cos 3φ, |A2| sin 3φ; B2 as |B2| cos φ, |B2| sin φ; C1, the defocus of all frames.
/// </param>
internal readonly record struct AberrationStep(double[] Values)
{
    /// <summary>How many components there are.</summary>
    public const int Count = 8;

    /// <summary>The aberration that each component belongs to.</summary>
    public static readonly IReadOnlyList<RefinedAberrations> Owners =
    [
        RefinedAberrations.C3, RefinedAberrations.A1, RefinedAberrations.A1, RefinedAberrations.A2, RefinedAberrations.A2,
        RefinedAberrations.B2, RefinedAberrations.B2, RefinedAberrations.C1,
    ];

    /// <summary>No change.</summary>
    public static AberrationStep None => new(new double[Count]);

    /// <summary>The change of the defocus of all frames in nm.</summary>
    public double Focus => Values[7];

    /// <summary>
    /// The derivatives of the slope s = ∇χ/(2πλ) by the components, without unit: the parts along columns and rows as real and imaginary
    /// part. The slope is linear in the aberrations.
    /// </summary>
    /// <param name="gy">Frequency along rows in 1/nm.</param>
    /// <param name="gx">Frequency along columns in 1/nm.</param>
    /// <param name="wavelength">Wavelength in nm.</param>
    /// <param name="target">One a component.</param>
    public static void Slopes(double gy, double gx, double wavelength, Span<Complex> target)
    {
        var g = new Complex(gx, gy);
        var c = new Complex(gx, -gy);
        double g2 = (gx * gx) + (gy * gy);
        target[0] = wavelength * wavelength * g2 * g;
        target[1] = c;
        target[2] = Complex.ImaginaryOne * c;
        target[3] = wavelength * c * c;
        target[4] = Complex.ImaginaryOne * target[3];
        target[5] = wavelength * ((g * g) + (2 * g2));
        target[6] = wavelength * Complex.ImaginaryOne * ((2 * g2) - (g * g));
        target[7] = g;
    }

    /// <summary>
    /// The derivatives by the components of ∂ ln E/∂Z, E = exp(−(πα)²|s|²) the envelope of the convergence and s = Zg + … the slope of the
    /// aberrations: −2(πα)² g·∂s.
    /// </summary>
    public static void Dampings(double gy, double gx, Microscope microscope, Span<double> target)
    {
        double angle = Math.PI * microscope.Semiconvergence * 1e-3;
        Span<Complex> slopes = stackalloc Complex[Count];
        Slopes(gy, gx, microscope.Wavelength, slopes);
        for (int i = 0; i < Count; i++)
        {
            target[i] = -2 * angle * angle * ((gx * slopes[i].Real) + (gy * slopes[i].Imaginary));
        }
    }

    /// <summary>How far in nm a component is expected to be from what is given.</summary>
    public static double Expected(int component, Microscope microscope) => component switch
    {
        0 => (0.1 * Math.Abs(microscope.C3)) + 1000,
        1 or 2 or 7 => 10,
        3 or 4 => 300,
        _ => 150,
    };

    /// <summary>This change without another.</summary>
    public AberrationStep Less(AberrationStep other) => new([.. Values.Zip(other.Values, static (a, b) => a - b)]);

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
        if (x == 0 && y == 0)
        {
            return (size, azimuth);
        }

        double angle = fold * azimuth * Math.PI / 180;
        x += size * Math.Cos(angle);
        y += size * Math.Sin(angle);
        return (Math.Sqrt((x * x) + (y * y)), x == 0 && y == 0 ? 0 : Math.Atan2(y, x) * 180 / Math.PI / fold);
    }
}
