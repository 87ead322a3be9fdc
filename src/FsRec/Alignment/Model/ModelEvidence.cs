using FsRec.Statistics;

namespace FsRec.Alignment;

/// <summary>
/// What the frames of a series, moved back by their displacements, say together about the wave in the linear theory: M = Σ wHᵀH + diag(1/S_a,
/// 1/S_p) and b = Σ wHᵀy at each frequency, w the inverse of a frame's noise and of what the theory misses of it. And what all frames but one
/// say about that one: with s = H M⁻¹ Hᵀ and r = y − H M⁻¹ b the residual to the prediction of the others is r / (1 − ws), its variance
/// 1 / (w (1 − ws)), so that no frame need be taken out. What an image is expected to hold beyond the linear theory is taken off y before; it
/// would be explained as part of the wave otherwise, and then be counted twice in a full image.
/// </summary>
internal sealed class ModelEvidence
{
    private const int Block = 4096;
    private const double MostInformation = 1e30;
    private const double LeastLeft = 1e-9;
    private readonly AlignmentPoints _points;
    private readonly int _threads;
    private readonly double[] _aa;
    private readonly double[] _ap;
    private readonly double[] _pp;
    private readonly (double ARe, double AIm, double PRe, double PIm)[] _b;
    private readonly LinearTheory[] _inverse;
    private readonly (double ARe, double AIm, double PRe, double PIm)[] _wave;
    private readonly float[] _priorA;
    private readonly float[] _priorP;
    private readonly bool[] _present;

    /// <summary>Starts with the prior and no frame.</summary>
    public ModelEvidence(AlignmentPoints points, IReadOnlyList<double> noise, PriorPowers prior, int threads)
    {
        (_points, _threads) = (points, threads);
        Noise = noise;
        int count = points.Count;
        (_aa, _ap, _pp, _b) = (new double[count], new double[count], new double[count], new (double, double, double, double)[count]);
        (_inverse, _wave) = (new LinearTheory[count], new (double, double, double, double)[count]);
        (_priorA, _priorP) = (new float[count], new float[count]);
        _present = new bool[points.Frames];
        Places = new (double, double)[points.Frames];
        Misfit = [.. Enumerable.Range(0, points.Frames).Select(_ => Ones(points.Groups))];
        Beyond = new (float, float)[points.Frames][];
        Mean = new (float, float)[count];
        SetPrior(prior);
        Clear();
    }

    /// <summary>Variance of each frame's noise.</summary>
    public IReadOnlyList<double> Noise { get; }

    /// <summary>Where the frames lie that are in.</summary>
    public (double Dx, double Dy)[] Places { get; }

    /// <summary>
    /// For each frame and group of rings the variance of what the frame differs from its prediction by, over that of its noise, at least 1:
    /// what the linear theory misses is noise to it. Changed before the frames are put in.
    /// </summary>
    public float[][] Misfit { get; }

    /// <summary>What the frames hold beyond the linear theory where they lie in common; <see langword="null"/> for none.</summary>
    public (float Re, float Im)[]?[] Beyond { get; }

    /// <summary>The mean of the amplitude's prior, whose power is that about this mean.</summary>
    public (float Re, float Im)[] Mean { get; set; }

    /// <summary>The prior powers.</summary>
    public PriorPowers Prior { get; private set; } = null!;

    /// <summary>Whether a frame is in.</summary>
    public bool Has(int frame) => _present[frame];

    /// <summary>Changes the prior; the sums stand.</summary>
    public void SetPrior(PriorPowers prior)
    {
        Prior = prior;
        for (int i = 0; i < _points.Count; i++)
        {
            (double a, double p) = prior.At(Math.Sqrt(_points.G2[i]));
            (_priorA[i], _priorP[i]) = ((float)Math.Min(MostInformation, 1 / a), (float)Math.Min(MostInformation, 1 / p));
        }
    }

    /// <summary>Takes all frames out.</summary>
    public void Clear()
    {
        Array.Clear(_aa);
        Array.Clear(_ap);
        Array.Clear(_pp);
        Array.Clear(_b);
        Array.Clear(_present);
        Blocks(Solve);
    }

    /// <summary>Puts one frame in.</summary>
    public void Add(int frame, (double Dx, double Dy) place)
    {
        Places[frame] = place;
        _present[frame] = true;
        var moved = new MovedFrame(_points, frame, place);
        Blocks((from, to) =>
        {
            Sum(moved, from, to);
            Solve(from, to);
        });
    }

    /// <summary>Puts in those frames that vote, at given places, and no other.</summary>
    public void Fill(IReadOnlyList<(double Dx, double Dy)> places, IReadOnlyList<bool> votes)
    {
        MovedFrame[] moved = [.. places.Select((p, n) => new MovedFrame(_points, n, p))];
        for (int n = 0; n < moved.Length; n++)
        {
            Places[n] = places[n];
            _present[n] = votes[n];
        }

        Blocks((from, to) =>
        {
            int count = to - from;
            Array.Clear(_aa, from, count);
            Array.Clear(_ap, from, count);
            Array.Clear(_pp, from, count);
            Array.Clear(_b, from, count);
            foreach (MovedFrame frame in moved)
            {
                if (votes[frame.Number])
                {
                    Sum(frame, from, to);
                }
            }

            Solve(from, to);
        });
    }

    /// <summary>Predicts a frame from all others: the linear theory's image, its variance with the frame's own noise, and the wave they make.</summary>
    public void Predict(int frame, FrameForecast forecast)
    {
        var moved = new MovedFrame(_points, frame, Places[frame]);
        ReadOnlySpan<(float A, float P)> h = _points.Rows(frame);
        ReadOnlySpan<byte> group = _points.Group;
        (float Re, float Im)[]? beyond = Beyond[frame];
        float[] misfit = Misfit[frame];
        bool present = _present[frame];
        for (int i = 0; i < h.Length; i++)
        {
            (double a, double p) = h[i];
            LinearTheory m = _inverse[i];
            (double ar, double ai, double pr, double pi) = _wave[i];
            double variance = Noise[frame] * misfit[group[i]];
            (double ma, double mp) = ((m.Aa * a) + (m.Ap * p), (m.Ap * a) + (m.Pp * p));
            double s = (a * ma) + (p * mp);
            (double re, double im) = ((a * ar) + (p * pr), (a * ai) + (p * pi));
            if (present)
            {
                (double yr, double yi) = moved.At(i);
                if (beyond is not null)
                {
                    (yr, yi) = (yr - beyond[i].Re, yi - beyond[i].Im);
                }

                double w = 1 / variance;
                // Where this frame alone tells of the wave, rounding must not make it a negative rest.
                double left = Math.Max(LeastLeft, 1 - (w * s));
                (double rr, double ri) = ((yr - re) / left, (yi - im) / left);
                (re, im) = (yr - rr, yi - ri);
                (ar, ai, pr, pi) = (ar - (ma * w * rr), ai - (ma * w * ri), pr - (mp * w * rr), pi - (mp * w * ri));
                variance /= left;
            }
            else
            {
                variance += s;
            }

            forecast.Image[i] = ((float)re, (float)im);
            forecast.Variance[i] = (float)variance;
            forecast.Wave[i] = ((float)ar, (float)ai, (float)pr, (float)pi);
        }
    }

    /// <summary>Predicts a frame that is not in at any focus, as <see cref="Predict(int, FrameForecast)"/> does at its own.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="h">H of the focus.</param>
    /// <param name="forecast">Takes the prediction.</param>
    public void Predict(int frame, ReadOnlySpan<(float A, float P)> h, FrameForecast forecast)
    {
        ReadOnlySpan<byte> group = _points.Group;
        float[] misfit = Misfit[frame];
        for (int i = 0; i < h.Length; i++)
        {
            (double a, double p) = h[i];
            LinearTheory m = _inverse[i];
            (double ar, double ai, double pr, double pi) = _wave[i];
            double s = (a * ((m.Aa * a) + (m.Ap * p))) + (p * ((m.Ap * a) + (m.Pp * p)));
            forecast.Image[i] = ((float)((a * ar) + (p * pr)), (float)((a * ai) + (p * pi)));
            forecast.Variance[i] = (float)((Noise[frame] * misfit[group[i]]) + s);
            forecast.Wave[i] = ((float)ar, (float)ai, (float)pr, (float)pi);
        }
    }

    /// <summary>The wave that all frames make, amplitude and phase.</summary>
    public (double ARe, double AIm, double PRe, double PIm) Wave(int point) => _wave[point];

    /// <summary>The variances of the wave that all frames make.</summary>
    public LinearTheory Variance(int point) => _inverse[point];

    /// <summary>
    /// For each frame but the first what speaks for moving it and all after it against those before: log-evidence of the displacement d is
    /// Re Σ t exp(2πi k·d), t = b*M⁻¹b' of the frames before and after.
    /// </summary>
    public (float Re, float Im)[][] Ties()
    {
        int frames = _points.Frames;
        MovedFrame[] moved = [.. Enumerable.Range(0, frames).Select(n => new MovedFrame(_points, n, Places[n]))];
        var ties = new (float, float)[frames][];
        for (int n = 1; n < frames; n++)
        {
            ties[n] = new (float, float)[_points.Count];
        }

        Blocks((from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                (double ar, double ai, double pr, double pi) = (0, 0, 0, 0);
                (double tar, double tai, double tpr, double tpi) = _b[i];
                LinearTheory m = _inverse[i];
                for (int n = 0; n < frames - 1; n++)
                {
                    if (_present[n])
                    {
                        (double yr, double yi) = Datum(moved[n], i);
                        (float a, float p) = _points.Rows(n)[i];
                        double w = 1 / (Noise[n] * Misfit[n][_points.Group[i]]);
                        (ar, ai, pr, pi) = (ar + (w * a * yr), ai + (w * a * yi), pr + (w * p * yr), pi + (w * p * yi));
                    }

                    (double bar, double bai, double bpr, double bpi) = (tar - ar, tai - ai, tpr - pr, tpi - pi);
                    (double xar, double xai) = ((m.Aa * ar) + (m.Ap * pr), (m.Aa * ai) + (m.Ap * pi));
                    (double xpr, double xpi) = ((m.Ap * ar) + (m.Pp * pr), (m.Ap * ai) + (m.Pp * pi));
                    // conj(M⁻¹ b) · b'.
                    ties[n + 1][i] = (
                        (float)((xar * bar) + (xai * bai) + (xpr * bpr) + (xpi * bpi)),
                        (float)((xar * bai) - (xai * bar) + (xpr * bpi) - (xpi * bpr)));
                }
            }
        });
        return ties;
    }

    /// <summary>The prior powers that the wave shows: in each ring the mean of |wave|² plus its variance.</summary>
    public PriorPowers Posterior(double lowerLimit)
    {
        PriorPowers prior = Prior;
        var amplitude = new double[prior.Rings];
        var phase = new double[prior.Rings];
        var count = new int[prior.Rings];
        for (int i = 0; i < _points.Count; i++)
        {
            LinearTheory v = _inverse[i];
            (double ar, double ai, double pr, double pi) = _wave[i];
            int ring = prior.Ring(Math.Sqrt(_points.G2[i]));
            amplitude[ring] += Square(ar - Mean[i].Re) + Square(ai - Mean[i].Im) + v.Aa;
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

    private static float[] Ones(int count)
    {
        var ones = new float[count];
        Array.Fill(ones, 1);
        return ones;
    }

    private static double Square(double x) => x * x;

    private (double Re, double Im) Datum(in MovedFrame frame, int point)
    {
        (double re, double im) = frame.At(point);
        return Beyond[frame.Number] is { } beyond ? (re - beyond[point].Re, im - beyond[point].Im) : (re, im);
    }

    private void Sum(in MovedFrame frame, int from, int to)
    {
        ReadOnlySpan<(float A, float P)> h = _points.Rows(frame.Number);
        ReadOnlySpan<byte> group = _points.Group;
        float[] misfit = Misfit[frame.Number];
        double noise = Noise[frame.Number];
        for (int i = from; i < to; i++)
        {
            double weight = 1 / (noise * misfit[group[i]]);
            (double re, double im) = Datum(frame, i);
            (re, im) = (weight * re, weight * im);
            (double a, double p) = h[i];
            _aa[i] += weight * a * a;
            _ap[i] += weight * a * p;
            _pp[i] += weight * p * p;
            (double bar, double bai, double bpr, double bpi) = _b[i];
            _b[i] = (bar + (a * re), bai + (a * im), bpr + (p * re), bpi + (p * im));
        }
    }

    private void Solve(int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            LinearTheory v = new LinearTheory(_aa[i] + _priorA[i], _ap[i], _pp[i] + _priorP[i]).Inverse();
            (double ar, double ai, double pr, double pi) = _b[i];
            (ar, ai) = (ar + (_priorA[i] * Mean[i].Re), ai + (_priorA[i] * Mean[i].Im));
            _inverse[i] = v;
            _wave[i] = ((v.Aa * ar) + (v.Ap * pr), (v.Aa * ai) + (v.Ap * pi), (v.Ap * ar) + (v.Pp * pr), (v.Ap * ai) + (v.Pp * pi));
        }
    }

    private void Blocks(Action<int, int> body) => FrameLoop.Run(
        (_points.Count + Block - 1) / Block, _threads, CancellationToken.None, b => body(b * Block, Math.Min(_points.Count, (b + 1) * Block)));
}
