using FsRec.Reports;
using FsRec.Resolution;
using FsRec.Runs;

namespace FsRec.Cli;

/// <summary>What follows a run: the resolution, and the report where one was asked for.</summary>
internal static class RunReporting
{
    /// <summary>The least number of frames that make two halves.</summary>
    private const int LeastFrames = 4;

    /// <summary>Measures the resolution of a run that reconstructed.</summary>
    /// <param name="result">The run's result.</param>
    /// <param name="context">Progress, messages, threads, cancellation.</param>
    /// <param name="reports">Whether a report is written; an analysis of an earlier output reconstructs nothing, and is not made to wait without one.</param>
    /// <returns>The resolution; <see langword="null"/> where there is none to measure.</returns>
    public static ResolutionMeasurement? Measure(RunResult result, RunContext context, bool reports)
    {
        bool measures = result.Reconstruction is { } found && found.Series.Count >= LeastFrames && (reports || found.History.Count > 0);
        ResolutionMeasurement? resolution = measures
            ? ResolutionMeter.Measure(result.Reconstruction!, new ResolutionOptions { Threads = context.Threads }, context.Progress, context.CancellationToken)
            : null;
        if (resolution is { HasSharedNoise: true })
        {
            context.Message?.Invoke(ResolutionWarnings.SharedNoise(resolution));
        }

        return resolution;
    }

    /// <summary>Writes the report.</summary>
    /// <param name="report">Its file.</param>
    /// <param name="result">The run's result.</param>
    /// <param name="resolution">The resolution.</param>
    /// <param name="journal">What the run told.</param>
    /// <param name="prm">The parameter file.</param>
    /// <param name="command">The command that does the run again.</param>
    public static void Write(string report, RunResult result, ResolutionMeasurement? resolution, RunJournal journal, string prm, string command)
    {
        var options = new ReportOptions
        {
            Warnings = journal.Warnings,
            Stages = journal.Stages,
            ParameterFile = Path.GetFullPath(prm),
            Command = command,
            Threads = journal.Context.Threads,
        };
        RunReport.Write(report, result, resolution, options, journal.Context.CancellationToken);
    }
}
