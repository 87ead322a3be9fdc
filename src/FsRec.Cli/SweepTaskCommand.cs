using System.CommandLine;
using FsRec.Sweeps;

namespace FsRec.Cli;

/// <summary><c>fsrec sweep-task FOLDER SWEEP ATTEMPT TASK</c>: what the batch script of a sweep calls on a node.</summary>
internal static class SweepTaskCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(Host host)
    {
        var command = new Command("sweep-task", "Do one task of a sweep that Invoke-FsrSweep submitted to a cluster; its batch script calls this on the nodes.") { Hidden = true };
        var folder = new Argument<string>("folder") { Description = "Folder of the sweep." };
        var sweep = new Argument<string>("sweep") { Description = "Name of the sweep." };
        var attempt = new Argument<int>("attempt") { Description = "Number of the submission." };
        var task = new Argument<int>("task") { Description = "Number of the task in its job array." };
        Option<int> threads = CommonOptions.Threads();
        foreach (Argument argument in (Argument[])[folder, sweep, attempt, task])
        {
            command.Arguments.Add(argument);
        }

        command.Options.Add(threads);
        command.SetAction(parsed =>
        {
            using var report = new ConsoleReport(quiet: true, host);
            int given = parsed.GetValue(threads);
            return SweepTask.Run(parsed.GetValue(folder)!, parsed.GetValue(sweep)!, parsed.GetValue(attempt), parsed.GetValue(task), report.Context(given > 0 ? given : SweepTask.Cpus));
        });
        return command;
    }
}
