using FsRec.Fourier;
using FsRec.ImageModel;

namespace FsRec.Refinement;

// How the loop is stopped between two iterations, and goes on.
internal sealed unsafe partial class NonlinearLoop
{
    // Of the optimiser, above which a stage is begun anew: a stop has no time to write more.
    private const long MostBytes = 96 << 20;

    private RefinementState? _began;

    private IEnumerable<(double Dx, double Dy)> StartPlaces => _setup.Start.Displacements.Select(static d => (d.Dx, d.Dy));

    /// <summary>Whether a state is of this start and of the iterations that are asked for.</summary>
    private bool Fits(RefinementState state)
    {
        long wave = 2L * _wave.Rows * _wave.Columns;
        return state.Iterations == Options.Iterations && state.Tolerance.Equals(Options.Tolerance) && state.Foci.Count == _setup.Frames && state.Wave.Length == wave
            && state.Start.SequenceEqual(StartPlaces);
    }

    /// <summary>Puts the loop to where a stage began.</summary>
    private void Restore(RefinementState state)
    {
        _state = _state with { History = [.. state.History.Take(state.Before)] };
        Aberrations.IsOpen = state.AberrationsOpen;
        if (state.Stage == 0)
        {
            // The first stage begins where every refinement does.
            return;
        }

        foreach (double[] values in state.LensSteps)
        {
            _lens.Take(new AberrationStep([.. values]), Foci);
        }

        _wave.SetInterleaved(state.Wave);
        _model.SetFoci(state.Foci);
        _state = _state with { Prior = state.Prior, Frames = [.. state.Displacements.Select(static d => new FrameState(d.Dx, d.Dy, 0))] };
        _model.FitsBackground = Options.RefineBackground;
        _model.WeightAgain(_wave, _state.Frames, state.WeightScales, state.WeightBackgrounds, _cancellationToken);
    }

    /// <summary>Remembers how a stage begins, for who keeps the state, and takes the iterations up that were made in it.</summary>
    private void BeginStage(RefinementState? resume)
    {
        if (Options.AfterState is not null)
        {
            _began = new RefinementState
            {
                Iterations = Options.Iterations,
                Tolerance = Options.Tolerance,
                Stage = _state.Stage,
                Before = _state.History.Count,
                History = _state.History,
                AberrationsOpen = Aberrations.IsOpen,
                LensSteps = _lens.Steps,
                Start = [.. StartPlaces],
                Displacements = [.. _state.Frames.Select(static s => (s.Dx, s.Dy))],
                Foci = [.. _model.Foci],
                Prior = _state.Prior,
                WeightScales = [.. _model.WeightScales],
                WeightBackgrounds = [.. _model.WeightBackgrounds],
                ChiSquares = [.. _model.ChiSquares],
                Wave = _wave.ToInterleaved(),
            };
        }

        if (resume is { Optimiser: not null })
        {
            _state = _state with { History = resume.History };
            resume.ChiSquares.CopyTo(_model.ChiSquares, 0);
        }
        else if (_began is { } began)
        {
            Options.AfterState?.Invoke(() => began, true);
        }
    }

    private bool Minimise(LimitedMemoryBfgs optimiser, AlignedBuffer x, int iterations, OptimiserState? resume)
    {
        int done = resume?.Iteration ?? 0;
        try
        {
            (_, bool converged) = optimiser.Minimise(
                x,
                Evaluate,
                iterations,
                Options.Tolerance * _setup.Frames,
                _ =>
                {
                    done++;
                    return Record(optimiser.Promised / (0.5 * _unknowns.Told));
                },
                resume,
                () => Options.AfterState?.Invoke(() => State(optimiser, x, null), false));
            Options.AfterState?.Invoke(() => State(optimiser, x, converged), true);
            return converged;
        }
        catch (OperationCanceledException) when (done > 0)
        {
            Options.AfterState?.Invoke(() => State(optimiser, x, null), true);
            throw;
        }
    }

    private RefinementState State(LimitedMemoryBfgs optimiser, AlignedBuffer x, bool? ended)
    {
        bool small = ended is not null || 22L * optimiser.Room * sizeof(float) <= MostBytes;
        return small
            ? _began! with { History = _state.History, ChiSquares = [.. _model.ChiSquares], Optimiser = optimiser.Save(x, ended) }
            : _began!;
    }
}
