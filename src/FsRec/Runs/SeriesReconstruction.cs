using FsRec.Alignment;
using FsRec.Reconstructions;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Series;

namespace FsRec.Runs;

/// <summary>
/// The way from a series to its wave, one for runs, sweeps and cmdlets: whether frames are aligned first, where to go on from, whether a state is
/// kept or taken up, and what there is to warn of.
/// </summary>
/// <param name="context">Progress, messages, threads, cancellation.</param>
/// <param name="prealign">The pre-alignment, where runs share one; <see langword="null"/> for one of its own.</param>
public sealed class SeriesReconstruction(RunContext context, Func<FocalSeries, RunContext, PrealignmentResult>? prealign = null)
{
    private readonly RunContext _context = context.WithoutRepeats();

    /// <summary>The pre-alignment; <see langword="null"/> where there was none.</summary>
    public PrealignmentResult? Prealignment { get; private set; }

    /// <summary>The state that is kept until the results are whole; <see langword="null"/> where none is.</summary>
    public Checkpoint? State { get; private set; }

    /// <summary>Finds the displacements of a series before there is a wave, and warns of those that are not certain.</summary>
    /// <param name="series">The series.</param>
    /// <exception cref="AlignmentException">A frame drifts over the frame's edge.</exception>
    public PrealignmentResult Prealign(FocalSeries series)
    {
        PrealignmentResult result = Find(series);
        _context.Warn(RunWarnings.Of(result));
        return result;
    }

    /// <summary>The series as a reconstruction starts from it: pre-aligned, or unmoved where Prealignment is off.</summary>
    /// <param name="series">The series.</param>
    /// <exception cref="AlignmentException">A frame drifts over the frame's edge.</exception>
    public AlignedSeries Align(FocalSeries series) =>
        series.Parameters.Alignment.Prealignment ? Prealign(series).Aligned : AlignedSeries.Unmoved(series);

    /// <summary>Leaves out every k-th frame, reconstructs from the others, and predicts what was left out.</summary>
    /// <param name="start">The series, and what there is of displacements.</param>
    /// <param name="every">k, 2 or more.</param>
    /// <param name="options">Method, iterations, threads.</param>
    /// <returns>The aligned series and the predicted frames.</returns>
    /// <exception cref="FsRecException">The series cannot be reconstructed, no frame is left out, or fewer than two are kept.</exception>
    public (AlignedSeries Aligned, CrossValidationResult Result) CrossValidate(ReconstructionStart start, int every, ReconstructionOptions options)
    {
        RunRequest.RequireIterations(start.Series.Parameters, options.Iterations, options.Method, hasWave: false, context.Names);
        AlignedSeries aligned = start.Aligned ?? Align(start.Series.WithRestoration(options.Method));
        CrossValidationResult result = CrossValidation.Run(aligned, every, options, context.Progress, context.CancellationToken);
        context.Warn(RunWarnings.Of(result));
        return (aligned, result);
    }

    /// <summary>Reconstructs a series.</summary>
    /// <param name="start">The series, and what there is of displacements and a wave to go on from.</param>
    /// <param name="options">Method, iterations, threads, callbacks.</param>
    /// <param name="state">What becomes of the state.</param>
    /// <returns>The reconstruction and what came before it.</returns>
    /// <exception cref="FsRecException">The series cannot be reconstructed, or the state is of another run.</exception>
    public RestorationResult Run(ReconstructionStart start, ReconstructionOptions options, StateUse state = StateUse.None)
    {
        RunRequest.RequireIterations(start.Series.Parameters, options.Iterations, options.Method, start.Wave is not null, _context.Names);
        FocalSeries series = start.Series.WithRestoration(options.Method);
        series.SourceHashes?.MakeBeside(_context.Threads, _context.CancellationToken);
        try
        {
            return Run(series, start, options, state);
        }
        catch
        {
            series.SourceHashes?.End();
            throw;
        }
    }

    private RestorationResult Run(FocalSeries series, ReconstructionStart start, ReconstructionOptions options, StateUse state)
    {
        State = state == StateUse.None ? null : new Checkpoint(series, state, _context, start.IsFromFiles);
        bool judgedAgain = series.Parameters.Restoration.Method == Parameters.RestorationMethod.Nonlinear;
        AlignedSeries aligned = State?.Start ?? start.Aligned ?? (series.Parameters.Alignment.Prealignment ? Find(series).Aligned : AlignedSeries.Unmoved(series));
        if (Prealignment is not null)
        {
            // What the linear theory says of frames that do not belong, the full image may see otherwise.
            RunMessage[] warnings = [.. RunWarnings.Of(Prealignment).Where(w => !judgedAgain || w.Id is not (WarningIds.OutlierImage or WarningIds.FocusDoubtful))];
            _context.Warn(warnings);
            State?.Keep(warnings);
        }

        RestorationResult result = State is null
            ? WaveReconstruction.Run(aligned, start.Wave, options, _context.Progress, _context.CancellationToken)
            : State.Run(aligned, start.Wave, options);
        Reconstruction iterated = result.Linear ?? result.Reconstruction;
        RunAdvice.OfDrift(iterated.Aligned, _context);
        if (iterated.NonlinearHistory.Count == 0)
        {
            RunAdvice.OfConvergence(iterated, _context);
        }

        if (result.Nonlinear is { } refined)
        {
            RunAdvice.OfConvergence(refined, _context);
        }

        if (judgedAgain && Prealignment is not null)
        {
            _context.Warn(RunWarnings.OfFoci(Prealignment.DoubtfulFoci, result.Reconstruction.Series));
        }

        _context.Warn(RunWarnings.Of(result));
        if (MisfitWarning.Hint(result.Reconstruction, _context.Names) is { } hint)
        {
            _context.Tell(hint);
        }

        return result;
    }

    private PrealignmentResult Find(FocalSeries series)
    {
        // Before the work, which takes many times as long at wrong foci.
        RunAdvice.OfFoci(series, _context);
        return Prealignment = prealign is not null
            ? prealign(series, _context)
            : FsRec.Alignment.Prealignment.Run(series, _context.Threads, _context.Progress, _context.CancellationToken);
    }
}
