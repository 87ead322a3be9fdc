using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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
    private readonly WavePoints _b;
    private readonly double[] _inverseAa;
    private readonly double[] _inverseAp;
    private readonly double[] _inversePp;
    private readonly WavePoints _wave;
    private readonly float[] _priorA;
    private readonly float[] _priorP;
    private readonly bool[] _present;
    private readonly Workspace?[] _workspaces;

    /// <summary>Starts with the prior and no frame.</summary>
    public ModelEvidence(AlignmentPoints points, IReadOnlyList<double> noise, PriorPowers prior, int threads)
    {
        (_points, _threads) = (points, threads);
        Noise = noise;
        int count = points.Count;
        int padded = PointPairs.Padded(count);
        (_aa, _ap, _pp, _b) = (new double[padded], new double[padded], new double[padded], new WavePoints(padded));
        (_inverseAa, _inverseAp, _inversePp, _wave) = (new double[padded], new double[padded], new double[padded], new WavePoints(padded));
        _workspaces = new Workspace[FrameLoop.Workers(threads)];
        (_priorA, _priorP) = (new float[count], new float[count]);
        _present = new bool[points.Frames];
        Places = new (double, double)[points.Frames];
        Misfit = [.. Enumerable.Range(0, points.Frames).Select(_ => Ones(points.Groups))];
        Beyond = new PointPairs[points.Frames];
        Mean = new PointPairs(count);
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
    public PointPairs?[] Beyond { get; }

    /// <summary>The mean of the amplitude's prior, whose power is that about this mean.</summary>
    public PointPairs Mean { get; set; }

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
        _b.Clear(0, _points.Count);
        Array.Clear(_present);
        Blocks((_, from, to) => Solve(from, to));
    }

    /// <summary>Puts one frame in.</summary>
    public void Add(int frame, (double Dx, double Dy) place)
    {
        Places[frame] = place;
        _present[frame] = true;
        var moved = new MovedFrame(_points, frame, place);
        Blocks((worker, from, to) =>
        {
            Sum(moved, from, to, _workspaces[worker] ??= new Workspace(_points));
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

        Blocks((worker, from, to) =>
        {
            Workspace w = _workspaces[worker] ??= new Workspace(_points);
            int count = to - from;
            Array.Clear(_aa, from, count);
            Array.Clear(_ap, from, count);
            Array.Clear(_pp, from, count);
            _b.Clear(from, count);
            foreach (MovedFrame frame in moved)
            {
                if (votes[frame.Number])
                {
                    Sum(frame, from, to, w);
                }
            }

            Solve(from, to);
        });
    }

    /// <summary>Predicts a frame from all others: the linear theory's image, its variance with the frame's own noise, and the wave they make.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Predict(int frame, FrameForecast forecast)
    {
        if (!_present[frame])
        {
            Predict(frame, _points.Rows(frame), forecast);
            return;
        }

        PointPairs h = _points.Rows(frame);
        PointPairs data = forecast.Moved;
        Datum(new MovedFrame(_points, frame, Places[frame]), 0, _points.Count, data);
        float[] variances = forecast.Variance;
        double[] own = forecast.Own;
        SetOwn(frame, own);
        (Vector512<double> one, Vector512<double> least) = (Vector512<double>.One, Vector512.Create(LeastLeft));
        for (int i = 0; i < _points.Count; i += Vector512<double>.Count)
        {
            (Vector512<double> a, Vector512<double> p) = (Widened.Load(h.Re, i), Widened.Load(h.Im, i));
            (Vector512<double> aa, Vector512<double> ap, Vector512<double> pp) = (Vector512.Create(_inverseAa, i), Vector512.Create(_inverseAp, i), Vector512.Create(_inversePp, i));
            (Vector512<double> ar, Vector512<double> ai) = (Vector512.Create(_wave.ARe, i), Vector512.Create(_wave.AIm, i));
            (Vector512<double> pr, Vector512<double> pi) = (Vector512.Create(_wave.PRe, i), Vector512.Create(_wave.PIm, i));
            (Vector512<double> ma, Vector512<double> mp) = ((aa * a) + (ap * p), (ap * a) + (pp * p));
            Vector512<double> s = (a * ma) + (p * mp);
            (Vector512<double> re, Vector512<double> im) = ((a * ar) + (p * pr), (a * ai) + (p * pi));
            var variance = Vector512.Create(own, i);
            Vector512<double> w = one / variance;
            // Where this frame alone tells of the wave, rounding must not make it a negative rest.
            Vector512<double> left = Vector512.Max(least, one - (w * s));
            (Vector512<double> yr, Vector512<double> yi) = (Widened.Load(data.Re, i), Widened.Load(data.Im, i));
            (Vector512<double> rr, Vector512<double> ri) = ((yr - re) / left, (yi - im) / left);
            Widened.Store(yr - rr, forecast.Image.Re, i);
            Widened.Store(yi - ri, forecast.Image.Im, i);
            Widened.Store(variance / left, variances, i);
            (Vector512<double> wa, Vector512<double> wp) = (ma * w, mp * w);
            Widened.Store(ar - (wa * rr), forecast.WaveA.Re, i);
            Widened.Store(ai - (wa * ri), forecast.WaveA.Im, i);
            Widened.Store(pr - (wp * rr), forecast.WaveP.Re, i);
            Widened.Store(pi - (wp * ri), forecast.WaveP.Im, i);
        }
    }

    // Variance of the frame's own noise at each point.
    private void SetOwn(int frame, double[] target)
    {
        ReadOnlySpan<byte> group = _points.Group;
        Span<double> own = stackalloc double[byte.MaxValue + 1];
        for (int g = 0; g < Misfit[frame].Length; g++)
        {
            own[g] = Noise[frame] * Misfit[frame][g];
        }

        for (int i = 0; i < group.Length; i++)
        {
            target[i] = own[group[i]];
        }
    }

    /// <summary>Predicts a frame that is not in at any focus, as <see cref="Predict(int, FrameForecast)"/> does at its own.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="h">H of the focus.</param>
    /// <param name="forecast">Takes the prediction.</param>
    public void Predict(int frame, PointPairs h, FrameForecast forecast)
    {
        ReadOnlySpan<byte> group = _points.Group;
        float[] misfit = Misfit[frame];
        for (int i = 0; i < h.Length; i++)
        {
            (double a, double p) = h[i];
            LinearTheory m = Variance(i);
            (double ar, double ai, double pr, double pi) = Wave(i);
            double s = (a * ((m.Aa * a) + (m.Ap * p))) + (p * ((m.Ap * a) + (m.Pp * p)));
            forecast.Image[i] = ((float)((a * ar) + (p * pr)), (float)((a * ai) + (p * pi)));
            forecast.Variance[i] = (float)((Noise[frame] * misfit[group[i]]) + s);
            (forecast.WaveA[i], forecast.WaveP[i]) = (((float)ar, (float)ai), ((float)pr, (float)pi));
        }
    }

    /// <summary>The wave that all frames make, amplitude and phase.</summary>
    public (double ARe, double AIm, double PRe, double PIm) Wave(int point) => (_wave.ARe[point], _wave.AIm[point], _wave.PRe[point], _wave.PIm[point]);

    /// <summary>The variances of the wave that all frames make.</summary>
    public LinearTheory Variance(int point) => new(_inverseAa[point], _inverseAp[point], _inversePp[point]);

    /// <summary>
    /// For each frame but the first what speaks for moving it and all after it against those before: log-evidence of the displacement d is
    /// Re Σ t exp(2πi k·d), t = b*M⁻¹b' of the frames before and after.
    /// </summary>
    public PointPairs[] Ties()
    {
        int frames = _points.Frames;
        MovedFrame[] moved = [.. Enumerable.Range(0, frames).Select(n => new MovedFrame(_points, n, Places[n]))];
        var ties = new PointPairs[frames];
        for (int n = 1; n < frames; n++)
        {
            ties[n] = new PointPairs(_points.Count);
        }

        Blocks((_, from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                (double ar, double ai, double pr, double pi) = (0, 0, 0, 0);
                (double tar, double tai, double tpr, double tpi) = (_b.ARe[i], _b.AIm[i], _b.PRe[i], _b.PIm[i]);
                LinearTheory m = Variance(i);
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
            LinearTheory v = Variance(i);
            (double ar, double ai, double pr, double pi) = Wave(i);
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

    /// <summary>A frame moved back, less what it holds beyond the linear theory, at some points and at others of their rows.</summary>
    private void Datum(in MovedFrame frame, int from, int to, PointPairs target)
    {
        frame.Into(from, to, target);
        if (Beyond[frame.Number] is { } beyond)
        {
            for (int i = from; i < to; i++)
            {
                (target.Re[i], target.Im[i]) = (target.Re[i] - beyond.Re[i], target.Im[i] - beyond.Im[i]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum(in MovedFrame frame, int from, int to, Workspace memory)
    {
        PointPairs h = _points.Rows(frame.Number);
        PointPairs data = memory.Data;
        Datum(frame, from, to, data);
        Span<double> own = stackalloc double[byte.MaxValue + 1];
        float[] misfit = Misfit[frame.Number];
        for (int g = 0; g < misfit.Length; g++)
        {
            own[g] = 1 / (Noise[frame.Number] * misfit[g]);
        }

        ReadOnlySpan<byte> group = _points.Group;
        for (int i = from; i < to; i++)
        {
            memory.Weights[i - from] = own[group[i]];
        }

        // A block ends with whole registers, but for the last, whose arrays do.
        for (int i = from; i < to; i += Vector512<double>.Count)
        {
            var weight = Vector512.Create(memory.Weights, i - from);
            (Vector512<double> a, Vector512<double> p) = (Widened.Load(h.Re, i), Widened.Load(h.Im, i));
            (Vector512<double> re, Vector512<double> im) = (weight * Widened.Load(data.Re, i), weight * Widened.Load(data.Im, i));
            Add(_aa, i, weight * a * a);
            Add(_ap, i, weight * a * p);
            Add(_pp, i, weight * p * p);
            Add(_b.ARe, i, a * re);
            Add(_b.AIm, i, a * im);
            Add(_b.PRe, i, p * re);
            Add(_b.PIm, i, p * im);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(double[] sums, int index, Vector512<double> values) => (Vector512.Create(sums, index) + values).CopyTo(sums, index);

    private void Solve(int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            LinearTheory v = new LinearTheory(_aa[i] + _priorA[i], _ap[i], _pp[i] + _priorP[i]).Inverse();
            (double ar, double ai, double pr, double pi) = (_b.ARe[i] + (_priorA[i] * Mean.Re[i]), _b.AIm[i] + (_priorA[i] * Mean.Im[i]), _b.PRe[i], _b.PIm[i]);
            (_inverseAa[i], _inverseAp[i], _inversePp[i]) = (v.Aa, v.Ap, v.Pp);
            (_wave.ARe[i], _wave.AIm[i]) = ((v.Aa * ar) + (v.Ap * pr), (v.Aa * ai) + (v.Ap * pi));
            (_wave.PRe[i], _wave.PIm[i]) = ((v.Ap * ar) + (v.Pp * pr), (v.Ap * ai) + (v.Pp * pi));
        }
    }

    private void Blocks(Action<int, int, int> body) => FrameLoop.Run(
        (_points.Count + Block - 1) / Block, _threads, CancellationToken.None, (worker, b) => body(worker, b * Block, Math.Min(_points.Count, (b + 1) * Block)));

    /// <summary>A thread's memory.</summary>
    private sealed class Workspace(AlignmentPoints points)
    {
        public PointPairs Data { get; } = new(points.Count);

        public double[] Weights { get; } = new double[Block];
    }
}
