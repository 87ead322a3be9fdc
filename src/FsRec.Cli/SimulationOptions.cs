using System.CommandLine;
using FsRec.Formats.Microscopes;
using FsRec.Parameters;
using FsRec.Simulation;

namespace FsRec.Cli;

/// <summary>The options that describe a simulated series; what is not given is the demonstration's.</summary>
internal sealed class SimulationOptions
{
    private readonly Option<SpecimenKind?> _specimen = new("--specimen") { Description = "Crystal (default), Graphite, LightAtoms, GoldParticle or Weak.", HelpName = "kind" };
    private readonly Option<int?> _frames = new("--frames") { Description = "Number of frames.", HelpName = "n" };
    private readonly Option<int?> _rows = new("--rows") { Description = "Rows of a frame.", HelpName = "px" };
    private readonly Option<int?> _columns = new("--columns") { Description = "Columns of a frame.", HelpName = "px" };
    private readonly Option<double?> _sampling = new("--sampling") { Description = "Pixel size in nm.", HelpName = "nm" };
    private readonly Option<double?> _firstFocus = new("--first-focus") { Description = "Defocus of the first frame in nm, underfocus negative.", HelpName = "nm" };
    private readonly Option<double?> _lastFocus = new("--last-focus") { Description = "Defocus of the last frame in nm.", HelpName = "nm" };
    private readonly Option<double?> _focusError = new("--focus-error") { Description = "RMS deviation of the true foci in nm, which the parameter file does not know.", HelpName = "nm" };
    private readonly Option<double?> _stepError = new("--step-error") { Description = "Relative error of the focus step, 0.03 for 3 %.", HelpName = "x" };
    private readonly Option<double?> _drift = new("--drift") { Description = "Largest drift between two frames in px.", HelpName = "px" };
    private readonly Option<double?> _dose = new("--dose") { Description = "Dose of a frame in electrons/Å²; 0 for no noise.", HelpName = "e" };
    private readonly Option<string?> _microscope = new("--microscope") { Description = "Microscope that the series is of; fsrec microscopes lists them.", HelpName = "name" };
    private readonly Option<string?> _mtf = new("--mtf") { Description = "What the detector passes of an image: a CSV file of frequency, in units of the Nyquist frequency, and value, or values at even steps from 0 to it, as --mtf 1,0.8,0.5.", HelpName = "file" };
    private readonly Option<string?> _nps = new("--nps") { Description = "Power of the detector's noise relative to frequency 0, as of --mtf; without it the noise is white.", HelpName = "file" };
    private readonly Option<int?> _seed = new("--seed") { Description = "Seed of specimen, drift and noise; the same seed gives the same series.", HelpName = "n" };

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
        SimulationParameters demo = SimulationParameters.Demo;
        Calibration calibration = demo.Calibration;
        double? sampling = parsed.GetValue(_sampling);
        return demo with
        {
            Specimen = parsed.GetValue(_specimen) ?? demo.Specimen,
            FrameCount = parsed.GetValue(_frames) ?? demo.FrameCount,
            Calibration = new Calibration(
                parsed.GetValue(_rows) ?? calibration.Rows,
                parsed.GetValue(_columns) ?? calibration.Columns,
                sampling ?? calibration.RowSampling,
                sampling ?? calibration.ColumnSampling),
            FirstFocus = parsed.GetValue(_firstFocus) ?? demo.FirstFocus,
            LastFocus = parsed.GetValue(_lastFocus) ?? demo.LastFocus,
            FocusErrors = new FocusErrors { RandomRms = parsed.GetValue(_focusError) ?? 0, StepError = parsed.GetValue(_stepError) ?? 0 },
            Drift = demo.Drift with { LargestStep = parsed.GetValue(_drift) ?? demo.Drift.LargestStep },
            Dose = parsed.GetValue(_dose) ?? demo.Dose,
            Microscope = parsed.GetValue(_microscope) is { } name ? MicroscopePresets.Find(name).ToMicroscope() : demo.Microscope,
            Detector = new DetectorParameters { Mtf = Curve("MTF", parsed.GetValue(_mtf)), Nps = Curve("NPS", parsed.GetValue(_nps)) },
            Seed = parsed.GetValue(_seed) ?? demo.Seed,
        };
    }

    // A file is relative to where the command is typed, and the parameter file of the series names it in full.
    private static CurveSource? Curve(string key, string? text) => text is null ? null : CurveSource.Parse(key, text)?.Resolved(Directory.GetCurrentDirectory());
}
