using System.CommandLine;
using FsRec.Comparison;
using FsRec.Parameters;
using FsRec.Rendering;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Simulation;

namespace FsRec.Cli;

/// <summary>
/// <c>fsrec demo</c>: simulates a series into a folder, reconstructs it on the same path as any parameter file, draws the result and
/// compares it with the truth.
/// </summary>
internal static class DemoCommand
{
    private const string Name = "demo";

    /// <summary>Creates the command.</summary>
    public static Command Create(CancellationToken cancellationToken)
    {
        var command = new Command("demo", "Simulate a series, reconstruct it, draw amplitude and phase, and tell the error against the truth.");
        var output = new Option<string>("--output", "-o") { Description = "Folder of the demonstration.", HelpName = "folder", DefaultValueFactory = static _ => "fsrec-demo" };
        var simulation = new SimulationOptions();
        Option<int> threads = CommonOptions.Threads();
        Option<bool> json = CommonOptions.Json();
        Option<bool> quiet = CommonOptions.Quiet();
        command.Options.Add(output);
        simulation.AddTo(command);
        command.Options.Add(threads);
        command.Options.Add(json);
        command.Options.Add(quiet);
        command.SetAction(parsed =>
        {
            using var report = new ConsoleReport(parsed.GetValue(quiet));
            string folder = Path.GetFullPath(parsed.GetRequiredValue(output));
            RunContext context = report.Context(parsed.GetValue(threads), cancellationToken);
            SimulatedSeries series = SeriesSimulator.Simulate(simulation.Read(parsed), context.Threads, context.Progress, cancellationToken);
            string prm = series.Write(folder, Name);

            ParameterFileResult read = ParameterFile.Load(prm);
            report.Tell(read.Warnings);
            RunResult result = ReconstructionRun.Run(read.GetParameters(), new RunOptions(), context);
            Reconstruction reconstruction = result.Reconstruction!;
            IReadOnlyList<string> pictures = Draw(folder, reconstruction);
            TruthSummary truth = Compare(reconstruction, series);
            report.Dispose();
            Summary.Write(RunSummary.Of(result) with { Files = [prm, .. result.Files, .. pictures], Truth = truth }, parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    private static List<string> Draw(string folder, Reconstruction reconstruction)
    {
        Picture frame = WavePictures.Frame(reconstruction.Series, 0);
        Picture amplitude = WavePictures.Amplitude(reconstruction.Wave);
        Picture phase = WavePictures.Phase(reconstruction.Wave);
        (string Name, Picture Picture)[] pictures =
        [
            ("frame.png", frame),
            ("amplitude.png", amplitude),
            ("phase.png", phase),
            ("overview.png", Picture.SideBySide([frame, amplitude, phase])),
        ];
        var files = new List<string>();
        foreach ((string name, Picture picture) in pictures)
        {
            string path = Path.Combine(folder, name);
            picture.Save(path);
            files.Add(path);
        }

        return files;
    }

    private static TruthSummary Compare(Reconstruction reconstruction, SimulatedSeries series)
    {
        IReadOnlyList<FrameDisplacement> difference = DisplacementAlgebra.Subtract(reconstruction.Displacements, series.TrueDisplacements);
        return new TruthSummary
        {
            WaveError = WaveComparison.Compare(reconstruction.Wave, series.TrueWave, WaveComparisonOptions.From(reconstruction.Series.Parameters)).RelativeError,
            DisplacementRms = DisplacementAlgebra.Rms(DisplacementAlgebra.WithoutTilt(difference, reconstruction.Series.Foci)),
        };
    }
}
