using System.CommandLine;
using FsRec.Reports;
using FsRec.Resolution;
using FsRec.Runs;

namespace FsRec.Cli;

/// <summary>The resolution of a run, and its report.</summary>
internal static class RunReporting
{
    /// <summary>The least number of frames that make two halves.</summary>
    private const int LeastFrames = 4;

    /// <summary>Measures the resolution of a run that reconstructed, and tells what there is to warn of in it.</summary>
    /// <param name="result">The run's result.</param>
    /// <param name="context">Progress, messages, threads, cancellation.</param>
    /// <param name="reports">Whether a report is written; an analysis of an earlier output reconstructs nothing, and is not made to wait without one.</param>
    /// <returns>The resolution, and what the summary says of it; <see langword="null"/> where there is none to measure.</returns>
    public static (ResolutionMeasurement? Found, ResolutionSummary? Summary) Measure(RunResult result, RunContext context, bool reports)
    {
        if (result.Reconstruction is not { } found || (!reports && found.History.Count + found.NonlinearHistory.Count == 0 && (result.StepAnalysis is not null || result.Autofocus is not null)))
        {
            return (null, null);
        }

        if (found.Series.Count < LeastFrames)
        {
            return (null, ResolutionSummary.Without($"two halves take at least {LeastFrames} frames; the series has {found.Series.Count}"));
        }

        ResolutionMeasurement resolution;
        try
        {
            resolution = ResolutionMeter.Measure(found, new ResolutionOptions { Threads = context.Threads }, context.Progress, context.CancellationToken);
        }
        catch (FsRecException e)
        {
            // The results are written; that too few frames belong to them takes none of them back.
            return (null, ResolutionSummary.Without(e.Message));
        }

        foreach (RunMessage warning in ResolutionWarnings.Of(resolution))
        {
            context.Message?.Invoke(warning);
        }

        return (resolution, ResolutionSummary.Of(resolution));
    }

    /// <summary>A command line as it was typed, quoted where a shell would take it apart.</summary>
    public static string CommandLine(ParseResult parsed) => "fsrec " + string.Join(' ', parsed.Tokens.Select(static t =>
        t.Value.Length > 0 && t.Value.All(static c => char.IsLetterOrDigit(c) || "-_./\\:=,+".Contains(c, StringComparison.Ordinal)) ? t.Value : $"\"{t.Value}\""));

    /// <summary>Writes the report.</summary>
    /// <param name="report">Its file.</param>
    /// <param name="result">The run's result.</param>
    /// <param name="resolution">The resolution.</param>
    /// <param name="journal">What the run told.</param>
    /// <param name="prm">The parameter file; <see langword="null"/> where there is none.</param>
    /// <param name="command">The command that does the run again.</param>
    public static void Write(string report, RunResult result, ResolutionMeasurement? resolution, RunJournal journal, string? prm, string command)
    {
        var options = new ReportOptions
        {
            Warnings = journal.Warnings,
            Stages = journal.Stages,
            ParameterFile = prm is null ? null : Path.GetFullPath(prm),
            Command = command,
            Threads = journal.Context.Threads,
        };
        RunReport.Write(report, result, resolution, options, journal.Context.CancellationToken);
    }
}
