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
    /// <param name="prm">The parameter file.</param>
    /// <param name="report">The report's file; <see langword="null"/> for none.</param>
    /// <param name="command">The command that does the run again.</param>
    /// <returns>The resolution, and the result with the report among its files.</returns>
    public static (RunResult Result, ResolutionMeasurement? Resolution) Complete(RunResult result, RunJournal journal, string prm, string? report, string command)
    {
        RunContext context = journal.Context;
        // An analysis of an earlier output reconstructs nothing, and is not made to wait.
        bool measures = result.Reconstruction is { } found && found.Series.Count >= LeastFrames && (report is not null || found.History.Count > 0);
        ResolutionMeasurement? resolution = measures
            ? ResolutionMeter.Measure(result.Reconstruction!, new ResolutionOptions { Threads = context.Threads }, context.Progress, context.CancellationToken)
            : null;
        if (resolution is { HasSharedNoise: true })
        {
            context.Message?.Invoke(ResolutionWarnings.SharedNoise(resolution));
        }

        if (report is null)
        {
            return (result, resolution);
        }

        var options = new ReportOptions
        {
            Warnings = journal.Warnings,
            Stages = journal.Stages,
            ParameterFile = Path.GetFullPath(prm),
            Command = command,
            Threads = context.Threads,
        };
        RunReport.Write(report, result, resolution, options, context.CancellationToken);
        return (result with { Files = [.. result.Files, report] }, resolution);
    }
}
