using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Alignment;

/// <summary>
/// The state of an alignment against the images that the frames predict for one another: where the frames lie, what those that vote say
/// together about the wave, and how each frame agrees with what all others predict for it.
/// </summary>
internal sealed partial class ModelAligner : IDisposable
{
    /// <summary>
    /// The logarithm of a thousand: by so much a place must be more likely than the one a frame has for the frame to move there, and than any
    /// other to be certain.
    /// </summary>
    public const double Certain = 6.9;

    // Frames to grow from, one after the other.
    private const int MostStarts = 3;

    private readonly FocalSeries _series;
    private readonly int _threads;
    private readonly IProgress<RunProgress>? _progress;
    private readonly CancellationToken _cancellationToken;
    private readonly double _lowerLimit;
    private readonly AlignmentPoints _points;
    private readonly ModelEvidence _evidence;
    private readonly FrameVotes _judge;
    private readonly FrameFoci _foci;
    private readonly FocusSearch _search;
    private readonly PerWorker<AlignmentWorkspace> _workspaces;
    private readonly PriorPowers _first;
    private readonly FramePlaces _frames;
    private readonly AlignmentGrowth _growth;
    private readonly Forecaster _forecaster;

    /// <summary>Prepares an alignment; no frame has a place yet.</summary>
    public ModelAligner(FocalSeries series, int threads, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        (_series, _threads, _progress, _cancellationToken) = (series, threads, progress, cancellationToken);
        series = AlignmentRegion.Cut(series.ForPlaces(threads, progress, cancellationToken), threads, cancellationToken);
        var own = SeriesStatistics.Of(series, threads, progress, cancellationToken);
        _lowerLimit = own.LowerLimit;
        _points = new AlignmentPoints(series, own, threads, cancellationToken);
        bool[] saturated = Saturation.Of(series, threads, cancellationToken);
        Saturated = saturated;
        _judge = new FrameVotes(_points, own.Noise, saturated);
        _first = SeriesStatistics.Of(series, _judge.Noise, threads, progress, cancellationToken).Prior;
        _evidence = new ModelEvidence(_points, _judge.Noise, _first, threads);
        _forecaster = new Forecaster(_points, _evidence);
        _foci = new FrameFoci(series, _points, own.Transfers);
        _workspaces = new(FrameLoop.Workers(threads, series.Count), () => new AlignmentWorkspace(_points, _foci));
        _frames = new FramePlaces(_points.Frames) { Votes = _judge.Begin() };
        _search = new FocusSearch(series, _points, _evidence, _forecaster, _judge, _frames, _workspaces, threads, cancellationToken);
        _growth = new AlignmentGrowth(_points, _evidence, _judge, _frames, _workspaces, threads, progress, cancellationToken);
    }

    /// <summary>The frames' spectra.</summary>
    public AlignmentPoints Points => _points;

    /// <summary>Displacements, mean-free; of a frame without a vote, what the nearest frames on both sides that have one expect.</summary>
    public IReadOnlyList<FrameDisplacement> Displacements => DisplacementAlgebra.WithoutMean(
        [.. _series.ImageNumbers.Select((number, n) => new FrameDisplacement(number, _frames.Of(n, _frames.WithoutVote).Dx, _frames.Of(n, _frames.WithoutVote).Dy))]);

    /// <summary>Whether a frame does not belong to the others at its own focus.</summary>
    public bool IsOutlier(int frame) => !_frames.Votes[frame] || _foci.IsOther(frame);

    /// <summary>The focus at which a frame shows what the others predict, where that is not its own.</summary>
    public double? FittingFocus(int frame) => _frames.Votes[frame] && _foci.IsOther(frame) ? _foci.Values[frame] : null;

    /// <summary>Images that belong at another focus than their own.</summary>
    public IReadOnlyList<DoubtfulFocus> DoubtfulFoci =>
        [.. Enumerable.Range(0, _points.Frames).Where(n => FittingFocus(n) is not null).Select(n => new DoubtfulFocus(_series.ImageNumbers[n], _series.Foci[n], _foci.Values[n]))];

    /// <summary>Which frames make the wave.</summary>
    public IReadOnlyList<bool> Votes => _frames.Votes;

    /// <summary>Frames of less noise than the others allow.</summary>
    public IReadOnlyList<bool> Quiet => _judge.Quiet;

    /// <summary>Frames that have been clipped.</summary>
    public IReadOnlyList<bool> Saturated { get; }

    /// <summary>Which frames say too little for their place to be found; set by <see cref="PlaceFaint"/>.</summary>
    public bool[] Faint { get; private set; } = [];

    /// <summary>Where the frames lie.</summary>
    public IReadOnlyList<(double Dx, double Dy)> Places => _frames.Places;

    /// <summary>Whether a frame is so weak that it might lie where chance would have it, as the frames were held last.</summary>
    public bool IsWeak(HeldSeries held) => PlacelessFrames.AnyWeak(_points, _frames, held);

    /// <summary>How much alike neighbours are expected to be; a quarter of them is less.</summary>
    public double Likeness() => NeighbourLikeness.Quartile(_series, _points, _first);

    /// <summary>
    /// Whether the frames lie where the others predict them: all show what is predicted, none is likelier anywhere else, and no other place is
    /// nearly as likely.
    /// </summary>
    /// <param name="without">Frames that are known not to belong; they do not count.</param>
    public bool Holds(IReadOnlyCollection<int> without)
    {
        HeldSeries held = Hold(everywhere: false, refresh: false, find: false);
        Accept(held);
        held = Hold(everywhere: true, refresh: false);
        bool[] votes = _judge.Votes(held.Frames);
        return Enumerable.Range(0, _points.Frames).Where(n => !without.Contains(n)).All(n =>
            _frames.Votes[n] && votes[n]
            && FramePlaces.Distance(held.Places[n], _frames.Places[n]) <= PlaceSearch.Apart
            && held.Rivals[n].Sum(static p => p.Odds) < Math.Exp(-Certain));
    }

    /// <summary>Images whose place is not certain, as the frames were held last.</summary>
    public IReadOnlyList<UncertainPlace> Uncertain(HeldSeries held) => PlaceDoubts.Of(Displacements, _frames, held, Parts());

    /// <summary>Takes in frames at given displacements.</summary>
    /// <param name="displacements">The displacements.</param>
    /// <param name="without">Frames that are known not to belong.</param>
    public void Start(IReadOnlyList<FrameDisplacement> displacements, IReadOnlyCollection<int>? without = null)
    {
        _frames.Places = [.. displacements.Select(static d => (d.Dx, d.Dy))];
        _frames.Votes = [.. _judge.Begin().Select((v, n) => v && !(without?.Contains(n) ?? false))];
        Reset();
        Fill();
    }

    /// <summary>What to go back to.</summary>
    public AlignmentState State => new(
        [.. _frames.Places], [.. _frames.Votes], [.. _foci.Values], [.. _evidence.Misfit.Select(static m => (float[])m.Clone())], _evidence.Prior, _forecaster.TakesOff ? [.. _evidence.Beyond!] : null, _evidence.Mean);

    /// <summary>Goes back.</summary>
    public void Restore(AlignmentState state)
    {
        _frames.Places = [.. state.Places];
        _frames.Votes = [.. state.Votes];
        _foci.Set(state.Foci);
        SetMisfit(state.Misfit);
        _evidence.SetPrior(state.Prior);
        _forecaster.TakeOff(state.Beyond);
        _evidence.Mean = state.Mean;
        Fill();
    }

    /// <summary>
    /// Takes in the frames one after the other, outwards from that of greatest signal. A frame that does not show what is expected is passed
    /// over; where most do not, the first one is to blame, and another is tried.
    /// </summary>
    public void Grow()
    {
        (AlignmentState State, int Passed) best = (State, int.MaxValue);
        foreach (int first in _judge.Strongest.Where(_judge.Begin().ElementAt).Take(MostStarts))
        {
            Reset();
            _evidence.Clear();
            Array.Clear(_frames.Places);
            _frames.Votes = _judge.Begin();
            int passed = _growth.From(first);
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
    /// <param name="evidence">By how much in log-likelihood another place must be better for a frame to be found there.</param>
    /// <param name="find">Whether the places near those that the frames have are looked at; otherwise they are found where they lie.</param>
    public HeldSeries Hold(bool everywhere, bool refresh, double evidence = Certain, bool find = true)
    {
        int frames = _points.Frames;
        var now = new HeldFrame[frames];
        var held = new HeldFrame[frames];
        var places = new (double, double)[frames];
        var rivals = new RivalPlace[frames][];
        PointPairs[]? beyond = _forecaster.TakesOff ? new PointPairs[frames] : null;
        double usual = _frames.UsualUnevenness();
        FrameLoop.Run(frames, _threads, _cancellationToken, (worker, n) =>
        {
            AlignmentWorkspace w = _workspaces[worker];
            _forecaster.Into(n, w, beyond, refresh);
            now[n] = held[n] = HeldFrame.At(_points, n, _frames.Places[n], w.Forecast);
            if (everywhere)
            {
                (places[n], held[n], rivals[n]) = CandidatePlaces.Search(_points, n, _frames.Places[n], w, _judge.Tempered(now[n]), _frames.Prior(n, usual), evidence);
            }
            else if (!find)
            {
                (places[n], rivals[n]) = (_frames.Places[n], []);
            }
            else
            {
                w.Forecast.Weigh(now[n].Misfit);
                w.Search.Take(n, w.Forecast.Weighted);
                (places[n], rivals[n]) = (w.Search.Refine(_frames.Places[n]), []);
            }
        });
        double sum = 0;
        for (int n = 0; n < frames; n++)
        {
            sum += _frames.Votes[n] ? now[n].LogLikelihood - now[n].LogVariance : _judge.Alone(n);
        }

        return new HeldSeries(sum, held, places, rivals, beyond);
    }

    /// <summary>Moves the frames to where they were found, judges which of them vote, and takes what they differ by from their forecasts as noise.</summary>
    /// <returns>Whether the judgement changed.</returns>
    public bool Accept(HeldSeries held)
    {
        _frames.Places = [.. held.Places];
        bool[] votes = _judge.Votes(held.Frames);
        bool changed = !votes.SequenceEqual(_frames.Votes);
        _frames.Votes = votes;
        for (int n = 0; n < _frames.Places.Length; n++)
        {
            float[] misfit = _evidence.Misfit[n];
            for (int g = 0; g < misfit.Length; g++)
            {
                misfit[g] = Math.Max(1, misfit[g] * (float)held.Frames[n].Misfit[g]);
            }
        }

        if (held.Beyond is not null)
        {
            _forecaster.TakeOff(held.Beyond);
            TakeMean();
        }

        _evidence.SetPrior(_evidence.Posterior(_lowerLimit));
        Fill();
        return changed;
    }

    /// <summary>Aligns every frame anew, near where it lies.</summary>
    public void Realign() => Accept(Hold(everywhere: false, refresh: true));

    /// <summary>Finds what the frames hold beyond the linear theory, and takes it off.</summary>
    public void TakeBeyondOff()
    {
        _forecaster.Begin();
        var beyond = new PointPairs[_points.Frames];
        FrameLoop.Run(beyond.Length, _threads, _cancellationToken, (worker, n) => _forecaster.Into(n, _workspaces[worker], beyond, refresh: true));
        _forecaster.TakeOff(beyond);
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
        int split = Array.IndexOf(parts, parts.MaxBy(static p => p.Gain));
        (double gain, int dx, int dy) = parts[split];
        if (gain < Certain)
        {
            return false;
        }

        for (int n = split; n < _points.Frames; n++)
        {
            _frames.Places[n] = (_frames.Places[n].Dx + dx, _frames.Places[n].Dy + dy);
        }

        Fill();
        return true;
    }

    /// <summary>Puts frames that say too little next to where their neighbours expect them.</summary>
    /// <param name="held">The frames as they are held last.</param>
    /// <param name="undetermined">Frames that the data do not determine.</param>
    public void PlaceFaint(HeldSeries held, IReadOnlyList<bool> undetermined)
    {
        Faint = PlacelessFrames.Faint(_points, _frames, held, undetermined);
        _frames.Places = PlacelessFrames.Placed(_frames, Faint, held, _forecaster, _workspaces, _threads, _cancellationToken);
        Fill();
    }

    /// <summary>Takes strays out.</summary>
    public void DropStrays()
    {
        foreach (int n in PlacelessFrames.Strays(_series, _frames, Displacements))
        {
            _frames.Votes[n] = false;
        }

        Fill();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _workspaces.Dispose();
        _foci.Dispose();
    }

    private (double Gain, int X, int Y)[] Parts() => PartMoves.Of(_points, _evidence, _frames, _workspaces, _threads, _cancellationToken);

    private void Reset()
    {
        _foci.Set(_series.Foci);
        _forecaster.TakeOff(null);
        _evidence.Mean = new PointPairs(_points.Count);
        _evidence.SetPrior(_first);
        foreach (float[] misfit in _evidence.Misfit)
        {
            Array.Fill(misfit, 1);
        }
    }

    private void Fill() => _evidence.Fill(_frames.Places, _frames.Votes);

    private void TakeMean()
    {
        var mean = new PointPairs(_points.Count);
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
}
