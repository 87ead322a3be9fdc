using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FsRec.Optics;

/// <summary>
/// What the lens does to the wave at one defocus: the aberration phase and the envelopes of partial coherence, as functions of
/// the squared spatial frequency.
/// </summary>
public readonly struct TransferFunction
{
    /// <summary>Where a frame's envelope is not above this, the frame is not used for restoration.</summary>
    public const double SmallestEnvelope = 0.05;

    private readonly double _phase2;
    private readonly double _phase4;
    private readonly double _phase6;
    private readonly double _temporal;
    private readonly double _image;
    private readonly double _angle;
    private readonly double _slope1;
    private readonly double _slope3;
    private readonly double _slope5;
    private readonly Detector? _detector;

    /// <summary>Prepares the transfer function of a frame.</summary>
    /// <param name="microscope">The microscope's constants.</param>
    /// <param name="defocus">Defocus of the frame in nm, underfocus negative.</param>
    public TransferFunction(Microscope microscope, double defocus)
    {
        double lambda = microscope.Wavelength;
        double lambda2 = lambda * lambda;
        _phase2 = Math.PI * lambda * defocus;
        _phase4 = Math.PI / 2 * microscope.C3 * lambda2 * lambda;
        _phase6 = Math.PI / 3 * microscope.C5 * lambda2 * lambda2 * lambda;
        _temporal = Math.PI * lambda * microscope.FocusSpread / 2;
        _image = Math.PI * microscope.ImageSpread * 1e-3;
        _angle = Math.PI * microscope.Semiconvergence * 1e-3;
        _slope1 = defocus;
        _slope3 = microscope.C3 * lambda2;
        _slope5 = microscope.C5 * lambda2 * lambda2;
        _detector = microscope.Detector;
    }

    /// <summary>
    /// Aberration phase χ(g) = πλZg² + (π/2) C3 λ³ g⁴ + (π/3) C5 λ⁵ g⁶ in rad; the coherent transfer function is exp(−iχ).
    /// </summary>
    /// <param name="g2">g² in 1/nm².</param>
    public double Phase(double g2) => g2 * (_phase2 + (g2 * (_phase4 + (g2 * _phase6))));

    /// <summary>Temporal envelope exp(−(πλΔg²/2)²) of linear imaging.</summary>
    /// <param name="g2">g² in 1/nm².</param>
    public double TemporalEnvelope(double g2) => Math.Exp(-Square(_temporal * g2));

    /// <summary>Spatial envelope exp(−(πα)² (Zg + C3λ²g³ + C5λ⁴g⁵)²) of linear imaging.</summary>
    /// <param name="g2">g² in 1/nm².</param>
    public double SpatialEnvelope(double g2) =>
        Math.Exp(-g2 * Square(_angle * (_slope1 + (g2 * (_slope3 + (g2 * _slope5))))));

    /// <summary>Spatial envelope exp(−(πα)²|s|²) with s the gradient of all aberrations, round or not, over 2πλ.</summary>
    /// <param name="gy">Frequency along rows in 1/nm.</param>
    /// <param name="gx">Frequency along columns in 1/nm.</param>
    /// <param name="aberrations">Those that are not round.</param>
    internal double SpatialEnvelope(double gy, double gx, AzimuthalAberrations aberrations)
    {
        double g2 = (gy * gy) + (gx * gx);
        double round = _slope1 + (g2 * (_slope3 + (g2 * _slope5)));
        System.Numerics.Complex slope = aberrations.Slope(gy, gx) + new System.Numerics.Complex(round * gx, round * gy);
        return Math.Exp(-_angle * _angle * ((slope.Real * slope.Real) + (slope.Imaginary * slope.Imaginary)));
    }

    /// <summary>Envelope of the image: of its spread, exp(−2(πσg)²), and of the detector where there is one.</summary>
    /// <param name="g2">g² in 1/nm².</param>
    public double ImageEnvelope(double g2) => Math.Exp(-2 * _image * _image * g2) * Signal(g2);

    /// <summary>The product of the three envelopes: all but what the detector passes, which the interference of scattered beams with one another goes through alike.</summary>
    /// <param name="g2">g² in 1/nm².</param>
    public double LensEnvelope(double g2) => TemporalEnvelope(g2) * SpatialEnvelope(g2) * Math.Exp(-2 * _image * _image * g2);

    /// <summary>What the detector passes, over the noise that it adds; 1 where there is none.</summary>
    /// <param name="g2">g² in 1/nm².</param>
    public double DetectorEnvelope(double g2) => Signal(g2);

    /// <summary>The product of the three envelopes and of what the detector passes, 1 at g = 0.</summary>
    /// <param name="g2">g² in 1/nm².</param>
    public double Envelope(double g2) =>
        Math.Exp(-Square(_temporal * g2) - (g2 * Square(_angle * (_slope1 + (g2 * (_slope3 + (g2 * _slope5)))))) - (2 * _image * _image * g2)) * Signal(g2);

    /// <summary>t(g) = exp(−iχ(g)) and E(g) at many frequencies, as <see cref="Phase"/> and <see cref="Envelope"/> give them.</summary>
    /// <param name="g2">g² in 1/nm²; its length is a multiple of 8.</param>
    /// <param name="cos">Re t.</param>
    /// <param name="sin">Im t.</param>
    /// <param name="envelope">E.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Fill(ReadOnlySpan<double> g2, Span<double> cos, Span<double> sin, Span<double> envelope)
    {
        for (int i = 0; i < g2.Length; i += Vector512<double>.Count)
        {
            Vector512<double> x = Vector512.Create(g2[i..]);
            Vector512<double> phase = x * (Vector512.Create(_phase2) + (x * (Vector512.Create(_phase4) + (x * _phase6))));
            (Vector512<double> s, Vector512<double> c) = VectorMath.SinCos(-phase);
            c.CopyTo(cos[i..]);
            s.CopyTo(sin[i..]);
            Vector512<double> temporal = x * _temporal;
            Vector512<double> slope = (Vector512.Create(_slope1) + (x * (Vector512.Create(_slope3) + (x * _slope5)))) * _angle;
            VectorMath.Exp(-((temporal * temporal) + (x * ((slope * slope) + Vector512.Create(2 * _image * _image))))).CopyTo(envelope[i..]);
        }

        if (_detector is { } detector)
        {
            for (int i = 0; i < g2.Length; i++)
            {
                envelope[i] *= detector.Signal(g2[i]);
            }
        }
    }

    private double Signal(double g2) => _detector?.Signal(g2) ?? 1;

    private static double Square(double x) => x * x;
}
