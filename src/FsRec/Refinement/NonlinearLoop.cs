using FsRec.Fourier;
using FsRec.ImageModel;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Refinement;

/// <summary>
/// The nonlinear refinement: stages of L-BFGS over wave, displacements and foci together; between two stages the prior powers, the
/// metric, the frames' transfer functions and the weights are made anew.
/// </summary>
internal sealed unsafe partial class NonlinearLoop : IDisposable
{
    private readonly NonlinearPolicy _policy = NonlinearPolicy.Default;
    private FocalSeries _series;
    private readonly AlignedSeries _start;
    private readonly NonlinearOptions _options;
    private readonly IProgress<RunProgress>? _progress;
    private readonly CancellationToken _cancellationToken;
    private readonly int _margin;
    private readonly ModelGrid _grid;
    private readonly NonlinearModel _model;
    private readonly WaveUnknowns _unknowns;
    private readonly ComplexPlane _wave;
    private readonly ModelGradient _gradient;
    private AzimuthalAberrations _aberrations;
    private readonly AberrationRefinement _aberrationFit;
    private readonly double _lowerLimit;
    private readonly IReadOnlyList<bool> _outliers;
    private readonly double[] _inflation;
    private readonly double[] _expectedMoves;
    private readonly List<NonlinearIteration> _history = [];
    private readonly double _nodesError;
    private readonly int _iterations;
    private PriorPowers _prior;
    private double[] _focusEvidence = [];
    private double _intensity;
    private int _stage;
    private bool _refineDisplacements;
    private bool _refineFoci;
    private RefinementScales[] _scales = [];
    private FrameState[] _states;
    private readonly FrameState[] _trial;

    /// <summary>Prepares the refinement: a Wiener restoration at the start's displacements, and the model.</summary>
    public NonlinearLoop(AlignedSeries start, NonlinearOptions options, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        _start = start;
        _series = start.Series;
        _options = options;
        _progress = progress;
        _cancellationToken = cancellationToken;
        _lowerLimit = SeriesOptics.LowerLimit(_series);
        double limit = _series.Parameters.Linear.Limit;
        limit = Math.Max(limit, Math.Min(_policy.BeyondLimit * limit, 2.0 / 3 * _series.Calibration.Nyquist));
        WienerSolution wiener = WienerRestoration.Solve(start, options.Threads, progress, cancellationToken, limit, strong: true);
        if (options.RefineFoci && wiener.Fitting(start) is { } fitting)
        {
            // A focus that is far off is not found by going downhill.
            (_start, start, _series) = (fitting, fitting, fitting.Series);
            wiener = WienerRestoration.Solve(start, options.Threads, progress, cancellationToken, limit, strong: true);
        }

        _prior = wiener.Prior;
        _margin = options.Margin ?? ModelGrid.Margin(_series, _prior, limit, DisplacementAlgebra.Largest(start.Displacements));
        _grid = new ModelGrid(_series.Calibration, _margin, limit);
        bool crossTerms = CrossTerms.Matter(SeriesOptics.Band(_series, limit), _series.Microscope, _series.Foci, wiener.Noise, _prior);
        // What the convergence does is what tells of aberrations: there the theory of first order is not good enough.
        int order = options.RefineAberrations != RefinedAberrations.None ? 2 : crossTerms ? 1 : 0;
        (int nodes, _nodesError) = FocusNodes.Choose(SeriesOptics.Band(_series), _series.Microscope, wiener.Noise, _prior);
        _model = new NonlinearModel(_series, _grid, wiener.Noise, options.Threads, order, options.RefineAberrations != RefinedAberrations.None, nodes);
        _aberrationFit = new AberrationRefinement(options.RefineAberrations, _series.Microscope);
        _unknowns = new WaveUnknowns(_grid.Band);
        _gradient = new ModelGradient(_grid.Band, _series.Count);
        _wave = WaveSpectrum.FromWave(_grid.Extend(options.InitialWave ?? wiener.Wave), _grid.Band);
        _aberrations = new AzimuthalAberrations(_series.Microscope);
        _aberrations.Apply(_wave, _grid.Band);
        WaveSpectrum.DivideByMean(_wave, _grid.Band);
        _outliers = wiener.Outliers;
        _inflation = [.. Enumerable.Range(0, _series.Count).Select(wiener.Inflation)];
        StartBias = LinearBias.Of(
            _model, _wave, [.. start.Displacements.Select(static d => new FrameState(d.Dx, d.Dy, 0))], start, _prior, options.Threads, cancellationToken);
        bool aberrations = options.RefineAberrations != RefinedAberrations.None;
        KeepsLinear = options.KeepLinearWhereBetter && !aberrations && StartBias < _policy.BiasWorthRemoving;
        _iterations = !KeepsLinear ? options.Iterations : options.RefineDisplacements || options.RefineFoci ? Math.Min(options.Iterations, _policy.FrameIterations) : 0;
        // The less a frame says of its place, the more the alignment's word counts: it knows amplitude from phase, this estimate does not.
        double[] errors = RefinementScales.MoveErrors(
            SeriesOptics.Band(_series, limit), SeriesOptics.Transfers(_series, _series.Foci), wiener.Noise, wiener.Prior);
        _expectedMoves = [.. errors.Select(e => Math.Min(_policy.ExpectedMove, _policy.UncertainMove * _policy.UncertainMove / e))];
        _states = [.. start.Displacements.Select(static d => new FrameState(d.Dx, d.Dy, 0))];
        if (options.Resume is { } state)
        {
            TakeUp(state);
        }

        _trial = [.. _states];
    }

    /// <summary>Mean over the frames that belong, each by its own noise, whatever its weight.</summary>
    private double ReducedChiSquare =>
        Enumerable.Range(0, Frames).Where(n => !_outliers[n]).Average(n => _model.ChiSquares[n] * _inflation[n]) / _series.Calibration.PixelCount;

    private int Frames => _series.Count;

    /// <summary>Aberrations are fitted after the iterations of wave, displacements and foci alone, in twice as many.</summary>
    private int MostIterations => _aberrationFit.Free.Count > 0 ? _policy.AberrationShare * _options.Iterations : _iterations;

    private IReadOnlyList<double> Foci => [.. _model.Foci.Zip(_states, static (z, s) => z + s.Dz)];

    /// <summary>
    /// Mean square error that the linear theory makes of the start's wave, over that which noise and prior leave: known before anything is
    /// refined.
    /// </summary>
    public double StartBias { get; }

    /// <summary>Whether the linear estimate is the better one, so that only displacements and foci are refined.</summary>
    public bool KeepsLinear { get; }

    /// <summary>Runs the stages.</summary>
    public RefinedWave Run()
    {
        Iterate();
        return Result();
    }

    private void Iterate()
    {
        FitStart();
        using var optimiser = new LimitedMemoryBfgs(_unknowns.Length + (3 * Frames) + AberrationStep.Count);
        using var x = new AlignedBuffer(optimiser.Room);
        for (int stage = _options.Resume?.Stage ?? 0; _history.Count < MostIterations; stage++)
        {
            int most = _aberrationFit.IsOpen ? MostIterations : _iterations;
            int iterations = Math.Min(_policy.Stages[Math.Min(stage, _policy.Stages.Count - 1)], most - _history.Count);
            _stage = stage;
            bool converged = RunStage(optimiser, x, iterations) && stage > 0;
            if (converged && (_aberrationFit.IsOpen || _aberrationFit.Free.Count == 0))
            {
                break;
            }

            // An aberration fitted with a wave that is still on its way makes up for what the wave lacks.
            _aberrationFit.IsOpen = _aberrationFit.IsOpen || converged || _history.Count >= _options.Iterations;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _model.Dispose();
        _wave.Dispose();
        _gradient.Dispose();
        _aberrationFit.Dispose();
    }

    /// <summary>Fits the size of the start's scattered wave, unless it is one to be taken up, and sets the weights by the wave.</summary>
    private void FitStart()
    {
        if (_options.Resume is null)
        {
            _intensity = Math.Min(ScatteredIntensity.Rms(_wave, _grid), _policy.MostAtStart);
            StartSize.Fit(_model, _series, _wave, _states, _cancellationToken);
        }

        _model.FitsBackground = _options.RefineBackground;
        _model.WeightBy(_wave, _states, _cancellationToken);
    }

    private bool RunStage(LimitedMemoryBfgs optimiser, AlignedBuffer x, int iterations)
    {
        TransferFunction[] transfers = SeriesOptics.Transfers(_series, Foci);
        // The margin holds less and less of the specimen the farther it is from the frame.
        double filled = Math.Sqrt((double)_grid.Frame.PixelCount / _grid.Plane.PixelCount);
        ExpectedPowers? powers = null;
        if (_history.Count > 0)
        {
            var information = new SeriesInformation(_grid.Band, transfers, _model.Noise, _options.Threads, _cancellationToken);
            _prior = _prior.FromPosterior(information, _wave, _lowerLimit, filled, cancellationToken: _cancellationToken).Continued(information.Told);
            var steps = ((double)_grid.Plane.Rows / _grid.Frame.Rows, (double)_grid.Plane.Columns / _grid.Frame.Columns);
            powers = ExpectedPowers.Of(_grid.Band, _prior).Local(information, _wave, _prior, _lowerLimit, filled, steps).Mixed(_policy.SmallestShare);
            _model.SetFoci(Foci);
            _states = [.. _states.Select(static s => s with { Dz = 0 })];
            _model.WeightBy(_wave, _states, _cancellationToken);
            _intensity = Math.Min(ScatteredIntensity.Rms(_wave, _grid), 1);
        }

        PriorPowers prior = _prior.Mixed(_policy.SmallestShare);
        double scattered = WaveSpectrum.ScatteredFraction(_wave, _grid.Band) / filled;
        // What the model cannot explain yet counts as noise, lest the prior be overruled by it.
        _model.MisfitScale = Math.Max(1, ReducedChiSquare);
        double[] noise = [.. _model.Noise.Select(v => v * _model.MisfitScale)];
        _unknowns.SetMetric(transfers, noise, prior, _intensity, _options.Threads, powers);
        (_scales, RefinementScales usual) = RefinementScales.Of(_grid, transfers, noise, prior, _model.Microscope.Wavelength);
        _focusEvidence = FocusEvidence.Gradient(_grid, transfers, noise, prior, Math.Min(scattered, 1), _model.Microscope.Wavelength);
        double certainty = 1 / Math.Sqrt(_model.MisfitScale);
        _refineDisplacements = _options.RefineDisplacements && certainty * Math.Max(usual.Column, usual.Row) < _policy.UncertainMove;
        // Foci that follow a wave still far off end in a wrong place.
        _refineFoci = _options.RefineFoci && certainty * usual.Focus < _policy.UncertainFocus && _stage > 0;
        // Of a wave that does not explain the frames yet an envelope tells nothing.
        _aberrationFit.Active = _aberrationFit.Free.Count > 0 && _aberrationFit.IsOpen && _model.MisfitScale < _policy.ExplainedMisfit;
        if (_aberrationFit.Active)
        {
            PrepareAberrations(transfers, noise, prior, Math.Min(scattered, 1));
        }

        x.Span.Clear();
        _unknowns.FromWave(_wave, x.Pointer);
        (_, bool converged) = optimiser.Minimise(x, Evaluate, iterations, _options.Tolerance * Frames, _ => Record(optimiser.Promised / (0.5 * _unknowns.Told)));
        Unpack(x, _trial);
        _unknowns.ToWave(_aberrationFit.Follow(x.Pointer, _unknowns.Length), _wave);
        _trial.CopyTo(_states, 0);
        TakeStep();
        return converged || Settled;
    }

    private double Evaluate(AlignedBuffer x, AlignedBuffer gradient)
    {
        Unpack(x, _trial);
        float* unknowns = _aberrationFit.Follow(x.Pointer, _unknowns.Length);
        _unknowns.ToWave(unknowns, _wave);
        if (_aberrationFit.Active)
        {
            _model.SetStep(_aberrationFit.Step);
        }

        double misfit = _model.Evaluate(_wave, _trial, _gradient, _cancellationToken);
        double penalty = _unknowns.Pull(unknowns, _gradient.Wave, gradient.Pointer);
        penalty += AddFramePrior() + (_aberrationFit.Active ? _aberrationFit.Penalty() : 0);
        Pack(_gradient.Frames, gradient.Pointer + _unknowns.Length);
        new Span<float>(gradient.Pointer + _unknowns.Length + (3 * Frames), AberrationStep.Count).Clear();
        if (_aberrationFit.Active)
        {
            _aberrationFit.Pack(_model.StepGradient(_wave), gradient.Pointer, _unknowns.Length, gradient.Pointer + _unknowns.Length + (3 * Frames));
        }

        return misfit + penalty;
    }

    /// <summary>
    /// The frames' states from the unknowns, which are steps in units of their standard errors. Mean displacement and mean focus are held.
    /// </summary>
    private void Unpack(AlignedBuffer x, FrameState[] target)
    {
        float* p = x.Pointer + _unknowns.Length;
        (double column, double row, double focus) = (0, 0, 0);
        for (int n = 0; n < Frames; n++)
        {
            RefinementScales unit = _scales[n];
            target[n] = new(unit.Column * p[3 * n], unit.Row * p[(3 * n) + 1], unit.Focus * p[(3 * n) + 2]);
            (column, row, focus) = (column + target[n].Dx, row + target[n].Dy, focus + target[n].Dz);
        }

        for (int n = 0; n < Frames; n++)
        {
            FrameState s = _states[n];
            FrameState step = target[n];
            target[n] = new(s.Dx + step.Dx - (column / Frames), s.Dy + step.Dy - (row / Frames), s.Dz + step.Dz - (focus / Frames));
        }

        p += 3 * Frames;
        if (_aberrationFit.Active)
        {
            _aberrationFit.Unpack(p);
        }
    }

    /// <summary>A frame is not far from where the start has it; this matters only where the data say nothing about it.</summary>
    private double AddFramePrior()
    {
        double sum = 0;
        for (int n = 0; n < Frames; n++)
        {
            double expected = _expectedMoves[n];
            double dx = (_trial[n].Dx - _start.Displacements[n].Dx) / expected;
            double dy = (_trial[n].Dy - _start.Displacements[n].Dy) / expected;
            double dz = (_model.Foci[n] + _trial[n].Dz - _series.Foci[n]) / _policy.ExpectedFocusError;
            sum += (0.5 * ((dx * dx) + (dy * dy) + (dz * dz))) + (_focusEvidence[n] * _trial[n].Dz);
            FrameState g = _gradient.Frames[n];
            _gradient.Frames[n] = new(g.Dx + (dx / expected), g.Dy + (dy / expected), g.Dz + (dz / _policy.ExpectedFocusError) + _focusEvidence[n]);
        }

        return sum;
    }

    /// <summary>The gradient by the frames' unknowns, which do not change the means.</summary>
    private void Pack(FrameState[] gradient, float* target)
    {
        double dx = gradient.Average(static g => g.Dx);
        double dy = gradient.Average(static g => g.Dy);
        double dz = gradient.Average(static g => g.Dz);
        double move = _refineDisplacements ? 1 : 0;
        double focus = _refineFoci ? 1 : 0;
        for (int n = 0; n < Frames; n++, target += 3)
        {
            RefinementScales unit = _scales[n];
            target[0] = (float)(move * unit.Column * (gradient[n].Dx - dx));
            target[1] = (float)(move * unit.Row * (gradient[n].Dy - dy));
            target[2] = (float)(focus * unit.Focus * (gradient[n].Dz - dz));
        }
    }

    private bool Record(double misfitLeft)
    {
        double reduced = ReducedChiSquare;
        double move = 0;
        double focus = 0;
        for (int n = 0; n < Frames; n++)
        {
            FrameDisplacement d = _start.Displacements[n];
            move = Math.Max(move, Math.Sqrt(Square(_trial[n].Dx - d.Dx) + Square(_trial[n].Dy - d.Dy)));
            focus = Math.Max(focus, Math.Abs(_model.Foci[n] + _trial[n].Dz - _series.Foci[n]));
        }

        var record = new NonlinearIteration(_history.Count + 1, reduced, move, focus) { MisfitLeft = misfitLeft };
        _history.Add(record);
        _options.AfterState?.Invoke(NonlinearState.Of(_stage, _trial, _model.Foci, _history, _aberrationFit, _wave));
        _progress?.Report(new RunProgress("Nonlinear refinement", Math.Min(_history.Count, MostIterations), MostIterations, record.ToString()));
        return !Settled;
    }

    /// <summary>
    /// Whether iterations have nothing more to give: the misfit that is left is little beside what noise leaves, in several of them and in a stage in which
    /// foci follow, for a wave that is to be kept the last one. Aberrations, which come last, have their own count.
    /// </summary>
    private bool Settled
    {
        get
        {
            (double least, int stage) = KeepsLinear ? (_policy.SettledFrames, 1) : (_policy.Settled, _policy.Stages.Count - 1);
            return _aberrationFit.Free.Count == 0 && _stage >= stage && _history.Count >= _policy.SettledIterations
                && _history.TakeLast(_policy.SettledIterations).All(i => i.MisfitLeft < least);
        }
    }

    private void TakeUp(NonlinearState state)
    {
        state.CopyWave(_wave, Frames);
        _aberrationFit.IsOpen = state.History.Count >= _options.Iterations || state.Taken.Any(static v => v != 0);
        if (_aberrationFit.Free.Count > 0)
        {
            var taken = new AberrationStep([.. state.Taken]);
            var step = new AberrationStep([.. state.Step]);
            Change(taken);
            _aberrationFit.Take(taken);
            state.CopyWave(_wave, Frames);
            Change(step);
            _aberrationFit.Take(step);
            _model.SetFoci([.. state.Foci.Select(z => z + step.Focus)]);
        }
        else
        {
            _model.SetFoci(state.Foci);
        }

        _states = [.. state.Displacements.Select(static d => new FrameState(d.Dx, d.Dy, 0))];
        _history.AddRange(state.History);
    }

    /// <summary>What the iterations came to.</summary>
    private RefinedWave Result()
    {
        IReadOnlyList<AberrationUncertainty> aberrations = ChooseAberrations();
        _model.Simulate(_wave, _states, static (_, _) => { }, _cancellationToken);
        double[] chi = [.. _model.ChiSquares.Select((c, n) => c * _inflation[n] / _series.Calibration.PixelCount)];
        float scale = (float)Math.Sqrt(Enumerable.Range(0, Frames).Where(n => !_outliers[n]).Average(n => _model.Scales[n] / (1 - _model.Backgrounds[n])));
        var inside = new FrequencyBand(0, _series.Parameters.Linear.Limit);
        using ComplexPlane corrected = _grid.Band.CreateSpectrum();
        corrected.CopyFrom(_wave);
        _aberrations.Remove(corrected, _grid.Band);
        FocalSeries series = _series.WithFoci(Foci);
        ExitWave wave = _grid.Cut(WaveSpectrum.ToWave(corrected, _grid.Band, _grid.Plane, inside), scale);
        (ExpectedPowers used, ExpectedPowers shown) = Powers(series, wave);
        return new RefinedWave
        {
            Aligned = new AlignedSeries(
                series, [.. _states.Select((s, n) => new FrameDisplacement(series.ImageNumbers[n], s.Dx, s.Dy))]),
            Statistics = new WienerSolution(
                wave,
                _prior,
                used,
                shown,
                _model.Noise,
                _outliers)
            {
                OwnNoise = [.. _model.Noise.Zip(_inflation, static (v, i) => v / i)],
            },
            Aberrations = aberrations,
            History = [.. _history],
            ChiSquares = chi,
            Backgrounds = _options.RefineBackground ? [.. _model.Backgrounds] : null,
            FocusNodes = _model.NodeCount,
            FocusNodesError = _nodesError,
        };
    }

    /// <summary>The powers about each frequency of the frame that the last stage expected, and those that the wave shows.</summary>
    private (ExpectedPowers Used, ExpectedPowers Shown) Powers(FocalSeries series, ExitWave wave)
    {
        WaveBand band = SeriesOptics.Band(series);
        using ComplexPlane spectrum = WaveSpectrum.FromWave(wave, band);
        WaveSpectrum.DivideByMean(spectrum, band);
        var information = new SeriesInformation(band, SeriesOptics.Transfers(series, series.Foci), _model.Noise, _options.Threads, _cancellationToken);
        ExpectedPowers shown = ExpectedPowers.Of(band, _prior).Local(information, spectrum, _prior, _lowerLimit, 1, (1, 1));
        return (shown.Mixed(_policy.SmallestShare), shown);
    }

    private static double Square(double value) => value * value;
}
