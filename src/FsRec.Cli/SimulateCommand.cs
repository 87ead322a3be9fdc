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
        var force = new Option<bool>("--force") { Description = "Replace files that are there." };
        Option<int> threads = CommonOptions.Threads();
        Option<bool> quiet = CommonOptions.Quiet();
        command.Options.Add(output);
        command.Options.Add(name);
        simulation.AddTo(command);
        command.Options.Add(force);
        command.Options.Add(threads);
        command.Options.Add(quiet);
        command.SetAction(parsed =>
        {
            using var report = new ConsoleReport(parsed.GetValue(quiet), host);
            RunContext context = report.Context(parsed.GetValue(threads));
            SimulationParameters parameters = simulation.Read(parsed);
            string folder = parsed.GetRequiredValue(output);
            string baseName = parsed.GetRequiredValue(name);
            if (!parsed.GetValue(force) && SimulatedSeriesFiles.Of(folder, baseName, parameters.FrameCount).FirstOrDefault(File.Exists) is { } there)
            {
                throw new FsRecException($"'{there}' exists already. Give another --name or --output, or --force to replace the series.");
            }

            SimulatedSeries series = SeriesSimulator.Simulate(parameters, context.Threads, context.Progress, context.CancellationToken);
            string prm = series.Write(folder, baseName, parsed.GetValue(force), context with { Names = context.Names with { Place = "--output or --name" } });
            report.Dispose();
            Console.Out.WriteLine(prm);
            return ExitCode.Done;
        });
        return command;
    }
}
