using System.CommandLine;
using FsRec.Parameters;
using FsRec.Runs;

namespace FsRec.Cli;

/// <summary><c>fsrec --prm FILE</c>: what PyFSRec does, with its options.</summary>
internal static class ReconstructCommand
{
    /// <summary>Adds the options and the action to the root command.</summary>
    public static void AddTo(RootCommand root, CancellationToken cancellationToken)
    {
        var prm = new Option<string>("--prm") { Description = "Parameter file of the run.", HelpName = "file" };
        var iterations = new Option<int?>("--liniter", "--linitier") { Description = "Number of linear iterations, instead of LinearIterations.", HelpName = "n" };
        var usePrevious = new Option<bool>("--useprevious") { Description = "Continue from the output of a previous run." };
        var prealignOnly = new Option<bool>("--prealignonly") { Description = "End after the pre-alignment." };
        Option<int> threads = CommonOptions.Threads();
        Option<bool> json = CommonOptions.Json();
        Option<bool> quiet = CommonOptions.Quiet();
        foreach (Option option in (Option[])[prm, iterations, usePrevious, prealignOnly, threads, json, quiet])
        {
            root.Options.Add(option);
        }

        root.SetAction(parsed =>
        {
            if (parsed.GetValue(prm) is not { Length: > 0 } path)
            {
                Console.Error.WriteLine("fsrec: no parameter file was given: fsrec --prm FILE. To see it work without one: fsrec demo.");
                return ExitCode.Usage;
            }

            if (parsed.GetValue(iterations) is < 0)
            {
                Console.Error.WriteLine("fsrec: --liniter takes a number of iterations, 0 or more.");
                return ExitCode.Usage;
            }

            using var report = new ConsoleReport(parsed.GetValue(quiet));
            ParameterFileResult read = ParameterFile.Load(path);
            report.Tell(read.Warnings);
            var options = new RunOptions
            {
                Iterations = parsed.GetValue(iterations),
                UsePrevious = parsed.GetValue(usePrevious),
                PrealignOnly = parsed.GetValue(prealignOnly),
            };
            RunResult result = ReconstructionRun.Run(read.GetParameters(), options, report.Context(parsed.GetValue(threads), cancellationToken));
            report.Dispose();
            Summary.Write(RunSummary.Of(result), parsed.GetValue(json));
            return ExitCode.Done;
        });
    }
}
