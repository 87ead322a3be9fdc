using System.Collections.Concurrent;
using System.Diagnostics;
using FsRec.Alignment;
using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Runs;

/// <summary>
/// A parameter file's run from end to end, as PyFSRec's main program does it: frames in, exit wave and displacements out, or one of the
/// modes that analyse and correct an earlier output.
/// </summary>
public static class ReconstructionRun
{
    /// <summary>Runs what parameters and options describe and writes the results.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="options">What to do with them.</param>
    /// <param name="context">Progress, messages, threads, cancellation.</param>
    /// <returns>The results and the files written.</returns>
    /// <exception cref="FsRecException">Frames, earlier results or alignment are not what they must be.</exception>
    public static RunResult Run(ReconstructionParameters parameters, RunOptions options, RunContext context)
    {
        var watch = Stopwatch.StartNew();
        return Journaled(parameters, options, context, told =>
        {
            RunRequest.Require(parameters, options, told.Names);
            RequireMemory(parameters, options, told);
            return Run(SeriesReader.Open(parameters), options, told, watch);
        });
    }

    /// <summary>Runs a series that is opened already, and writes the results where its parameters say.</summary>
    /// <param name="series">The series.</param>
    /// <param name="options">What to do with it.</param>
    /// <param name="context">Progress, messages, threads, cancellation.</param>
    /// <returns>The results and the files written.</returns>
    /// <exception cref="FsRecException">Frames, earlier results or alignment are not what they must be.</exception>
    public static RunResult Run(FocalSeries series, RunOptions options, RunContext context)
    {
        var watch = Stopwatch.StartNew();
        return Journaled(series.Parameters, options, context, told => Run(series, options, told, watch));
    }

    private static RunResult Run(FocalSeries series, RunOptions options, RunContext context, Stopwatch watch)
    {
        RunRequest.Require(series.Parameters, options, context.Names);
        RequireMemory(series.Parameters, options, context);
        context.Accepted?.Invoke();
        foreach (string note in series.Source?.Notes ?? [])
        {
            context.Tell(note);
        }

        if (!WorksOnSpectra(series, options))
        {
            series.Load(context.Threads, context.Progress, context.CancellationToken);
        }

        context.Tell(series.ToString());
        return Run(series, options, context, null, watch);
    }

    /// <summary>Runs with frames that are read already, and a pre-alignment that other runs may share.</summary>
    internal static RunResult Run(
        FocalSeries series, RunOptions options, RunContext context, Func<FocalSeries, RunContext, PrealignmentResult> prealign)
    {
        var watch = Stopwatch.StartNew();
        return Journaled(series.Parameters, options, context, told => Run(series, options, told, prealign, watch));
    }

    private static RunResult Journaled(ReconstructionParameters parameters, RunOptions options, RunContext context, Func<RunContext, RunResult> run)
    {
        RunJournal journal = context.Journal ?? new RunJournal(context);
        journal.Begin(parameters, options.CommandText);
        try
        {
            RunResult result = run(context.Journal is null ? journal.Context : context);
            journal.End(result.Record!);
            return result;
        }
        catch (FsRecException e)
        {
            journal.Fail(new RecordedFailure(e.Id, e.Message), findings: (e as ParameterException)?.Findings);
            throw;
        }
        catch (OperationCanceledException)
        {
            journal.Fail(new RecordedFailure("Interrupted", "The run was stopped."), RunOutcome.Interrupted);
            throw;
        }
    }

    private static RunResult Run(
        FocalSeries series, RunOptions options, RunContext context, Func<FocalSeries, RunContext, PrealignmentResult>? prealign, Stopwatch watch)
    {
        var warnings = new ConcurrentQueue<RunMessage>();
        RunContext listening = (context with { Message = message => Hear(message, warnings, context) }).WithoutRepeats();
        listening.Warn(RunWarnings.Of(series));
        return new SeriesRun(series, options, listening, prealign, watch).Run() with { Elapsed = watch.Elapsed, Warnings = [.. warnings] };
    }

    private static void Hear(RunMessage message, ConcurrentQueue<RunMessage> warnings, RunContext context)
    {
        if (message.IsWarning)
        {
            warnings.Enqueue(message);
        }

        context.Message?.Invoke(message);
    }

    /// <summary>Whether nothing but the frames' spectra is used; they are then not kept beside them.</summary>
    private static bool WorksOnSpectra(FocalSeries series, RunOptions options)
    {
        bool reconstructs = options.Boxcar is null && !options.PrealignOnly;
        bool linear = (options.Method ?? series.Parameters.Restoration.Method) == RestorationMethod.Linear;
        return !options.ShowArea && !options.Resume && (linear || !reconstructs);
    }

    private static void RequireMemory(ReconstructionParameters parameters, RunOptions options, RunContext context)
    {
        if (!options.Force)
        {
            RestorationMethod method = options.Method ?? parameters.Restoration.Method;
            MemoryEstimate.Require(parameters with { Restoration = parameters.Restoration with { Method = method } }, context.Threads, context.Names.Force);
        }
    }
}
