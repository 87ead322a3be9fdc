using FsRec.Fourier;
using FsRec.ImageModel;
using FsRec.Optics;
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
    private readonly RefinementSetup _setup;
    private readonly IProgress<RunProgress>? _progress;
    private readonly CancellationToken _cancellationToken;
    private readonly NonlinearModel _model;
    private readonly WaveUnknowns _unknowns;
    private readonly FrameUnknowns _frames;
    private readonly ComplexPlane _wave;
    private readonly ModelGradient _gradient;
    private readonly LensRefinement _lens;
    // For a wave that is to be kept: misfits that are compared hardly change along them.
    private readonly LocalPhase? _phases;
    private LoopState _state;
    private int _stageEnd;

    /// <summary>Prepares the refinement: a Wiener restoration at the start's displacements, and the model.</summary>
    public NonlinearLoop(AlignedSeries start, NonlinearOptions options, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        (_progress, _cancellationToken) = (progress, cancellationToken);
        _setup = RefinementSetup.Of(start, options, progress, cancellationToken);
        _model = _setup.CreateModel();
        WaveBand band = _setup.Grid.Band;
        _unknowns = new WaveUnknowns(band);
        _frames = new FrameUnknowns(_setup, _model);
        _gradient = new ModelGradient(band, _setup.Frames);
        _wave = WaveSpectrum.FromWave(_setup.Grid.Extend(options.InitialWave ?? _setup.Wiener.Wave), band);
        _lens = new LensRefinement(_setup, _model, _wave);
        _lens.Azimuthal.Apply(_wave, band);
        WaveSpectrum.DivideByMean(_wave, band);
        FrameState[] frames = [.. _setup.Start.Displacements.Select(static d => new FrameState(d.Dx, d.Dy, 0))];
        SeriesStatistics onFrames = _setup.Wiener.Statistics with { Band = SeriesOptics.Band(_setup.Series) };
        StartBias = LinearBias.Of(_model, _wave, frames, _setup.Start, onFrames, options.Threads, cancellationToken);
        KeepsLinear = options.KeepLinearWhereBetter && !_setup.FitsAberrations && StartBias < _setup.Policy.BiasWorthRemoving;
        _phases = KeepsLinear || options.EnoughLeft > 0 ? null : new LocalPhase(_unknowns, _setup.Grid);
        _state = new LoopState { Stage = 0, Frames = frames, Prior = _setup.Wiener.Prior, History = [] };
        if (options.Resume is { } state)
        {
            TakeUp(state);
        }
    }

    /// <summary>
    /// Mean square error that the linear theory makes of the start's wave, over that which noise and prior leave: known before anything is
    /// refined.
    /// </summary>
    public double StartBias { get; }

    /// <summary>Whether the linear estimate is the better one, so that only displacements and foci are refined.</summary>
    public bool KeepsLinear { get; }

    private NonlinearOptions Options => _setup.Options;

    private AberrationRefinement Aberrations => _lens.Fit;

    /// <summary>Iterations of wave, displacements and foci alone.</summary>
    private int WithoutAberrations => !KeepsLinear ? Aberrations.Free.Count > 0 ? Usual : Options.Iterations
        : Options.RefineDisplacements || Options.RefineFoci ? Math.Min(Options.Iterations, _setup.Policy.FrameIterations) : 0;

    /// <summary>As many as most refinements take.</summary>
    private int Usual => Math.Min(Options.Iterations, _setup.Policy.Usual);

    /// <summary>Aberrations are fitted after the iterations of wave, displacements and foci alone, in twice as many.</summary>
    private int MostIterations => Aberrations.Free.Count > 0 ? _setup.Policy.AberrationShare * Usual : WithoutAberrations;

    private IReadOnlyList<double> Foci => [.. _model.Foci.Zip(_state.Frames, static (z, s) => z + s.Dz)];

    /// <summary>Runs the stages for their history alone: what a wave is kept with, its errors and its powers, is not made.</summary>
    public IReadOnlyList<NonlinearIteration> Fit()
    {
        Iterate();
        return _state.History;
    }

    /// <summary>Runs the stages.</summary>
    public RefinedWave Run()
    {
        Iterate();
        return Result();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _model.Dispose();
        _wave.Dispose();
        _gradient.Dispose();
        _lens.Dispose();
        _phases?.Dispose();
    }

    private void Iterate()
    {
        RefinementState? resume = Options.Continue is { } found && Fits(found) ? found : null;
        if (resume is not null)
        {
            Restore(resume);
        }

        if (resume is not { Stage: > 0 })
        {
            FitStart();
        }

        using var optimiser = new LimitedMemoryBfgs(_unknowns.Length + (FrameUnknowns.PerFrame * _setup.Frames) + AberrationStep.Count);
        using var x = new AlignedBuffer(optimiser.Room);
        for (int stage = resume?.Stage ?? Options.Resume?.Stage ?? 0; _state.History.Count < MostIterations; stage++)
        {
            _state = _state with { Stage = stage };
            int most = Aberrations.IsOpen ? MostIterations : WithoutAberrations;
            int iterations = Math.Min(_setup.Policy.Stages[Math.Min(stage, _setup.Policy.Stages.Count - 1)], most - _state.History.Count);
            _stageEnd = _state.History.Count + iterations;
            bool converged = RunStage(optimiser, x, iterations, resume) && stage > 0;
            resume = null;
            bool enough = converged || (!KeepsLinear && _setup.Policy.IsEnough(_state.History));
            if (Aberrations.Free.Count == 0 ? enough : converged && Aberrations.IsOpen)
            {
                break;
            }

            // An aberration fitted with a wave that is still on its way makes up for what the wave lacks.
            Aberrations.IsOpen = Aberrations.IsOpen || converged || _state.History.Count >= Usual;
        }
    }

    /// <summary>Fits the size of the start's scattered wave, unless it is one to be taken up, and sets the weights by the wave.</summary>
    private void FitStart()
    {
        if (Options.Resume is null)
        {
            _state = _state with { Intensity = Math.Min(ScatteredIntensity.Rms(_wave, _setup.Grid), _setup.Policy.MostAtStart) };
            StartSize.Fit(_model, _lens.Series, _wave, _state.Frames, _cancellationToken);
        }

        _model.FitsBackground = Options.RefineBackground;
        _model.WeightBy(_wave, _state.Frames, _cancellationToken);
    }

    private bool RunStage(LimitedMemoryBfgs optimiser, AlignedBuffer x, int iterations, RefinementState? resume)
    {
        SeriesStatistics statistics = Statistics(_setup.Grid.Band);
        if (_state.History.Count > 0)
        {
            Renew(statistics, restored: resume is not null);
        }

        _model.MisfitScale = Math.Max(1, _setup.ReducedChiSquare(_model));
        RefinementStage stage = RefinementStage.Of(_setup, _model, _state, statistics, _wave);
        _unknowns.SetMetric(stage.Statistics, _state.Intensity, Options.Threads, _state.Powers);
        _lens.Prepare(stage, _unknowns, _cancellationToken);
        _frames.Begin(stage, _state.Frames);
        x.Span.Clear();
        _unknowns.FromWave(_wave, x.Pointer);
        if (_phases is not null)
        {
            _phases.Set(_wave, _setup.LowerLimit);
            optimiser.Phases = _phases;
        }

        BeginStage(resume);
        bool converged = Minimise(optimiser, x, iterations, resume?.Optimiser);
        Unpack(x);
        _unknowns.ToWave(Aberrations.Follow(x.Pointer, _unknowns.Length), _wave);
        _state = _state with { Frames = [.. _frames.Tried] };
        _lens.TakeStep(Foci);
        return converged || Settled;
    }

    /// <summary>The statistics at the present foci, with the prior as it stands.</summary>
    private SeriesStatistics Statistics(WaveBand band)
    {
        IReadOnlyList<double> foci = Foci;
        return _setup.Wiener.Statistics with
        {
            Band = band,
            Microscope = _model.Microscope,
            Foci = foci,
            Transfers = SeriesOptics.Transfers(_lens.Series, foci),
            Prior = _state.Prior,
        };
    }

    /// <summary>Prior powers as the wave shows them, the image model at the foci found, and weights by the wave.</summary>
    /// <param name="statistics">The statistics at the present foci, on the grid of the wave.</param>
    /// <param name="restored">Whether powers, image model and weights have been restored.</param>
    private void Renew(SeriesStatistics statistics, bool restored)
    {
        ModelGrid grid = _setup.Grid;
        SeriesInformation information = statistics.Information(Options.Threads, _cancellationToken);
        PriorPowers prior = restored ? _state.Prior : _state.Prior
            .FromPosterior(information, _wave, _setup.LowerLimit, _setup.Filled, cancellationToken: _cancellationToken)
            .Continued(information.Told);
        var steps = ((double)grid.Plane.Rows / grid.Frame.Rows, (double)grid.Plane.Columns / grid.Frame.Columns);
        _state = _state with
        {
            Prior = prior,
            Powers = ExpectedPowers.Of(grid.Band, prior)
                .Local(information, _wave, prior, _setup.LowerLimit, _setup.Filled, steps)
                .Mixed(_setup.Policy.SmallestShare),
            Frames = [.. _state.Frames.Select(static s => s with { Dz = 0 })],
        };
        if (!restored)
        {
            _model.SetFoci(statistics.Foci);
            _model.WeightBy(_wave, _state.Frames, _cancellationToken);
        }

        _state = _state with { Intensity = Math.Min(ScatteredIntensity.Rms(_wave, grid), 1) };
    }

    private double Evaluate(AlignedBuffer x, AlignedBuffer gradient)
    {
        Unpack(x);
        float* unknowns = Aberrations.Follow(x.Pointer, _unknowns.Length);
        _unknowns.ToWave(unknowns, _wave);
        if (Aberrations.Active)
        {
            _model.SetStep(Aberrations.Step);
        }

        double misfit = _model.Evaluate(_wave, _frames.Tried, _gradient, _cancellationToken);
        double penalty = _unknowns.Pull(unknowns, _gradient.Wave, gradient.Pointer);
        penalty += _frames.AddPrior(_gradient.Frames) + (Aberrations.Active ? Aberrations.Penalty() : 0);
        float* byFrames = gradient.Pointer + _unknowns.Length;
        float* byLens = byFrames + (FrameUnknowns.PerFrame * _setup.Frames);
        _frames.Pack(_gradient.Frames, byFrames);
        new Span<float>(byLens, AberrationStep.Count).Clear();
        if (Aberrations.Active)
        {
            Aberrations.Pack(_model.StepGradient(_wave), gradient.Pointer, _unknowns.Length, byLens);
        }

        return misfit + penalty;
    }

    private void Unpack(AlignedBuffer x)
    {
        float* frames = x.Pointer + _unknowns.Length;
        _frames.Unpack(frames);
        if (Aberrations.Active)
        {
            Aberrations.Unpack(frames + (FrameUnknowns.PerFrame * _setup.Frames));
        }
    }

    private bool Record(double misfitLeft)
    {
        (double move, double focus) = _frames.FromStart();
        var record = new NonlinearIteration(_state.History.Count + 1, _setup.ReducedChiSquare(_model), move, focus)
        {
            MisfitLeft = misfitLeft,
            // The unknowns are those of the grid, of which only the frame's part is seen.
            Told = _unknowns.ToldByModel * _setup.Grid.Frame.PixelCount / _setup.Grid.Plane.PixelCount,
        };
        _state = _state with { History = [.. _state.History, record] };
        int planned = Aberrations.Free.Count > 0 ? MostIterations : Math.Max(Math.Min(Usual, MostIterations), _stageEnd);
        _progress?.Report(new RunProgress("Nonlinear refinement", Math.Min(_state.History.Count, planned), planned, record.ToString())
        {
            Iteration = new IterationFigures(null, record.ReducedChiSquare, record.LargestMove),
        });
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
            NonlinearPolicy policy = _setup.Policy;
            (double least, int stage) = KeepsLinear ? (policy.SettledFrames, 1) : (Math.Max(policy.Settled, Options.EnoughLeft), policy.Stages.Count - 1);
            return Aberrations.Free.Count == 0 && _state.Stage >= stage && policy.HasSettled(_state.History, least);
        }
    }

    private void TakeUp(NonlinearState state)
    {
        state.CopyWave(_wave, _setup.Frames);
        Aberrations.IsOpen = state.History.Count >= Usual || state.Taken.Any(static v => v != 0);
        if (Aberrations.Free.Count > 0)
        {
            var step = new AberrationStep([.. state.Step]);
            _lens.Take(new AberrationStep([.. state.Taken]), _model.Foci);
            state.CopyWave(_wave, _setup.Frames);
            _lens.Take(step, _model.Foci);
            _model.SetFoci([.. state.Foci.Select(z => z + step.Focus)]);
        }
        else
        {
            _model.SetFoci(state.Foci);
        }

        _state = _state with
        {
            Stage = state.Stage,
            Frames = [.. state.Displacements.Select(static d => new FrameState(d.Dx, d.Dy, 0))],
            History = [.. state.History],
        };
    }

    /// <summary>What the iterations came to.</summary>
    private RefinedWave Result()
    {
        IReadOnlyList<AberrationUncertainty> aberrations = ChooseAberrations();
        _model.Simulate(_wave, _state.Frames, static (_, _) => { }, _cancellationToken);
        WienerSolution start = _setup.Wiener;
        double[] chi = [.. Enumerable.Range(0, _setup.Frames).Select(ChiSquare)];
        float scale = (float)Math.Sqrt(Enumerable.Range(0, _setup.Frames).Where(n => !start.Outliers[n]).Average(n => _model.Scales[n] / (1 - _model.Backgrounds[n])));
        FocalSeries series = _lens.Series.WithFoci(Foci);
        var inside = new FrequencyBand(0, series.Parameters.Linear.Limit);
        using ComplexPlane corrected = _setup.Grid.Band.CreateSpectrum();
        corrected.CopyFrom(_wave);
        _lens.Azimuthal.Remove(corrected, _setup.Grid.Band);
        ExitWave wave = _setup.Grid.Cut(WaveSpectrum.ToWave(corrected, _setup.Grid.Band, _setup.Grid.Plane, inside), scale);
        SeriesStatistics statistics = Statistics(SeriesOptics.Band(series)) with { LowerLimit = SeriesOptics.LowerLimit(series) };
        (ExpectedPowers used, ExpectedPowers shown) = Powers(statistics, wave);
        return new RefinedWave
        {
            Aligned = new AlignedSeries(
                series, [.. _state.Frames.Select((s, n) => new FrameDisplacement(series.ImageNumbers[n], s.Dx, s.Dy))])
            {
                Apart = _setup.Start.Apart,
                Members = _setup.Start.Members,
            },
            Statistics = new WienerSolution(wave, statistics, used, shown, start.Outliers) { OwnNoise = start.OwnNoise },
            Aberrations = aberrations,
            History = _state.History,
            ChiSquares = chi,
            Backgrounds = Options.RefineBackground ? [.. _model.Backgrounds] : null,
            FocusNodes = _model.NodeCount,
            FocusNodesError = _setup.NodesError,
        };
    }

    /// <summary>The powers about each frequency of the frame that the last stage expected, and those that the wave shows.</summary>
    private (ExpectedPowers Used, ExpectedPowers Shown) Powers(SeriesStatistics statistics, ExitWave wave)
    {
        using ComplexPlane spectrum = WaveSpectrum.FromWave(wave, statistics.Band);
        WaveSpectrum.DivideByMean(spectrum, statistics.Band);
        ExpectedPowers shown = ExpectedPowers.Of(statistics.Band, statistics.Prior)
            .Local(statistics.Information(Options.Threads, _cancellationToken), spectrum, statistics.Prior, _setup.LowerLimit, 1, (1, 1));
        return (shown.Mixed(_setup.Policy.SmallestShare), shown);
    }

    /// <summary>Puts the lens to what the data support, what the fit is off by itself taken off.</summary>
    private IReadOnlyList<AberrationUncertainty> ChooseAberrations()
    {
        if (Aberrations.Free.Count == 0)
        {
            return [];
        }

        AberrationStep bias = Aberrations.Taken.Values.All(static v => v == 0) ? AberrationStep.None : Bias();
        return _lens.Choose(Statistics(SeriesOptics.Band(_lens.Series)), bias, _cancellationToken);
    }

    private AberrationStep Bias()
    {
        (AlignedSeries start, NonlinearOptions options) = AberrationBias.Trial(
            _setup,
            _model,
            _lens.Series.WithFoci(Foci),
            NonlinearState.Of(_state.Stage, _state.Frames, _model.Foci, _state.History, Aberrations, _wave),
            images => _model.Simulate(_wave, _state.Frames, images, _cancellationToken));
        IProgress<RunProgress>? progress = _progress is null ? null : new NamedProgress(_progress, "Bias of the aberrations");
        using var loop = new NonlinearLoop(start, options, progress, _cancellationToken);
        loop.Iterate();
        return loop.Aberrations.Taken;
    }
}
