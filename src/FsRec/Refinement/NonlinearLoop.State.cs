using FsRec.Fourier;
using FsRec.ImageModel;

namespace FsRec.Refinement;

// How the loop is stopped between two iterations, and goes on.
internal sealed unsafe partial class NonlinearLoop
{
    // Of the optimiser, above which a stage is begun anew: a stop has no time to write more.
    private const long MostBytes = 96 << 20;

    private readonly List<double[]> _lensSteps = [];
    private RefinementState? _stageState;

    private IEnumerable<(double Dx, double Dy)> StartPlaces => _start.Displacements.Select(static d => (d.Dx, d.Dy));

    /// <summary>Whether a state is of this start and of the iterations that are asked for.</summary>
    private bool Fits(RefinementState state)
    {
        long wave = 2L * _wave.Rows * _wave.Columns;
        return state.Iterations == _options.Iterations && state.Tolerance.Equals(_options.Tolerance) && state.Foci.Count == Frames && state.Wave.Length == wave
            && state.Start.SequenceEqual(StartPlaces);
    }

    /// <summary>Puts the loop to where a stage began.</summary>
    private void Restore(RefinementState state)
    {
        _history.Clear();
        _history.AddRange(state.History.Take(state.Before));
        _aberrationFit.IsOpen = state.AberrationsOpen;
        if (state.Stage == 0)
        {
            // The first stage begins where every refinement does.
            return;
        }

        foreach (double[] values in state.LensSteps)
        {
            var step = new AberrationStep([.. values]);
            Change(step);
            _aberrationFit.Take(step);
        }

        CopyTo(state.Wave, _wave);
        _prior = state.Prior;
        _model.SetFoci(state.Foci);
        _states = [.. state.Displacements.Select(static d => new FrameState(d.Dx, d.Dy, 0))];
        _model.FitsBackground = _options.RefineBackground;
        _model.WeightAgain(_wave, _states, state.WeightScales, state.WeightBackgrounds, _cancellationToken);
    }

    /// <summary>Remembers how a stage begins, for who keeps the state, and takes the iterations up that were made in it.</summary>
    private void BeginStage(RefinementState? resume)
    {
        if (_options.AfterState is not null)
        {
            _stageState = new RefinementState
            {
                Iterations = _options.Iterations,
                Tolerance = _options.Tolerance,
                Stage = _stage,
                Before = _history.Count,
                History = [.. _history],
                AberrationsOpen = _aberrationFit.IsOpen,
                LensSteps = [.. _lensSteps],
                Start = [.. StartPlaces],
                Displacements = [.. _states.Select(static s => (s.Dx, s.Dy))],
                Foci = [.. _model.Foci],
                Prior = _prior,
                WeightScales = [.. _model.WeightScales],
                WeightBackgrounds = [.. _model.WeightBackgrounds],
                ChiSquares = [.. _model.ChiSquares],
                Wave = _wave.ToInterleaved(),
            };
        }

        if (resume is { Optimiser: not null })
        {
            _history.AddRange(resume.History.Skip(resume.Before));
            resume.ChiSquares.CopyTo(_model.ChiSquares, 0);
        }
        else if (_stageState is { } began)
        {
            _options.AfterState?.Invoke(() => began, true);
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
                _options.Tolerance * Frames,
                _ =>
                {
                    done++;
                    return Record(optimiser.Promised / (0.5 * _unknowns.Told));
                },
                resume,
                () => _options.AfterState?.Invoke(() => State(optimiser, x, null), false));
            _options.AfterState?.Invoke(() => State(optimiser, x, converged), true);
            return converged;
        }
        catch (OperationCanceledException) when (done > 0)
        {
            _options.AfterState?.Invoke(() => State(optimiser, x, null), true);
            throw;
        }
    }

    private RefinementState State(LimitedMemoryBfgs optimiser, AlignedBuffer x, bool? ended)
    {
        bool small = ended is not null || 22L * optimiser.Room * sizeof(float) <= MostBytes;
        return small
            ? _stageState! with { History = [.. _history], ChiSquares = [.. _model.ChiSquares], Optimiser = optimiser.Save(x, ended) }
            : _stageState!;
    }

    private static void CopyTo(float[] interleaved, ComplexPlane plane)
    {
        for (int row = 0, i = 0; row < plane.Rows; row++)
        {
            for (int column = 0; column < plane.Columns; column++, i += 2)
            {
                plane[row, column] = (interleaved[i], interleaved[i + 1]);
            }
        }
    }
}
