using FsRec.Statistics;

namespace FsRec.Alignment;

/// <summary>
/// What some frames of a series, moved back by their displacements, say about the wave in the linear theory: M = Σ HᵀH/σ² + diag(1/S_a,
/// 1/S_p) and b = Σ Hᵀy/σ² at each frequency. Frames are put in and taken out again. What an image is expected to hold beyond the linear
/// theory is taken off the frame y before; it would be explained as part of the wave otherwise, and then be counted twice in a full image.
/// </summary>
internal sealed class AlignmentReference
{
    private readonly AlignmentPoints _points;
    private readonly IReadOnlyList<double> _noise;
    private readonly double[] _aa;
    private readonly double[] _ap;
    private readonly double[] _pp;
    private readonly double[] _priorA;
    private readonly double[] _priorP;
    private readonly (double ARe, double AIm, double PRe, double PIm)[] _b;
    private readonly (float Re, float Im)[]?[] _beyond;
    private readonly (float Re, float Im)[] _mean;

    /// <summary>Starts with the prior and no frame.</summary>
    public AlignmentReference(AlignmentPoints points, IReadOnlyList<double> noise, PriorPowers prior)
    {
        _points = points;
        _noise = noise;
        (_aa, _ap, _pp) = (new double[points.Count], new double[points.Count], new double[points.Count]);
        (_priorA, _priorP) = (new double[points.Count], new double[points.Count]);
        _b = new (double, double, double, double)[points.Count];
        _beyond = new (float, float)[points.Frames][];
        _mean = new (float, float)[points.Count];
        SetPrior(prior);
    }

    /// <summary>
    /// Whether what the images hold beyond the linear theory is taken off the frames; changed only while no frame is in.
    /// </summary>
    public bool TakesOff { get; set; }

    /// <summary>
    /// What the frames hold beyond the linear theory where they lie in common; <see langword="null"/> for one of which it is not known.
    /// Changed only while the frame is not in.
    /// </summary>
    public (float Re, float Im)[]?[] Beyond => _beyond;

    /// <summary>The mean of the amplitude's prior, whose power is that about this mean.</summary>
    public Span<(float Re, float Im)> AmplitudeMean => _mean;

    /// <summary>Changes the prior.</summary>
    public void SetPrior(PriorPowers prior)
    {
        for (int i = 0; i < _points.Count; i++)
        {
            (double a, double p) = prior.At(Math.Sqrt(_points.G2[i]));
            (_priorA[i], _priorP[i]) = (1 / a, 1 / p);
        }
    }

    /// <summary>Puts a frame in (sign 1) or takes it out (sign −1).</summary>
    public void Add(int frame, (double Dx, double Dy) displacement, int sign)
    {
        double weight = sign / _noise[frame];
        ((float Re, float Im)[] rows, (float Re, float Im)[] columns) = _points.Ramp(displacement.Dx, displacement.Dy);
        ReadOnlySpan<(float Re, float Im)> data = _points.Data(frame);
        ReadOnlySpan<(float A, float P)> h = _points.Rows(frame);
        ReadOnlySpan<(float Re, float Im)> beyond = TakesOff ? _beyond[frame] : default;
        for (int i = 0; i < data.Length; i++)
        {
            (double re, double im) = Turned(data[i], rows[_points.Ky[i] + _points.Band.RowReach], columns[_points.Kx[i]]);
            if (!beyond.IsEmpty)
            {
                (re, im) = (re - beyond[i].Re, im - beyond[i].Im);
            }

            (re, im) = (weight * re, weight * im);
            (double a, double p) = h[i];
            _aa[i] += weight * a * a;
            _ap[i] += weight * a * p;
            _pp[i] += weight * p * p;
            (double bar, double bai, double bpr, double bpi) = _b[i];
            _b[i] = (bar + (a * re), bai + (a * im), bpr + (p * re), bpi + (p * im));
        }
    }

    /// <summary>Amplitude and phase, M⁻¹b, at a frequency.</summary>
    public (double ARe, double AIm, double PRe, double PIm) Estimate(int point)
    {
        LinearTheory v = Information(point).Inverse();
        (double ar, double ai, double pr, double pi) = _b[point];
        (ar, ai) = (ar + (_priorA[point] * _mean[point].Re), ai + (_priorA[point] * _mean[point].Im));
        return ((v.Aa * ar) + (v.Ap * pr), (v.Aa * ai) + (v.Ap * pi), (v.Ap * ar) + (v.Pp * pr), (v.Ap * ai) + (v.Pp * pi));
    }

    /// <summary>The linear theory's image of a frame, ŷ = H M⁻¹ b.</summary>
    public void LinearImage(int frame, Span<(float Re, float Im)> target)
    {
        ReadOnlySpan<(float A, float P)> h = _points.Rows(frame);
        for (int i = 0; i < target.Length; i++)
        {
            (double ar, double ai, double pr, double pi) = Estimate(i);
            target[i] = ((float)((h[i].A * ar) + (h[i].P * pr)), (float)((h[i].A * ai) + (h[i].P * pi)));
        }
    }

    /// <summary>The expected image of a frame, ŷ: the linear theory's with what is beyond.</summary>
    public void Image(int frame, Span<(float Re, float Im)> target)
    {
        LinearImage(frame, target);
        ReadOnlySpan<(float Re, float Im)> beyond = _beyond[frame];
        for (int i = 0; i < beyond.Length; i++)
        {
            target[i] = (target[i].Re + beyond[i].Re, target[i].Im + beyond[i].Im);
        }
    }

    /// <summary>How far an expected image ŷ is from a frame: Σ |y − ŷ|²/V, V = σ² + κ²|y|².</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="displacement">Where it lies.</param>
    /// <param name="kappa">Relative error of the theory.</param>
    /// <param name="expected">ŷ.</param>
    public double Misfit(int frame, (double Dx, double Dy) displacement, double kappa, ReadOnlySpan<(float Re, float Im)> expected)
    {
        ((float Re, float Im)[] rows, (float Re, float Im)[] columns) = _points.Ramp(displacement.Dx, displacement.Dy);
        ReadOnlySpan<(float Re, float Im)> data = _points.Data(frame);
        double sum = 0;
        for (int i = 0; i < data.Length; i++)
        {
            (double re, double im) = Turned(data[i], rows[_points.Ky[i] + _points.Band.RowReach], columns[_points.Kx[i]]);
            double variance = _noise[frame] + (kappa * kappa * ((re * re) + (im * im)));
            sum += (Square(re - expected[i].Re) + Square(im - expected[i].Im)) / variance;
        }

        return sum;
    }

    /// <summary>
    /// The expected image of a frame, ŷ, over the variance of the difference to its data, V = σ² + H M⁻¹ Hᵀ + κ²|ŷ|² + β²|H|²|x|². The last
    /// two are what the theory misses; they keep a few strong beams of a lattice from deciding alone. Near a reversal of contrast little is
    /// left of a strong beam, but the theory's error of it is not less: that is what β stands for.
    /// </summary>
    /// <param name="frame">The frame.</param>
    /// <param name="kappa">The theory's error relative to what is expected.</param>
    /// <param name="beta">The theory's error relative to the greatest contrast of a beam at any focus.</param>
    /// <param name="expected">ŷ.</param>
    /// <param name="target">Filled with ŷ / V; may be the same.</param>
    public void Weight(int frame, double kappa, double beta, ReadOnlySpan<(float Re, float Im)> expected, Span<(float Re, float Im)> target)
    {
        ReadOnlySpan<(float A, float P)> h = _points.Rows(frame);
        for (int i = 0; i < target.Length; i++)
        {
            LinearTheory v = Information(i).Inverse();
            (double a, double p) = h[i];
            (double re, double im) = expected[i];
            double known = (a * a * v.Aa) + (2 * a * p * v.Ap) + (p * p * v.Pp);
            double variance = _noise[frame] + known + (kappa * kappa * ((re * re) + (im * im)));
            if (beta > 0)
            {
                (double ar, double ai, double pr, double pi) = Estimate(i);
                variance += beta * beta * ((a * a) + (p * p)) * ((ar * ar) + (ai * ai) + (pr * pr) + (pi * pi));
            }

            target[i] = ((float)(re / variance), (float)(im / variance));
        }
    }

    /// <summary>The prior powers that the estimate shows: in each ring the mean of |estimate|² plus its variance.</summary>
    public PriorPowers Posterior(PriorPowers prior, double lowerLimit)
    {
        var amplitude = new double[prior.Rings];
        var phase = new double[prior.Rings];
        var count = new int[prior.Rings];
        for (int i = 0; i < _points.Count; i++)
        {
            LinearTheory v = Information(i).Inverse();
            (double ar, double ai, double pr, double pi) = Estimate(i);
            int ring = prior.Ring(Math.Sqrt(_points.G2[i]));
            amplitude[ring] += Square(ar - _mean[i].Re) + Square(ai - _mean[i].Im) + v.Aa;
            phase[ring] += (pr * pr) + (pi * pi) + v.Pp;
            count[ring]++;
        }

        for (int i = 0; i < count.Length; i++)
        {
            amplitude[i] = count[i] == 0 ? double.NaN : amplitude[i] / count[i];
            phase[i] = count[i] == 0 ? double.NaN : phase[i] / count[i];
        }

        return new PriorPowers(prior.Step, amplitude, phase, lowerLimit);
    }

    private static (double Re, double Im) Turned((float Re, float Im) value, (float Re, float Im) row, (float Re, float Im) column)
    {
        (double re, double im) = ((row.Re * column.Re) - (row.Im * column.Im), (row.Re * column.Im) + (row.Im * column.Re));
        return ((value.Re * re) - (value.Im * im), (value.Re * im) + (value.Im * re));
    }

    private static double Square(double x) => x * x;

    private LinearTheory Information(int point) => new(_aa[point] + _priorA[point], _ap[point], _pp[point] + _priorP[point]);
}
