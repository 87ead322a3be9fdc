using System.CommandLine;
using FsRec.Formats.Microscopes;
using FsRec.Parameters;
using FsRec.Simulation;

namespace FsRec.Cli;

/// <summary>The options that describe a simulated series; what is not given is the demonstration's.</summary>
internal sealed class SimulationOptions
{
    private static readonly SimulationParameters Demo = SimulationParameters.Demo;

    private readonly Option<SpecimenKind> _specimen = Of("--specimen", "Crystal, Graphite, LightAtoms, GoldParticle or Weak.", "kind", Demo.Specimen);
    private readonly Option<int> _frames = Of("--frames", "Number of frames.", "n", Demo.FrameCount);
    private readonly Option<int> _rows = Of("--rows", "Rows of a frame.", "px", Demo.Calibration.Rows);
    private readonly Option<int> _columns = Of("--columns", "Columns of a frame.", "px", Demo.Calibration.Columns);
    private readonly Option<double> _sampling = Of("--sampling", "Pixel size in nm.", "nm", Demo.Calibration.RowSampling);
    private readonly Option<double> _firstFocus = Of("--first-focus", "Defocus of the first frame in nm, underfocus negative.", "nm", Demo.FirstFocus);
    private readonly Option<double> _lastFocus = Of("--last-focus", "Defocus of the last frame in nm.", "nm", Demo.LastFocus);
    private readonly Option<double> _focusError = Of("--focus-error", "RMS deviation of the true foci in nm, which the parameter file does not know.", "nm", Demo.FocusErrors.RandomRms);
    private readonly Option<double> _stepError = Of("--step-error", "Relative error of the focus step, 0.03 for 3 %.", "x", Demo.FocusErrors.StepError);
    private readonly Option<double> _drift = Of("--drift", "Largest drift between two frames in px.", "px", Demo.Drift.LargestStep);
    private readonly Option<double> _dose = Of("--dose", "Dose of a frame in electrons/Å²; 0 for no noise.", "e", Demo.Dose);
    private readonly Option<string?> _microscope = new("--microscope") { Description = $"Microscope that the series is of; fsrec microscopes lists them. [{Words(Demo.Microscope)}]", HelpName = "name" };
    private readonly Option<string?> _mtf = new("--mtf") { Description = "What the detector passes of an image: a CSV file of frequency, in units of the Nyquist frequency, and value, or values at even steps from 0 to it, as --mtf 1,0.8,0.5. [1 at all frequencies]", HelpName = "file" };
    private readonly Option<string?> _nps = new("--nps") { Description = "Power of the detector's noise relative to frequency 0, as of --mtf. [the same at all frequencies]", HelpName = "file" };
    private readonly Option<int> _seed = Of("--seed", "Seed of specimen, drift and noise; the same seed gives the same series.", "n", Demo.Seed);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_specimen, _frames, _rows, _columns, _sampling, _firstFocus, _lastFocus, _focusError, _stepError, _drift, _dose, _microscope, _mtf, _nps, _seed])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The parameters that a command line describes.</summary>
    public SimulationParameters Read(ParseResult parsed)
    {
        double sampling = parsed.GetValue(_sampling);
        return Demo with
        {
            Specimen = parsed.GetValue(_specimen),
            FrameCount = parsed.GetValue(_frames),
            Calibration = new Calibration(parsed.GetValue(_rows), parsed.GetValue(_columns), sampling, sampling),
            FirstFocus = parsed.GetValue(_firstFocus),
            LastFocus = parsed.GetValue(_lastFocus),
            FocusErrors = new FocusErrors { RandomRms = parsed.GetValue(_focusError), StepError = parsed.GetValue(_stepError) },
            Drift = Demo.Drift with { LargestStep = parsed.GetValue(_drift) },
            Dose = parsed.GetValue(_dose),
            Microscope = parsed.GetValue(_microscope) is { } name ? MicroscopePresets.Find(name).ToMicroscope() : Demo.Microscope,
            Detector = new DetectorParameters { Mtf = Curve("MTF", parsed.GetValue(_mtf)), Nps = Curve("NPS", parsed.GetValue(_nps)) },
            Seed = parsed.GetValue(_seed),
        };
    }

    // Help states the value by itself.
    private static Option<T> Of<T>(string name, string description, string helpName, T standard) => new(name) { Description = description, HelpName = helpName, DefaultValueFactory = _ => standard };

    private static string Words(Optics.Microscope m) => FormattableString.Invariant(
        $"{m.Voltage} kV, C3 {m.C3 / 1e6} mm, semi-convergence {m.Semiconvergence} mrad, focus spread {m.FocusSpread} nm, image spread {m.ImageSpread} pm");

    // A file is relative to where the command is typed, and the parameter file of the series names it in full.
    private static CurveSource? Curve(string key, string? text) => text is null ? null : CurveSource.Parse(key, text)?.Resolved(Directory.GetCurrentDirectory());
}
