using FsRec.Optics;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Alignment;

/// <summary>
/// The state of an alignment against the images that the frames predict for one another: where the frames lie, and what those that belong
/// say together about the wave.
/// </summary>
internal sealed class ModelAligner : IDisposable
{
    private const double Kappa = 0.3;

    // What focus, aberrations, beams beyond the limit and partial coherence put wrong of a beam, of its greatest contrast.
    private const double Beta = 0.03;

    // Power of what is beyond the linear theory over that of its images, above which it is no correction of them any more: 0.01 of a thin
    // crystal at the reversal of contrast, 0.06 and more of a gold particle.
    private const double LargestCorrection = 0.03;

    private const double LeastUnevenness = 0.5;

    // Times the logarithm of the number of places: noise alone has a peak as high as that of a prediction of once this power.
    private const double FaintPower = 2;

    // What a frame must gain in log-likelihood to be moved to another place: rivals one lattice vector apart differ by little. More while
    // what is beyond the linear theory still counts twice, in the wave and in the images.
    private const double CertainGain = 10;
    private const double CertainGainBefore = 40;

    private readonly FocalSeries _series;
    private readonly IProgress<RunProgress>? _progress;
    private readonly CancellationToken _cancellationToken;
    private readonly double[] _noise;
    private readonly double _lowerLimit;
    private readonly AlignmentPoints _points;
    private readonly DisplacementSearch _search;
    private readonly AlignmentImages _images;
    private readonly AlignmentReference _reference;
    private readonly (float Re, float Im)[] _prediction;
    private readonly (double Dx, double Dy)[] _places;
    private PriorPowers _prior;
    private bool[] _outliers;
    private readonly bool[] _faint;
    private int _rounds;

    /// <summary>Prepares an alignment; no frame has a place yet.</summary>
    public ModelAligner(FocalSeries series, int threads, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        (_series, _progress, _cancellationToken) = (series, progress, cancellationToken);
        FrameSpectra spectra = series.Spectra(threads, progress, cancellationToken);
        _noise = NoiseLevel.Of(series, spectra, threads, cancellationToken);
        WaveBand band = SeriesOptics.Band(series);
        TransferFunction[] transfers = SeriesOptics.Transfers(series, series.Foci);
        _lowerLimit = SeriesOptics.LowerLimit(series);
        _prior = PriorPowers.Estimate(spectra, band, transfers, _noise, _lowerLimit, threads, cancellationToken);
        _points = new AlignmentPoints(series, band, transfers, threads, cancellationToken);
        _search = new DisplacementSearch(_points);
        _images = new AlignmentImages(_points, transfers);
        _reference = new AlignmentReference(_points, _noise, _prior);
        _prediction = new (float, float)[_points.Count];
        _places = new (double, double)[_points.Frames];
        _outliers = new bool[_points.Frames];
        _faint = new bool[_points.Frames];
    }

    /// <summary>The frame from which the alignment grew.</summary>
    public int First { get; private set; }

    /// <summary>
    /// Displacements, mean-free; of a frame that does not belong, what the nearest frames on both sides that do expect. None at all where no
    /// frame can be found.
    /// </summary>
    public IReadOnlyList<FrameDisplacement> Displacements => DisplacementAlgebra.WithoutMean(
        [.. _series.ImageNumbers.Select((number, n) => new FrameDisplacement(number, Place(n, _outliers).Dx, Place(n, _outliers).Dy))]);

    /// <summary>Numbers of the images that do not belong.</summary>
    public IReadOnlyList<int> OutlierImages => [.. _series.ImageNumbers.Where((_, n) => _outliers[n])];

    /// <summary>Numbers of the images that belong and say too little for their place to be found.</summary>
    public IReadOnlyList<int> FaintImages => [.. _series.ImageNumbers.Where((_, n) => _faint[n])];

    /// <summary>Whether a frame does not belong to the others.</summary>
    public bool IsOutlier(int frame) => _outliers[frame];

    /// <summary>Takes in all frames at given displacements.</summary>
    public void Start(IReadOnlyList<FrameDisplacement> displacements)
    {
        for (int n = 0; n < _points.Frames; n++)
        {
            _places[n] = (displacements[n].Dx, displacements[n].Dy);
            Put(n, 1);
        }
    }

    /// <summary>Takes frames that do not belong out of the reference; tells whether the judgement changed.</summary>
    public bool Reject()
    {
        bool[] before = _outliers;
        _outliers = FrameMembership.Judge(_points, _reference, _images, _places, _noise, _outliers, _cancellationToken);
        return !_outliers.SequenceEqual(before);
    }

    /// <summary>Grows again from the strongest frame that belongs.</summary>
    public void Restart()
    {
        for (int n = 0; n < _points.Frames; n++)
        {
            Put(n, -1);
            _places[n] = (0, 0);
        }

        Grow();
    }

    /// <summary>Takes in the frames one after the other, outwards from that of greatest signal.</summary>
    public void Grow()
    {
        int first = First = Strongest();
        int last = first;
        Put(first, 1);
        while (first > 0 || last < _points.Frames - 1)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            (double Dx, double Dy, double Lead) before = first > 0 ? Find(first - 1, _places[first]) : (0, 0, double.NegativeInfinity);
            (double Dx, double Dy, double Lead) after = last < _points.Frames - 1 ? Find(last + 1, _places[last]) : (0, 0, double.NegativeInfinity);
            (double Dx, double Dy) next = before.Lead >= after.Lead ? _places[first] : _places[last];
            int taken = before.Lead >= after.Lead ? --first : ++last;
            (double dx, double dy, _) = taken == first ? before : after;
            _places[taken] = _outliers[taken] ? next : (dx, dy);
            Put(taken, 1);
            _progress?.Report(new RunProgress("Growing the alignment", last - first, _points.Frames - 1));
        }
    }

    /// <summary>
    /// Estimates anew what the frames hold beyond the linear theory and the prior powers, then aligns every frame against the rest.
    /// </summary>
    /// <param name="everywhere">Whether rivals anywhere in the frame are looked at.</param>
    public void Realign(bool everywhere)
    {
        // A frame that the growth lost would spoil what is found beyond the linear theory.
        if (_rounds++ == 1)
        {
            FindBeyond();
        }

        if (_reference.TakesOff)
        {
            _images.AmplitudeOfPhase(_reference, _reference.AmplitudeMean);
        }

        _prior = _reference.Posterior(_prior, _lowerLimit);
        _reference.SetPrior(_prior);
        double usual = UsualUnevenness();
        double certain = _reference.TakesOff ? CertainGain : CertainGainBefore;
        for (int n = 0; n < _points.Frames; n++)
        {
            Weigh(n, _prediction);
            _places[n] = everywhere
                ? _search.Better(n, _prediction, Neighbours(n), usual, _places[n], certain)
                : _search.Refine(n, _prediction, _places[n]);
            Put(n, 1);
        }
    }

    /// <summary>
    /// Puts frames that say too little next to where their neighbours expect them. An expected image of the power P = Σ |ŷ|²/V raises the
    /// log-likelihood of the right place to 2P on average, noise that of any by √(2P), and among M places noise has a peak at √(4P ln M): a
    /// frame of P below ln M is found where chance would have it, and of frames of nothing but noise chance makes structure.
    /// </summary>
    public void PlaceFaint()
    {
        double least = FaintPower * Math.Log((double)_points.Transform.Rows * _points.Transform.Columns);
        var weighted = new (float Re, float Im)[_prediction.Length];
        for (int n = 0; n < _points.Frames; n++)
        {
            _faint[n] = !_outliers[n] && Said(n) < least;
        }

        bool[] without = [.. _outliers.Zip(_faint, static (outlier, faint) => outlier || faint)];
        if (!without.Contains(false))
        {
            Array.Clear(_places);
            return;
        }

        for (int n = 0; n < _points.Frames; n++)
        {
            if (_faint[n])
            {
                Weigh(n, weighted);
                _places[n] = _search.Refine(n, weighted, Place(n, without));
                Put(n, 1);
            }
        }

        double Said(int frame)
        {
            Weigh(frame, weighted);
            Put(frame, 1);
            double power = 0;
            for (int i = 0; i < weighted.Length; i++)
            {
                power += ((double)weighted[i].Re * _prediction[i].Re) + ((double)weighted[i].Im * _prediction[i].Im);
            }

            return power;
        }
    }

    /// <summary>Takes a frame out and finds what the others expect of it, and that over its variance, ŷ / V.</summary>
    private void Weigh(int frame, Span<(float Re, float Im)> target)
    {
        Expect(frame);
        _reference.Image(frame, _prediction);
        _reference.Weight(frame, Kappa, Beta, _prediction, target);
    }

    /// <summary>Takes a frame out and finds what the others expect it to hold beyond the linear theory.</summary>
    private void Expect(int frame)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        Put(frame, -1);
        _images.Beyond(_reference, frame, _reference.Beyond[frame] ??= new (float, float)[_points.Count]);
    }

    /// <summary>
    /// Finds what the frames hold beyond the linear theory, and takes it off them if it is a small correction and they predict one another
    /// better without it: they do of a weak object, not of a strong one, of whose wave the linear theory makes too much.
    /// </summary>
    private void FindBeyond()
    {
        (double with, double linear, double beyond) = Predict();
        if (beyond > LargestCorrection * linear)
        {
            return;
        }

        // Of a strong object this step leads away from the wave, and what it expects next is worse by far.
        TakeOff(true);
        TakeOff(Predict().Misfit < with);
    }

    /// <summary>How far the frames are from what the others expect, and the power of what these expect by the linear theory and beyond it.</summary>
    private (double Misfit, double Linear, double Beyond) Predict()
    {
        double misfit = 0;
        double linear = 0;
        double beyond = 0;
        for (int n = 0; n < _points.Frames; n++)
        {
            Expect(n);
            misfit += Misfit(n);
            beyond += Power(_reference.Beyond[n]);
            _reference.LinearImage(n, _prediction);
            linear += Power(_prediction);
            Put(n, 1);
        }

        return (misfit, linear, beyond);
    }

    private static double Power(ReadOnlySpan<(float Re, float Im)> image)
    {
        double sum = 0;
        foreach ((float re, float im) in image)
        {
            sum += ((double)re * re) + ((double)im * im);
        }

        return sum;
    }

    private double Misfit(int frame)
    {
        if (_outliers[frame])
        {
            return 0;
        }

        _reference.Image(frame, _prediction);
        return _reference.Misfit(frame, _places[frame], Kappa, _prediction);
    }

    private void TakeOff(bool beyond)
    {
        if (beyond == _reference.TakesOff)
        {
            return;
        }

        for (int n = 0; n < _points.Frames; n++)
        {
            Put(n, -1);
        }

        _reference.TakesOff = beyond;
        for (int n = 0; n < _points.Frames; n++)
        {
            Put(n, 1);
        }
    }

    /// <summary>Puts a frame in or takes it out, if it belongs.</summary>
    private void Put(int frame, int sign)
    {
        if (!_outliers[frame])
        {
            _reference.Add(frame, _places[frame], sign);
        }
    }

    private (double Dx, double Dy, double Lead) Find(int frame, (double Dx, double Dy) near)
    {
        // A wave of few frames is too far off for products of its beams.
        _reference.LinearImage(frame, _prediction);
        _reference.Weight(frame, Kappa, 0, _prediction, _prediction);
        return _search.Everywhere(frame, _prediction, near, DisplacementSearch.UsualStep);
    }

    /// <summary>Where the frames on both sides expect a frame.</summary>
    private (double Dx, double Dy) Neighbours(int n)
    {
        (double Dx, double Dy) before = Place(Math.Max(0, n == 0 ? 1 : n - 1), _outliers);
        (double Dx, double Dy) after = Place(Math.Min(_points.Frames - 1, n == _points.Frames - 1 ? n - 1 : n + 1), _outliers);
        return ((before.Dx + after.Dx) / 2, (before.Dy + after.Dy) / 2);
    }

    /// <summary>How far frames usually lie from where those on both sides expect them, in px: the median, at least half a pixel.</summary>
    private double UsualUnevenness()
    {
        double[] away = [.. Enumerable.Range(0, _points.Frames).Where(n => !_outliers[n]).Select(Away).Order()];
        return Math.Clamp(away[away.Length / 2], LeastUnevenness, DisplacementSearch.UsualStep);

        double Away(int n)
        {
            (double dx, double dy) = Neighbours(n);
            return Math.Sqrt(((_places[n].Dx - dx) * (_places[n].Dx - dx)) + ((_places[n].Dy - dy) * (_places[n].Dy - dy)));
        }
    }

    private int Strongest()
    {
        int best = 0;
        double most = double.NegativeInfinity;
        for (int n = 0; n < _points.Frames; n++)
        {
            double power = 0;
            foreach ((float re, float im) in _points.Data(n))
            {
                power += ((re * re) + (im * im)) / _noise[n];
            }

            (best, most) = power > most && !_outliers[n] ? (n, power) : (best, most);
        }

        return best;
    }

    /// <summary>Where a frame lies; of one without a place of its own, what the nearest on both sides that have one expect.</summary>
    private (double Dx, double Dy) Place(int frame, bool[] without)
    {
        int before = Array.FindLastIndex(without, frame, static f => !f);
        int after = Array.FindIndex(without, frame, static f => !f);
        (double Dx, double Dy) a = _places[before >= 0 ? before : after];
        (double Dx, double Dy) b = _places[after >= 0 ? after : before];
        return ((a.Dx + b.Dx) / 2, (a.Dy + b.Dy) / 2);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _search.Dispose();
        _images.Dispose();
    }
}
