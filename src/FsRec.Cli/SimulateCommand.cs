using System.CommandLine;
using FsRec.Runs;
using FsRec.Simulation;

namespace FsRec.Cli;

/// <summary><c>fsrec simulate</c>: a series of a known wave as frames and a parameter file.</summary>
internal static class SimulateCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(Host host)
    {
        var command = new Command("simulate", "Simulate a focal series of a known wave: frames, parameter file and truth.");
        var output = new Option<string>("--output", "-o") { Description = "Folder of the series.", HelpName = "folder", Required = true };
        var name = new Option<string>("--name") { Description = "Base name of the files.", HelpName = "name", DefaultValueFactory = static _ => "simulated" };
        var simulation = new SimulationOptions();
        Option<int> threads = CommonOptions.Threads();
        Option<bool> quiet = CommonOptions.Quiet();
        command.Options.Add(output);
        command.Options.Add(name);
        simulation.AddTo(command);
        command.Options.Add(threads);
        command.Options.Add(quiet);
        command.SetAction(parsed =>
        {
            using var report = new ConsoleReport(parsed.GetValue(quiet), host);
            RunContext context = report.Context(parsed.GetValue(threads));
            SimulatedSeries series = SeriesSimulator.Simulate(simulation.Read(parsed), context.Threads, context.Progress, context.CancellationToken);
            string prm = series.Write(parsed.GetRequiredValue(output), parsed.GetRequiredValue(name));
            report.Dispose();
            Console.Out.WriteLine(prm);
            return ExitCode.Done;
        });
        return command;
    }
}
