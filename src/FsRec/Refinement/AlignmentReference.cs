namespace FsRec.Refinement;

/// <summary>
/// What some frames of a series, moved back by their displacements, say about the wave in the linear theory: M = Σ HᵀH/σ² + diag(1/S_a,
/// 1/S_p) and b = Σ Hᵀy/σ² at each frequency. Frames are put in and taken out again.
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

    /// <summary>Starts with the prior and no frame.</summary>
    public AlignmentReference(AlignmentPoints points, IReadOnlyList<double> noise, PriorPowers prior)
    {
        _points = points;
        _noise = noise;
        (_aa, _ap, _pp) = (new double[points.Count], new double[points.Count], new double[points.Count]);
        (_priorA, _priorP) = (new double[points.Count], new double[points.Count]);
        _b = new (double, double, double, double)[points.Count];
        SetPrior(prior);
    }

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
        for (int i = 0; i < data.Length; i++)
        {
            (float rr, float ri) = rows[_points.Ky[i] + _points.Band.RowReach];
            (float cr, float ci) = columns[_points.Kx[i]];
            (double re, double im) = ((rr * cr) - (ri * ci), (rr * ci) + (ri * cr));
            (re, im) = (weight * ((data[i].Re * re) - (data[i].Im * im)), weight * ((data[i].Re * im) + (data[i].Im * re)));
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

    /// <summary>
    /// The expected image of a frame, ŷ, over the variance of the difference to its data, V = σ² + H M⁻¹ Hᵀ + κ²|ŷ|². The last term is what
    /// the theory misses; it keeps a few strong beams of a lattice from deciding alone.
    /// </summary>
    /// <param name="frame">The frame.</param>
    /// <param name="kappa">Relative error of the theory.</param>
    /// <param name="expected">ŷ.</param>
    /// <param name="target">Filled with ŷ / V; may be the same.</param>
    public void Weight(int frame, double kappa, ReadOnlySpan<(float Re, float Im)> expected, Span<(float Re, float Im)> target)
    {
        ReadOnlySpan<(float A, float P)> h = _points.Rows(frame);
        for (int i = 0; i < target.Length; i++)
        {
            LinearTheory v = Information(i).Inverse();
            (double a, double p) = h[i];
            (double re, double im) = expected[i];
            double known = (a * a * v.Aa) + (2 * a * p * v.Ap) + (p * p * v.Pp);
            double variance = _noise[frame] + known + (kappa * kappa * ((re * re) + (im * im)));
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
            amplitude[ring] += (ar * ar) + (ai * ai) + v.Aa;
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

    private LinearTheory Information(int point) => new(_aa[point] + _priorA[point], _ap[point], _pp[point] + _priorP[point]);
}
