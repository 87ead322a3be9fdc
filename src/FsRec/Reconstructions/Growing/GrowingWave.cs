using FsRec.Alignment;
using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Series;
using FsRec.Statistics;
using FsRec.Uncertainty;

namespace FsRec.Reconstructions;

/// <summary>
/// A Wiener restoration that takes frames in one by one. A frame is placed where the others predict it and added to the sums of the linear theory, which costs
/// the same however many there are; a few earlier ones, by turns, are placed anew against the better wave. What is left out against the restoration of a whole
/// series are the squares of the scattered wave, refined foci, and the odds of rival places.
/// </summary>
internal sealed class GrowingWave : IDisposable
{
    // Earlier frames that are placed anew with each new one.
    private const int Revisited = 3;

    // A move in px after which all frames are looked at once more.
    private const double Settled = 0.05;
    private const int MostPasses = 3;

    // Of what the others predict for a frame, E over the noise: a frame that belongs shows all of it, but for 1/√(2E); the best of all places of another
    // shows √(ln N / E) by chance, N the number of places. Nearer to that than to all it shows something else, with room for what the theory misses; where
    // chance shows so much as this, nothing is decided.
    private const double NearerToChance = 0.35;
    private const double MostByChance = 0.6;

    private readonly Calibration _calibration;
    private readonly double _lowerLimit;
    private readonly int _threads;
    private readonly AlignmentPoints _points;
    private readonly List<GrownFrame> _frames = [];
    private readonly List<double[]> _powers = [];
    private readonly double[] _noMisfit;
    private readonly int _workers;
    private readonly PerWorker<Memory> _memory;
    private GrowingSums _sums;
    private PriorPowers? _prior;
    private int _turn;

    /// <summary>A wave of no frames.</summary>
    /// <param name="calibration">Shape and scale of the frames.</param>
    /// <param name="band">The band of the wave.</param>
    /// <param name="lowerLimit">Frequency in 1/nm below which the whole series will say little.</param>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    public GrowingWave(Calibration calibration, WaveBand band, double lowerLimit, int threads)
    {
        (_calibration, _lowerLimit, _threads) = (calibration, lowerLimit, threads);
        _points = new AlignmentPoints(calibration, band);
        _sums = new GrowingSums(_points);
        _noMisfit = new double[_points.Groups];
        Array.Fill(_noMisfit, 1);
        _workers = FrameLoop.Workers(threads);
        _memory = new PerWorker<Memory>(_workers, () => new Memory(_points));
    }

    /// <summary>The frames so far, in the order in which they came.</summary>
    public IReadOnlyList<GrownFrame> Frames => _frames;

    /// <summary>Takes a frame in.</summary>
    /// <param name="series">The frame, a series of itself.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    public GrownFrame Add(FocalSeries series, CancellationToken cancellationToken)
    {
        TransferFunction transfer = SeriesOptics.Transfers(series, series.Foci)[0];
        double noise = NoiseLevel.Of(series, _threads, null, cancellationToken)[0];
        var data = new PointPairs(_points.Count);
        Memory m = _memory[0];
        var rings = new BandRings(_points.Band);
        using (SpectrumLease lease = series.Spectra(_threads, null, cancellationToken).Take(0))
        {
            _points.Gather(lease.Plane, (float)(1 / Math.Sqrt(_calibration.PixelCount)), data);
            rings.Expect(_prior);
            double[] rough = PriorPowers.Sums(lease.Plane, rings, transfer, noise);
            if (_prior is null)
            {
                rings.Expect(PriorPowers.Solve([rough], rings.Step, _lowerLimit));
                rough = PriorPowers.Sums(lease.Plane, rings, transfer, noise);
            }

            _powers.Add(rough);
        }

        _points.Add(series.Frame(0), transfer, m.Plane, m.Scratch);
        var frame = new GrownFrame(series.ImageNumbers[0], series.Foci[0], transfer, noise, data) { Place = _frames.Count > 0 ? _frames[^1].Place : (0, 0) };
        int index = _frames.Count;
        _frames.Add(frame);
        _prior = PriorPowers.Solve([.. _powers], rings.Step, _lowerLimit);
        _sums.Use(_prior);
        if (index > 0)
        {
            Find(index, m, isIn: false);
        }

        if (frame.Belongs)
        {
            _sums.Add(index, frame);
        }

        cancellationToken.ThrowIfCancellationRequested();
        Revisit(m, index);
        RegrowIfMostAreOut(cancellationToken);
        return frame;
    }

    /// <summary>Places all frames anew against the wave of the others until they stay.</summary>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>The largest move in px.</returns>
    public double Settle(CancellationToken cancellationToken)
    {
        double largest = 0;
        for (int pass = 0; pass < MostPasses; pass++)
        {
            // All against one and the same wave, so that the order of the threads changes nothing.
            var found = new ((double Dx, double Dy) Place, double Resemblance, bool Belongs)[_frames.Count];
            FrameLoop.Run(_frames.Count, _threads, cancellationToken, (worker, n) => found[n] = Judge(n, _memory[worker], _frames[n].Belongs, wide: !_frames[n].Belongs));
            double moved = 0;
            for (int n = 0; n < found.Length; n++)
            {
                moved = Math.Max(moved, Take(n, found[n], wasIn: _frames[n].Belongs));
            }

            largest = Math.Max(largest, moved);
            if (moved < Settled)
            {
                break;
            }
        }

        return largest;
    }

    /// <summary>The wave of the frames so far, and how far it is to be trusted.</summary>
    /// <param name="series">The frames as a series in the order in which they came.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    public (Reconstruction Reconstruction, SeriesInformation Information, PriorPowers Prior) Restore(FocalSeries series, CancellationToken cancellationToken)
    {
        WaveBand band = _points.Band;
        SeriesInformation information = _sums.Information([.. _frames.Where(static f => f.Belongs)]);
        PriorPowers prior = _prior!.Continued(information.Told);
        using ComplexPlane wave = band.CreateSpectrum();
        _sums.Solve(prior, wave);
        var system = new WienerSystem(information, wave, prior);
        (PriorPowers rings, ExpectedPowers used, ExpectedPowers shown) = system.Solve(prior, _lowerLimit, ScatteredSquares.Small, wave, cancellationToken);
        WienerRestoration.Normalise(wave, band);
        double scattered = WaveSpectrum.ScatteredFraction(wave, band);
        new AzimuthalAberrations(series.Microscope).Remove(wave, band);
        ExitWave restored = WaveSpectrum.ToWave(wave, band, _calibration);
        double[] noise = [.. _frames.Select(static f => f.Belongs ? f.Noise : f.Noise * FrameMembership.OutOfSums)];
        var statistics = new SeriesStatistics
        {
            Band = band,
            Microscope = series.Microscope,
            Foci = series.Foci,
            Transfers = [.. _frames.Select(static f => f.Transfer)],
            Noise = noise,
            Prior = rings,
            LowerLimit = _lowerLimit,
        };
        bool[] outliers = [.. _frames.Select(static f => !f.Belongs)];
        var solution = new WienerSolution(restored, statistics, used, shown, outliers) { OwnNoise = [.. _frames.Select(static f => f.Noise)] };
        WaveSpectrum.DivideByMean(wave, band);
        // What the wave does not explain is told by the restoration of the whole series; here the errors are those of the noise.
        double[] excess = [.. Enumerable.Repeat(1.0, rings.Rings)];
        RingUncertainty[] errors = RingErrors.Of(information, restored, rings, solution, excess, _lowerLimit, true, cancellationToken);
        (double[] column, double[] row, double[] focus, double slope) = ParameterErrors.Of(statistics, wave, excess, outliers, cancellationToken);
        FrameUncertainty[] frames = [.. _frames.Select((f, n) => new FrameUncertainty
        {
            ImageNumber = f.Number,
            ReducedChiSquare = double.NaN,
            Weight = f.Belongs ? 1 : 0,
            Dx = f.Place.Dx,
            Dy = f.Place.Dy,
            DxError = f.Belongs ? column[n] : double.NaN,
            DyError = f.Belongs ? row[n] : double.NaN,
            Focus = f.Focus,
            FocusError = f.Belongs ? focus[n] : double.NaN,
        })];
        var aligned = new AlignedSeries(series, [.. _frames.Select(static f => new FrameDisplacement(f.Number, f.Place.Dx, f.Place.Dy))]) { Outliers = outliers };
        var reconstruction = new Reconstruction(aligned, restored, LinearReconstruction.Filtered(restored, series.Parameters), [])
        {
            Method = Parameters.RestorationMethod.Wiener,
            ScatteredFraction = scattered,
            Uncertainty = new ReconstructionUncertainty(frames, errors, UncertaintyAnalysis.Blind(errors, band.Limit), slope),
        };
        return (reconstruction, information, rings);
    }

    /// <inheritdoc />
    public void Dispose() => _memory.Dispose();

    private void Revisit(Memory m, int newest)
    {
        for (int i = 0; i < Math.Min(Revisited, newest); i++)
        {
            int n = _turn++ % newest;
            Find(n, m, _frames[n].Belongs);
        }
    }

    private void Find(int index, Memory m, bool isIn)
    {
        bool isNew = index == _frames.Count - 1 && !isIn;
        var found = Judge(index, m, isIn, wide: isNew || !isIn);
        if (isNew)
        {
            // The caller adds it.
            GrownFrame frame = _frames[index];
            (frame.Place, frame.Resemblance, frame.Belongs) = found;
            return;
        }

        Take(index, found, isIn);
    }

    // Puts what was found of a frame into the sums; says how far it moved.
    private double Take(int index, ((double Dx, double Dy) Place, double Resemblance, bool Belongs) found, bool wasIn)
    {
        GrownFrame frame = _frames[index];
        double move = Math.Max(Math.Abs(found.Place.Dx - frame.Place.Dx), Math.Abs(found.Place.Dy - frame.Place.Dy));
        frame.Resemblance = found.Resemblance;
        if (wasIn && found.Belongs)
        {
            _sums.Move(index, frame, found.Place);
            return move;
        }

        if (wasIn)
        {
            _sums.Add(index, frame, -1);
        }

        (frame.Place, frame.Belongs) = (found.Place, found.Belongs);
        if (found.Belongs)
        {
            _sums.Add(index, frame);
        }

        return wasIn || found.Belongs ? move : 0;
    }

    private ((double Dx, double Dy) Place, double Resemblance, bool Belongs) Judge(int index, Memory m, bool isIn, bool wide)
    {
        GrownFrame frame = _frames[index];
        if (_frames.Count(static f => f.Belongs) - (isIn ? 1 : 0) == 0)
        {
            return (frame.Place, double.NaN, true);
        }

        _sums.Predict(index, frame, isIn, m.Forecast);
        m.Forecast.Complete(index, null, Forecaster.Kappa, 0);
        m.Forecast.Weigh(_noMisfit);
        m.Search.Take(index, m.Forecast.Weighted);
        (double Dx, double Dy) place = frame.Place;
        if (wide)
        {
            m.Search.Map();
            List<(double Value, int X, int Y)> peaks = m.Search.Peaks(new DriftPrior(place.Dx, place.Dy, FramePlaces.UsualStep), 1);
            place = peaks.Count > 0 ? (peaks[0].X, peaks[0].Y) : place;
        }

        place = m.Search.Refine(place);
        (double share, double expected) = Share(index, m.Forecast, place);
        double chance = Math.Sqrt(Math.Log(_calibration.PixelCount) / expected);
        return (place, share, !(chance <= MostByChance) || share >= chance + (NearerToChance * (1 - chance)));
    }

    // Σ Re(ŷ* y)/V over Σ |ŷ|²/V, and the latter.
    private (double Share, double Expected) Share(int index, FrameForecast forecast, (double Dx, double Dy) place)
    {
        var moved = new MovedFrame(_points, index, place);
        (double shown, double expected) = (0, 0);
        for (int i = 0; i < _points.Count; i++)
        {
            (double yr, double yi) = moved.At(i);
            (float re, float im) = forecast.Image[i];
            double v = forecast.Variance[i];
            shown += ((yr * re) + (yi * im)) / v;
            expected += ((re * re) + (im * im)) / v;
        }

        return (expected > 0 ? shown / expected : double.NaN, expected);
    }

    // Where the first frame is the one that shows something else, most others do not fit it: then the newest of these begins anew.
    private void RegrowIfMostAreOut(CancellationToken cancellationToken)
    {
        int belong = _frames.Count(static f => f.Belongs);
        if (_frames.Count < 4 || 2 * belong >= _frames.Count)
        {
            return;
        }

        (bool Belongs, (double Dx, double Dy) Place, double Resemblance)[] before = [.. _frames.Select(static f => (f.Belongs, f.Place, f.Resemblance))];
        GrowingSums sums = _sums;
        _sums = new GrowingSums(_points);
        _sums.Use(_prior!);
        foreach (GrownFrame frame in _frames)
        {
            frame.Belongs = false;
        }

        for (int n = _frames.Count - 1; n >= 0; n--)
        {
            cancellationToken.ThrowIfCancellationRequested();
            GrownFrame frame = _frames[n];
            frame.Place = n < _frames.Count - 1 ? _frames[n + 1].Place : (0, 0);
            (frame.Place, frame.Resemblance, frame.Belongs) = Judge(n, _memory[0], isIn: false, wide: true);
            if (frame.Belongs)
            {
                _sums.Add(n, frame);
            }
        }

        if (_frames.Count(static f => f.Belongs) <= belong)
        {
            _sums = sums;
            for (int n = 0; n < before.Length; n++)
            {
                (_frames[n].Belongs, _frames[n].Place, _frames[n].Resemblance) = before[n];
            }
        }
    }

    /// <summary>A thread's memory.</summary>
    private sealed class Memory(AlignmentPoints points) : IDisposable
    {
        public FrameForecast Forecast { get; } = new(points);

        public PlaceSearch Search { get; } = new(points);

        public ComplexPlane Plane { get; } = points.Transform.CreateHalfPlane();

        public RealTransformScratch Scratch { get; } = points.Transform.CreateScratch();

        public void Dispose()
        {
            Search.Dispose();
            Plane.Dispose();
            Scratch.Dispose();
        }
    }
}
