using System.CommandLine;
using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.Cli;

/// <summary><c>fsrec reconstruct FILES</c>: a series as it left the microscope, without a parameter file.</summary>
internal static class SeriesCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(Host host)
    {
        var command = new Command("reconstruct", "Reconstruct a series from files as they left the microscope: fsrec reconstruct stack.mrc --foci=-60,60. The wave is restored by Wiener; --nonlinear refines it, --set Restoration=Linear does what a parameter file does that says nothing. Results go to the current folder.");
        var series = new SeriesOptions();
        series.AddTo(command);
        var nonlinear = new Option<bool>("--nonlinear") { Description = "Refine wave, displacements and foci by the full image model after the linear iterations." };
        command.Options.Add(nonlinear);
        var page = new Option<bool>("--report") { Description = "Write what was found as one HTML page beside the results." };
        command.Options.Add(page);
        var save = new SaveOption();
        save.AddTo(command);
        var log = new LogOption();
        log.AddTo(command);
        Option<int> threads = CommonOptions.Threads();
        Option<bool> json = CommonOptions.Json();
        Option<bool> quiet = CommonOptions.Quiet();
        foreach (Option option in (Option[])[threads, json, quiet])
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            if (save.Problem(parsed) is { } problem)
            {
                throw new UsageException(problem);
            }

            log.Open(parsed, parsed.GetValue(json), host);
            using var report = new ConsoleReport(parsed.GetValue(quiet), host);
            RunContext context = report.Context(parsed.GetValue(threads));
            FocalSeries frames = series.Open(parsed);
            var options = new RunOptions
            {
                Method = parsed.GetValue(nonlinear) ? RestorationMethod.Nonlinear : null,
                Saved = save.Documents(parsed),
                MeasureResolution = true,
                Documents = parsed.GetValue(page) ? [ReportDocument.Of(OutputFiles.Of(frames.Parameters).Report, host.Journal, CommandText.Of(parsed))] : [],
            };
            RunResult result = ReconstructionRun.Run(frames, options, context);
            report.Dispose();
            if (!log.IsOutput(parsed))
            {
                Summary.Write(result.GetRecord(), result.Files, parsed.GetValue(json));
            }

            return result.IsDoubtful ? ExitCode.Doubtful : ExitCode.Done;
        });
        return command;
    }
}
