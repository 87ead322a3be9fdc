using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Alignment;

/// <summary>
/// The state of an alignment against the images that the frames predict for one another: where the frames lie, what those that vote say
/// together about the wave, and how each frame agrees with what all others predict for it.
/// </summary>
internal sealed class ModelAligner : IDisposable
{
    private const double Kappa = 0.3;

    // What focus, aberrations, beams beyond the limit and partial coherence put wrong of a beam, of its greatest contrast.
    private const double Beta = 0.03;

    private const double LeastUnevenness = 0.5;

    // A drift from frame to frame is rarely more px, while nothing else is known of it.
    private const double UsualStep = 4;

    // Times the logarithm of the number of places: noise alone has a peak as high as that of a prediction of once this power.
    private const double FaintPower = 2;

    /// <summary>
    /// The logarithm of a thousand: by so much a place must be more likely than the one a frame has for the frame to move there, and than any
    /// other to be certain.
    /// </summary>
    public const double Certain = 6.9;

    // A rival whose peak in the map is lower by more is not looked at: the map is the likelihood's first order.
    private const double FarBelow = 40;
    private const int Candidates = 6;
    private const int JudgingRounds = 2;

    // A frame is a stray that lies farther, in px, from where its neighbours expect it, and where no more than one in so many is.
    private const double Stray = 10;
    private const int MostStrays = 8;

    // Times ln M: chance among M places has a gain of once this, in each of the rounds that find structure in it.
    private const double WeakGain = 10;

    private readonly FocalSeries _series;
    private readonly int _threads;
    private readonly IProgress<RunProgress>? _progress;
    private readonly CancellationToken _cancellationToken;
    private readonly double _lowerLimit;
    private readonly AlignmentPoints _points;
    private readonly ModelEvidence _evidence;
    private readonly FrameVotes _judge;
    private readonly ComplexPlane[] _transfers;
    private readonly PerWorker<Workspace> _workspaces;
    private readonly PriorPowers _first;
    private (double Dx, double Dy)[] _places;
    private bool[] _votes;
    private bool _takesOff;

    /// <summary>Prepares an alignment; no frame has a place yet.</summary>
    public ModelAligner(FocalSeries series, int threads, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        (_series, _threads, _progress, _cancellationToken) = (series, threads, progress, cancellationToken);
        FrameSpectra spectra = series.Spectra(threads, progress, cancellationToken);
        WaveBand band = SeriesOptics.Band(series);
        TransferFunction[] transfers = SeriesOptics.Transfers(series, series.Foci);
        _lowerLimit = SeriesOptics.LowerLimit(series);
        double[] noise = NoiseLevel.Of(series, spectra, threads, cancellationToken);
        _points = new AlignmentPoints(series, band, transfers, threads, cancellationToken);
        _judge = new FrameVotes(_points, noise);
        _first = PriorPowers.Estimate(spectra, band, transfers, _judge.Noise, _lowerLimit, threads, cancellationToken);
        _evidence = new ModelEvidence(_points, _judge.Noise, _first, threads);
        _transfers = AlignmentImages.Transfers(_points, transfers);
        _workspaces = new(FrameLoop.Workers(threads, series.Count), () => new Workspace(_points, _transfers));
        _places = new (double, double)[_points.Frames];
        _votes = new bool[_points.Frames];
        Array.Fill(_votes, true);
    }

    /// <summary>The frames' spectra.</summary>
    public AlignmentPoints Points => _points;

    /// <summary>Displacements, mean-free; of a frame without a vote, what the nearest frames on both sides that have one expect.</summary>
    public IReadOnlyList<FrameDisplacement> Displacements => DisplacementAlgebra.WithoutMean(
        [.. _series.ImageNumbers.Select((number, n) => new FrameDisplacement(number, Place(n, Without(_votes)).Dx, Place(n, Without(_votes)).Dy))]);

    /// <summary>Whether a frame does not belong to the others.</summary>
    public bool IsOutlier(int frame) => !_votes[frame];

    /// <summary>Which frames make the wave.</summary>
    public IReadOnlyList<bool> Votes => _votes;

    /// <summary>Frames of less noise than the others allow.</summary>
    public IReadOnlyList<bool> Quiet => _judge.Quiet;

    /// <summary>Which frames say too little for their place to be found; set by <see cref="PlaceFaint"/>.</summary>
    public bool[] Faint { get; private set; } = [];

    /// <summary>Where the frames lie.</summary>
    public IReadOnlyList<(double Dx, double Dy)> Places => _places;

    /// <summary>Whether a frame is so weak that it might lie where chance would have it, as the frames were held last.</summary>
    public bool IsWeak(HeldSeries held) =>
        held.Frames.Where((_, n) => _votes[n]).Any(h => h.Gain < WeakGain * Math.Log((double)_points.Transform.Rows * _points.Transform.Columns));

    /// <summary>How much alike neighbours are expected to be; a quarter of them is less.</summary>
    public double Likeness() => NeighbourLikeness.Quartile(_series, _points, _first);

    /// <summary>
    /// Whether the frames lie where the others predict them: all show what is predicted, none is likelier anywhere else, and no other place is
    /// nearly as likely.
    /// </summary>
    public bool Holds()
    {
        HeldSeries held = Hold(everywhere: false, refresh: false);
        Accept(held with { Places = _places });
        held = Hold(everywhere: true, refresh: false);
        return _votes.All(static v => v)
            && _judge.Votes(held.Frames).All(static v => v)
            && held.Places.Zip(_places, Distance).All(static d => d <= PlaceSearch.Apart)
            && held.Rivals.All(static r => r.Sum(static p => p.Odds) < Math.Exp(-Certain));
    }

    /// <summary>Images whose place is not certain, as the frames were held last.</summary>
    public IReadOnlyList<UncertainPlace> Uncertain(HeldSeries held)
    {
        IReadOnlyList<FrameDisplacement> displacements = Displacements;
        var uncertain = new List<UncertainPlace>();
        for (int n = 0; n < _points.Frames; n++)
        {
            RivalPlace[] rivals = [.. held.Rivals[n].OrderByDescending(static r => r.Odds).Where(static r => r.Odds > 0.1 * Math.Exp(-Certain))];
            if (_votes[n] && rivals.Sum(static r => r.Odds) > Math.Exp(-Certain))
            {
                uncertain.Add(new UncertainPlace(displacements[n].ImageNumber, displacements[n].Dx, displacements[n].Dy, Relative(rivals, n)));
            }
        }

        (double Gain, int X, int Y)[] parts = Parts();
        for (int n = 1; n < parts.Length; n++)
        {
            if (parts[n].Gain > -Certain)
            {
                uncertain.Add(new UncertainPlace(
                    displacements[n].ImageNumber,
                    displacements[n].Dx,
                    displacements[n].Dy,
                    [new RivalPlace(displacements[n].Dx + parts[n].X, displacements[n].Dy + parts[n].Y, Math.Exp(parts[n].Gain))],
                    WithFollowing: true));
            }
        }

        return uncertain;

        RivalPlace[] Relative(RivalPlace[] rivals, int n) => [.. rivals.Select(r => r with
        {
            Dx = r.Dx - _places[n].Dx + displacements[n].Dx,
            Dy = r.Dy - _places[n].Dy + displacements[n].Dy,
        })];
    }

    /// <summary>Takes in all frames at given displacements.</summary>
    public void Start(IReadOnlyList<FrameDisplacement> displacements)
    {
        _places = [.. displacements.Select(static d => (d.Dx, d.Dy))];
        Array.Fill(_votes, true);
        Reset();
        Fill();
    }

    /// <summary>What to go back to.</summary>
    public AlignmentState State => new(
        [.. _places], [.. _votes], [.. _evidence.Misfit.Select(static m => (float[])m.Clone())], _evidence.Prior, _takesOff ? [.. _evidence.Beyond!] : null, _evidence.Mean);

    /// <summary>Goes back.</summary>
    public void Restore(AlignmentState state)
    {
        _places = [.. state.Places];
        _votes = [.. state.Votes];
        SetMisfit(state.Misfit);
        _evidence.SetPrior(state.Prior);
        TakeOff(state.Beyond);
        _evidence.Mean = state.Mean;
        Fill();
    }

    /// <summary>
    /// Takes in the frames one after the other, outwards from that of greatest signal. A frame that does not show what is expected is passed
    /// over; where most do not, the first one is to blame, and another is tried.
    /// </summary>
    public void Grow()
    {
        var tried = new HashSet<int>();
        (AlignmentState State, int Passed) best = (State, int.MaxValue);
        foreach (int first in _judge.Strongest.Take(3))
        {
            int passed = GrowFrom(first);
            if (passed < best.Passed)
            {
                best = (State, passed);
            }

            if (2 * best.Passed < _points.Frames)
            {
                break;
            }
        }

        Restore(best.State);
    }

    /// <summary>Holds every frame against what all others predict for it, and finds where it agrees best.</summary>
    /// <param name="everywhere">Whether rivals anywhere in the frame are looked at.</param>
    /// <param name="refresh">Whether what the frames hold beyond the linear theory is found anew, where it is taken off.</param>
    public HeldSeries Hold(bool everywhere, bool refresh)
    {
        int frames = _points.Frames;
        var now = new HeldFrame[frames];
        var held = new HeldFrame[frames];
        var places = new (double, double)[frames];
        var rivals = new RivalPlace[frames][];
        (float, float)[][]? beyond = _takesOff ? new (float, float)[frames][] : null;
        double usual = UsualUnevenness();
        FrameLoop.Run(frames, _threads, _cancellationToken, (worker, n) =>
        {
            Workspace w = _workspaces[worker];
            Forecast(n, w, beyond, refresh);
            now[n] = held[n] = HeldFrame.At(_points, n, _places[n], w.Forecast);
            if (everywhere)
            {
                (places[n], held[n], rivals[n]) = Search(n, w, now[n], new DriftPrior(Neighbours(n).Dx, Neighbours(n).Dy, usual));
            }
            else
            {
                w.Forecast.Weigh(now[n].Misfit);
                (places[n], rivals[n]) = (w.Search.Refine(n, w.Forecast.Weighted, _places[n]), []);
            }
        });
        double sum = 0;
        for (int n = 0; n < frames; n++)
        {
            sum += _votes[n] ? now[n].LogLikelihood - now[n].LogVariance : _judge.Alone(n);
        }

        return new HeldSeries(sum, held, places, rivals, beyond);
    }

    /// <summary>Moves the frames to where they were found, judges which of them vote, and takes what they differ by from their forecasts as noise.</summary>
    /// <returns>Whether the judgement changed.</returns>
    public bool Accept(HeldSeries held)
    {
        _places = [.. held.Places];
        bool[] votes = _judge.Votes(held.Frames);
        bool changed = !votes.SequenceEqual(_votes);
        _votes = votes;
        for (int n = 0; n < _places.Length; n++)
        {
            float[] misfit = _evidence.Misfit[n];
            for (int g = 0; g < misfit.Length; g++)
            {
                misfit[g] = Math.Max(1, misfit[g] * (float)held.Frames[n].Misfit[g]);
            }
        }

        if (held.Beyond is not null)
        {
            TakeOff(held.Beyond);
            TakeMean();
        }

        _evidence.SetPrior(_evidence.Posterior(_lowerLimit));
        Fill();
        return changed;
    }

    /// <summary>Judges the frames where they lie, and takes off what they hold beyond the linear theory if they predict one another no worse without.</summary>
    public void Judge()
    {
        HeldSeries held = Hold(everywhere: false, refresh: false);
        for (int round = 0; round < JudgingRounds; round++)
        {
            Accept(held with { Places = _places });
            held = Hold(everywhere: false, refresh: false);
        }

        AlignmentState before = State;
        TakeBeyondOff();
        HeldSeries without = Hold(everywhere: false, refresh: true);
        if (without.LogLikelihood < held.LogLikelihood)
        {
            Restore(before);
            return;
        }

        // A frame near the reversal of contrast shows little else than what is beyond the linear theory.
        Accept(without with { Places = _places });
    }

    /// <summary>What the others say of each frame's place.</summary>
    public IReadOnlyList<PlaceJudgement> Judgements()
    {
        var judgements = new PlaceJudgement[_points.Frames];
        double usual = UsualUnevenness();
        FrameLoop.Run(judgements.Length, _threads, _cancellationToken, (worker, n) =>
        {
            Workspace w = _workspaces[worker];
            Forecast(n, w, null, refresh: false);
            var present = HeldFrame.At(_points, n, _places[n], w.Forecast);
            (_, _, RivalPlace[] rivals) = Search(n, w, present, new DriftPrior(Neighbours(n).Dx, Neighbours(n).Dy, usual), stay: true);
            w.Forecast.Weigh(present.Misfit);
            (double xx, double yy) = w.Search.Covariance(n, w.Forecast.Weighted, _places[n]);
            judgements[n] = new PlaceJudgement(!_votes[n], Math.Sqrt(xx), Math.Sqrt(yy), rivals);
        });
        return judgements;
    }

    /// <summary>Aligns every frame anew, near where it lies.</summary>
    public void Realign() => Accept(Hold(everywhere: false, refresh: true));

    /// <summary>Finds what the frames hold beyond the linear theory, and takes it off.</summary>
    public void TakeBeyondOff()
    {
        _takesOff = true;
        var beyond = new (float, float)[_points.Frames][];
        FrameLoop.Run(beyond.Length, _threads, _cancellationToken, (worker, n) => Forecast(n, _workspaces[worker], beyond, refresh: true));
        TakeOff(beyond);
        TakeMean();
        Fill();
    }

    /// <summary>
    /// Moves frames together with all that come after them, where these agree better so with those before: an alignment that has gone wrong
    /// at one frame has all that follow off by the same, and no frame alone would leave the others.
    /// </summary>
    /// <returns>Whether frames were moved.</returns>
    public bool MoveParts()
    {
        (double Gain, int X, int Y)[] parts = Parts();
        int split = 0;
        for (int n = 1; n < parts.Length; n++)
        {
            split = parts[n].Gain > parts[split].Gain ? n : split;
        }

        (double gain, int dx, int dy) = parts[split];
        if (gain < Certain)
        {
            return false;
        }

        for (int n = split; n < _points.Frames; n++)
        {
            _places[n] = (_places[n].Dx + dx, _places[n].Dy + dy);
        }

        Fill();
        return true;
    }

    /// <summary>For each frame, by what it and all after it would best be moved, and what that gains in log-likelihood.</summary>
    private (double Gain, int X, int Y)[] Parts()
    {
        (float Re, float Im)[][] ties = _evidence.Ties();
        double usual = UsualUnevenness();
        var best = new (double Gain, int X, int Y)[_points.Frames];
        best[0].Gain = double.NegativeInfinity;
        FrameLoop.Run(_points.Frames - 1, _threads, _cancellationToken, (worker, index) =>
        {
            int n = index + 1;
            PlaceSearch search = _workspaces[worker].Search;
            (float Re, float Im)[] products = ties[n];
            for (int i = 0; i < products.Length; i++)
            {
                (float re, float im) = products[i];
                // Strong beams do not decide alone: what the theory misses of them is the same in all frames.
                float unit = _points.Half is { } half && half[i] == 0 ? 0 : 1 / (1 + (float)(Kappa * Kappa * Math.Sqrt((re * re) + (im * im))));
                products[i] = (unit * re, unit * im);
            }

            search.Map(products);
            (double Dx, double Dy) step = (_places[n].Dx - _places[n - 1].Dx, _places[n].Dy - _places[n - 1].Dy);
            (double Dx, double Dy) expected = ExpectedStep(n);
            var prior = new DriftPrior(expected.Dx - step.Dx, expected.Dy - step.Dy, 2 * usual);
            double here = search.At(0, 0) + prior.LogAt(0, 0);
            best[n].Gain = double.NegativeInfinity;
            foreach ((double value, int x, int y) in search.Peaks(prior, 3))
            {
                if ((x * x) + (y * y) > PlaceSearch.Apart * PlaceSearch.Apart && value - here > best[n].Gain)
                {
                    best[n] = (value - here, x, y);
                }
            }
        });
        return best;
    }

    /// <summary>
    /// Puts frames that say too little next to where their neighbours expect them. An expected image of the power P = Σ |ŷ|²/V raises the
    /// log-likelihood of the right place to 2P on average, noise that of any by √(2P), and among M places noise has a peak at √(4P ln M): a
    /// frame of P below ln M is found where chance would have it, and of frames of nothing but noise chance makes structure.
    /// </summary>
    /// <param name="held">The frames as they are held last.</param>
    /// <param name="undetermined">Frames that the data do not determine; where they are most, those of them that say little are faint as well.</param>
    public void PlaceFaint(HeldSeries held, IReadOnlyList<bool> undetermined)
    {
        double weak = WeakGain * Math.Log((double)_points.Transform.Rows * _points.Transform.Columns);
        double least = FaintPower * Math.Log((double)_points.Transform.Rows * _points.Transform.Columns);
        bool most = 2 * undetermined.Count(static u => u) > undetermined.Count;
        Faint = [.. held.Frames.Select((h, n) => _votes[n] && (h.Power < least || (most && undetermined[n] && h.Gain < weak)))];
        bool[] without = [.. _votes.Zip(Faint, static (votes, faint) => !votes || faint)];
        if (!without.Contains(false))
        {
            Array.Clear(_places);
            return;
        }

        (double, double)[] places = [.. _places];
        FrameLoop.Run(places.Length, _threads, _cancellationToken, (worker, n) =>
        {
            if (Faint[n])
            {
                Workspace w = _workspaces[worker];
                Forecast(n, w, null, refresh: false);
                w.Forecast.Weigh(held.Frames[n].Misfit);
                places[n] = w.Search.Refine(n, w.Forecast.Weighted, Place(n, without));
            }
        });
        _places = places;
        Fill();
    }

    /// <summary>
    /// Takes frames out that lie so far from all others that the reference area does not lie in them, a few of them: a frame that was
    /// recorded elsewhere must not keep the others from being reconstructed. Of more of them the drift is too large for the area.
    /// </summary>
    public void DropStrays()
    {
        IReadOnlyList<FrameDisplacement> displacements = Displacements;
        int[] strays = [.. Enumerable.Range(0, _points.Frames).Where(n => _votes[n] && !DriftCheck.Fits(_series.ReferenceArea, _series.Calibration, displacements[n]))];
        if (MostStrays * strays.Length > _points.Frames || strays.Any(n => Distance(_places[n], Neighbours(n)) < Stray))
        {
            return;
        }

        foreach (int n in strays)
        {
            _votes[n] = false;
        }

        Fill();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _workspaces.Dispose();
        foreach (ComplexPlane transfer in _transfers)
        {
            transfer.Dispose();
        }
    }

    private static bool[] Without(bool[] votes) => [.. votes.Select(static v => !v)];

    private void Reset()
    {
        TakeOff(null);
        _evidence.Mean = new (float, float)[_points.Count];
        _evidence.SetPrior(_first);
        foreach (float[] misfit in _evidence.Misfit)
        {
            Array.Fill(misfit, 1);
        }
    }

    private void Fill() => _evidence.Fill(_places, _votes);

    private void TakeOff((float Re, float Im)[][]? beyond)
    {
        _takesOff = beyond is not null;
        for (int n = 0; n < _points.Frames; n++)
        {
            _evidence.Beyond[n] = beyond?[n];
        }
    }

    private void TakeMean()
    {
        var mean = new (float, float)[_points.Count];
        _workspaces[0].Images.AmplitudeOfPhase(_evidence, mean);
        _evidence.Mean = mean;
    }

    private void SetMisfit(float[][] misfit)
    {
        for (int n = 0; n < misfit.Length; n++)
        {
            misfit[n].CopyTo(_evidence.Misfit[n], 0);
        }
    }

    /// <summary>Fills a workspace with what the others predict for a frame.</summary>
    private void Forecast(int frame, Workspace w, (float Re, float Im)[][]? found, bool refresh)
    {
        _evidence.Predict(frame, w.Forecast);
        (float Re, float Im)[]? beyond = _evidence.Beyond[frame];
        if (_takesOff && (refresh || beyond is null))
        {
            beyond = new (float, float)[_points.Count];
            w.Images.Beyond(frame, w.Forecast, beyond);
        }

        if (found is not null)
        {
            found[frame] = beyond!;
        }

        w.Forecast.Complete(frame, beyond, Kappa, Beta);
    }

    private int GrowFrom(int first)
    {
        Reset();
        _evidence.Clear();
        Array.Clear(_places);
        Array.Fill(_votes, true);
        int last = first;
        int passed = 0;
        _evidence.Add(first, (0, 0));
        while (first > 0 || last < _points.Frames - 1)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            int[] next = [.. new[] { first - 1, last + 1 }.Where(n => n >= 0 && n < _points.Frames)];
            var found = new ((double Dx, double Dy) Place, double Lead, HeldFrame Held)[next.Length];
            int near = first;
            int far = last;
            FrameLoop.Run(next.Length, _threads, _cancellationToken, (worker, i) => found[i] = Find(next[i], _places[next[i] < near ? near : far], _workspaces[worker]));
            int chosen = next.Length == 2 && found[1].Lead > found[0].Lead ? 1 : 0;
            int taken = next[chosen];
            (first, last) = (Math.Min(first, taken), Math.Max(last, taken));
            if (last - first > 1 && !_judge.BelongsRoughly(found[chosen].Held))
            {
                _places[taken] = _places[taken == first ? first + 1 : last - 1];
                _votes[taken] = false;
                passed++;
            }
            else
            {
                _places[taken] = found[chosen].Place;
                _evidence.Add(taken, _places[taken]);
            }

            _progress?.Report(new RunProgress("Pre-alignment, from frame to frame", last - first, _points.Frames - 1));
        }

        return passed;
    }

    private ((double Dx, double Dy) Place, double Lead, HeldFrame Held) Find(int frame, (double Dx, double Dy) near, Workspace w)
    {
        // A wave of few frames is too far off for products of its beams.
        _evidence.Predict(frame, w.Forecast);
        w.Forecast.Complete(frame, null, Kappa, 0);
        w.Forecast.Weigh(_judge.NoMisfit);
        w.Search.Map(frame, w.Forecast.Weighted);
        List<(double Value, int X, int Y)> peaks = w.Search.Peaks(new DriftPrior(near.Dx, near.Dy, UsualStep), 2);
        (double Dx, double Dy) place = peaks.Count > 0 ? w.Search.Refine(frame, w.Forecast.Weighted, (peaks[0].X, peaks[0].Y)) : near;
        return (place, peaks.Count > 1 ? peaks[0].Value - peaks[1].Value : 0, HeldFrame.At(_points, frame, place, w.Forecast));
    }

    /// <summary>The best place of a frame by its forecast and its neighbours, or the one it has, and the others that it might have.</summary>
    private ((double Dx, double Dy) Place, HeldFrame Held, RivalPlace[] Rivals) Search(int frame, Workspace w, HeldFrame present, DriftPrior prior, bool stay = false)
    {
        w.Forecast.Weigh(_judge.Tempered(present));
        w.Search.Map(frame, w.Forecast.Weighted);
        List<(double Value, int X, int Y)> peaks = w.Search.Peaks(prior, Candidates);
        (double Dx, double Dy) here = w.Search.Refine(frame, w.Forecast.Weighted, _places[frame]);
        var places = new List<((double Dx, double Dy) Place, HeldFrame Held, double Value)> { Value(here) };
        foreach ((double value, int x, int y) in peaks)
        {
            if (value > peaks[0].Value - FarBelow && Distance((x, y), here) > PlaceSearch.Apart)
            {
                places.Add(Value(w.Search.Refine(frame, w.Forecast.Weighted, (x, y))));
            }
        }

        int best = 0;
        for (int i = 1; i < places.Count; i++)
        {
            best = !stay && places[i].Value > places[0].Value + Certain && places[i].Value > places[best].Value ? i : best;
        }

        return (
            places[best].Place,
            places[best].Held,
            [.. places.Where((_, i) => i != best).Select(p => new RivalPlace(p.Place.Dx, p.Place.Dy, Math.Exp(p.Value - places[best].Value)))]);

        ((double, double), HeldFrame, double) Value((double Dx, double Dy) place)
        {
            var held = HeldFrame.At(_points, frame, place, w.Forecast);
            return (place, held, held.LogLikelihood + prior.LogAt(place.Dx, place.Dy));
        }
    }

    private static double Distance((double Dx, double Dy) a, (double Dx, double Dy) b) =>
        Math.Sqrt(((a.Dx - b.Dx) * (a.Dx - b.Dx)) + ((a.Dy - b.Dy) * (a.Dy - b.Dy)));

    /// <summary>The step to a frame that the steps on both sides expect.</summary>
    private (double Dx, double Dy) ExpectedStep(int n)
    {
        (double x, double y, int count) = (0, 0, 0);
        foreach (int m in new[] { n - 1, n + 1 }.Where(m => m > 0 && m < _points.Frames))
        {
            (x, y, count) = (x + _places[m].Dx - _places[m - 1].Dx, y + _places[m].Dy - _places[m - 1].Dy, count + 1);
        }

        return count == 0 ? (0, 0) : (x / count, y / count);
    }

    /// <summary>Where the frames on both sides expect a frame.</summary>
    private (double Dx, double Dy) Neighbours(int n)
    {
        bool[] without = Without(_votes);
        (double Dx, double Dy) before = Place(n == 0 ? Math.Min(1, _points.Frames - 1) : n - 1, without);
        (double Dx, double Dy) after = Place(n == _points.Frames - 1 ? Math.Max(0, n - 1) : n + 1, without);
        return ((before.Dx + after.Dx) / 2, (before.Dy + after.Dy) / 2);
    }

    /// <summary>How far frames usually lie from where those on both sides expect them, in px: the median, at least half a pixel.</summary>
    private double UsualUnevenness()
    {
        double[] away = [.. Enumerable.Range(0, _points.Frames).Where(n => _votes[n]).Select(n => Distance(_places[n], Neighbours(n))).Order()];
        return away.Length == 0 ? UsualStep : Math.Clamp(away[away.Length / 2], LeastUnevenness, UsualStep);
    }

    /// <summary>Where a frame lies; of one without a place of its own, what the nearest on both sides that have one expect.</summary>
    private (double Dx, double Dy) Place(int frame, bool[] without)
    {
        int before = Array.FindLastIndex(without, frame, static f => !f);
        int after = Array.FindIndex(without, frame, static f => !f);
        if (before < 0 && after < 0)
        {
            return _places[frame];
        }

        (double Dx, double Dy) a = _places[before >= 0 ? before : after];
        (double Dx, double Dy) b = _places[after >= 0 ? after : before];
        return ((a.Dx + b.Dx) / 2, (a.Dy + b.Dy) / 2);
    }

    /// <summary>One thread's memory.</summary>
    private sealed class Workspace(AlignmentPoints points, ComplexPlane[] transfers) : IDisposable
    {
        public FrameForecast Forecast { get; } = new(points);

        public PlaceSearch Search { get; } = new(points);

        public AlignmentImages Images { get; } = new(points, transfers);

        public void Dispose()
        {
            Search.Dispose();
            Images.Dispose();
        }
    }
}
