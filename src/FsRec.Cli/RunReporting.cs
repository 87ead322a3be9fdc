using FsRec.Reports;
using FsRec.Resolution;
using FsRec.Runs;

namespace FsRec.Cli;

/// <summary>What follows a run: the resolution, and the report where one was asked for.</summary>
internal static class RunReporting
{
    /// <summary>The least number of frames that make two halves.</summary>
    private const int LeastFrames = 4;

    /// <summary>Measures the resolution of a run that reconstructed, and writes the report.</summary>
    /// <param name="result">The run's result.</param>
    /// <param name="journal">What the run told.</param>
    /// <param name="prm">The parameter file; <see langword="null"/> for none.</param>
    /// <param name="report">The report's file; <see langword="null"/> for none.</param>
    /// <param name="command">The command that does the run again.</param>
    /// <returns>The resolution, and the result with the report among its files.</returns>
    public static (RunResult Result, ResolutionSummary? Resolution) Complete(RunResult result, RunJournal journal, string? prm, string? report, string command)
    {
        RunContext context = journal.Context;
        (ResolutionMeasurement? resolution, string? why) = Measure(result, report is not null, context);
        foreach (RunMessage warning in resolution is null ? [] : ResolutionWarnings.Of(resolution))
        {
            context.Message?.Invoke(warning);
        }

        ResolutionSummary? summary = resolution is not null ? ResolutionSummary.Of(resolution) : why is not null ? ResolutionSummary.Without(why) : null;
        if (report is null)
        {
            return (result, summary);
        }

        var options = new ReportOptions
        {
            Warnings = journal.Warnings,
            Stages = journal.Stages,
            ParameterFile = prm is null ? null : Path.GetFullPath(prm),
            Command = command,
            Threads = context.Threads,
        };
        RunReport.Write(report, result, resolution, options, context.CancellationToken);
        return (result with { Files = [.. result.Files, report] }, summary);
    }

    private static (ResolutionMeasurement? Found, string? Why) Measure(RunResult result, bool reports, RunContext context)
    {
        // An analysis of an earlier output reconstructs nothing, and is not made to wait.
        if (result.Reconstruction is not { } found || (!reports && found.History.Count + found.NonlinearHistory.Count == 0 && (result.StepAnalysis is not null || result.Autofocus is not null)))
        {
            return (null, null);
        }

        if (found.Series.Count < LeastFrames)
        {
            return (null, $"two halves take at least {LeastFrames} frames; the series has {found.Series.Count}");
        }

        try
        {
            return (ResolutionMeter.Measure(found, new ResolutionOptions { Threads = context.Threads }, context.Progress, context.CancellationToken), null);
        }
        catch (FsRecException e)
        {
            // The results are written; that too few frames belong to them takes none of them back.
            return (null, e.Message);
        }
    }
}
