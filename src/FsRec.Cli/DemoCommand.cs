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
    public static Command Create(Host host)
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
            using var report = new ConsoleReport(parsed.GetValue(quiet), host);
            string folder = Path.GetFullPath(parsed.GetRequiredValue(output));
            SimulationParameters parameters = simulation.Read(parsed);
            RequireOwn(folder, parameters);
            RunContext context = report.Context(parsed.GetValue(threads));
            SimulatedSeries series = SeriesSimulator.Simulate(parameters, context.Threads, context.Progress, context.CancellationToken);
            string prm = series.Write(folder, Name, force: true, context with { Names = context.Names with { Place = "--output" } });

            ParameterFileResult read = ParameterFile.Load(prm);
            report.Tell(read.Warnings);
            string page = Path.Combine(folder, "report.html");
            var options = new RunOptions { MeasureResolution = true };
            RunResult result = ReconstructionRun.Run(read.GetParameters(), options, context);
            Reconstruction reconstruction = result.Reconstruction!;
            IReadOnlyList<string> pictures = Draw(folder, reconstruction);
            TruthFigures truth = Compare(reconstruction, series);
            ReportDocument.Of(page, host.Journal, $"fsrec --prm \"{prm}\" --report").Write(page, result);
            report.Dispose();
            RunRecord record = result.GetRecord();
            record = record with { Figures = record.Figures! with { Truth = truth } };
            Summary.Write(record, [prm, .. result.Files, .. pictures, page], parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    // What an earlier demonstration left is replaced; files of the same names in another folder are somebody's own.
    private static void RequireOwn(string folder, SimulationParameters parameters)
    {
        IReadOnlyList<string> series = SimulatedSeriesFiles.Of(folder, Name, parameters.FrameCount);
        string? other = series.Concat(((string[])["frame.png", "amplitude.png", "phase.png", "overview.png", "report.html"]).Select(file => Path.Combine(folder, file))).FirstOrDefault(File.Exists);
        if (other is not null && !File.Exists(series[0]))
        {
            throw new FsRecException($"'{other}' exists already, and no earlier demonstration left it. Give another folder with --output.");
        }
    }

    private static List<string> Draw(string folder, Reconstruction reconstruction)
    {
        // What left one frame at its edge came in at the other: the pictures show what all frames have.
        ReferenceArea area = CommonArea.Of(reconstruction.Aligned);
        var view = new WaveView { Crop = area, Unwrap = true };
        var frame = new ImageFigure(view.Part(WaveFigures.AlignedFrameMap(reconstruction.Aligned, 0)), new RenderOptions { Title = "one frame", ColorBar = false });
        Figure amplitude = WaveFigures.Wave(reconstruction.Wave, WaveImageKind.Amplitude, new RenderOptions(), view);
        Figure phase = WaveFigures.Wave(reconstruction.Wave, WaveImageKind.Phase, new RenderOptions(), view);
        (string Name, Figure Figure)[] pictures =
        [
            ("frame.png", frame),
            ("amplitude.png", amplitude),
            ("phase.png", phase),
            ("overview.png", new GridFigure([frame, amplitude, phase], 3)),
        ];
        var files = new List<string>();
        foreach ((string name, Figure figure) in pictures)
        {
            string path = Path.Combine(folder, name);
            figure.Save(path);
            files.Add(path);
        }

        return files;
    }

    private static TruthFigures Compare(Reconstruction reconstruction, SimulatedSeries series)
    {
        IReadOnlyList<FrameDisplacement> difference = DisplacementAlgebra.Subtract(reconstruction.Displacements, series.TrueDisplacements);
        return new TruthFigures
        {
            WaveError = WaveComparison.Compare(reconstruction.Wave, series.TrueWave, WaveComparisonOptions.From(reconstruction.Series.Parameters)).RelativeError,
            DisplacementRms = DisplacementAlgebra.Rms(DisplacementAlgebra.WithoutTilt(difference, reconstruction.Series.Foci)),
        };
    }
}
