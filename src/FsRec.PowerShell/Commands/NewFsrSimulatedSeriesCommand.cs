using System.Management.Automation;
using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Simulation;

namespace FsRec.PowerShell.Commands;

/// <summary>Simulates a focal series of a known specimen and writes or puts it out with its truth.</summary>
[Cmdlet(VerbsCommon.New, "FsrSimulatedSeries", SupportsShouldProcess = true)]
[OutputType(typeof(SimulatedSeries))]
public sealed class NewFsrSimulatedSeriesCommand : FsrCmdlet
{
    private static readonly SimulationParameters Demo = SimulationParameters.Demo;

    /// <summary>The folder the series is written to; without it the series stays in memory.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Folder")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Base name of the files.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "simulated";

    /// <summary>The specimen.</summary>
    [Parameter]
    public SpecimenKind Specimen { get; set; } = Demo.Specimen;

    /// <summary>Number of frames.</summary>
    [Parameter]
    [ValidateBounds(1, 10_000)]
    [NumberArgument(IsWhole = true)]
    public int FrameCount { get; set; } = Demo.FrameCount;

    /// <summary>Rows and columns of a frame in px; one number is a square.</summary>
    [Parameter]
    [ValidateCount(1, 2)]
    [ValidateBounds(16, 16_384, "px")]
    [NumberArgument(IsList = true, IsWhole = true)]
    public int[] Size { get; set; } = [Demo.Calibration.Rows, Demo.Calibration.Columns];

    /// <summary>Distance of two pixels in nm.</summary>
    [Parameter]
    [ValidateBounds(0, double.PositiveInfinity, "nm", IsMinimumExcluded = true)]
    [NumberArgument]
    public double Sampling { get; set; } = Demo.Calibration.ColumnSampling;

    /// <summary>Nominal defocus of the first frame in nm, underfocus negative.</summary>
    [Parameter]
    [ValidateFinite("nm")]
    [NumberArgument]
    public double FirstFocus { get; set; } = Demo.FirstFocus;

    /// <summary>Nominal defocus of the last frame in nm.</summary>
    [Parameter]
    [ValidateFinite("nm")]
    [NumberArgument]
    public double LastFocus { get; set; } = Demo.LastFocus;

    /// <summary>Standard deviation in nm of the true foci about the nominal ones, of which the reconstruction is not told.</summary>
    [Parameter]
    [ValidateBounds(0, double.PositiveInfinity, "nm")]
    [NumberArgument]
    public double FocusError { get; set; }

    /// <summary>Relative error of the focus step: 0.04 makes the true range 4 % wider than the nominal one.</summary>
    [Parameter]
    [ValidateFinite]
    [NumberArgument]
    public double StepError { get; set; }

    /// <summary>Error in nm that all true foci have in common.</summary>
    [Parameter]
    [ValidateFinite("nm")]
    [NumberArgument]
    public double FocusOffset { get; set; }

    /// <summary>Longest drift from one frame to the next in px.</summary>
    [Parameter]
    [ValidateBounds(0, 1000, "px")]
    [NumberArgument]
    public double Drift { get; set; } = Demo.Drift.LargestStep;

    /// <summary>A jump along columns in px between the two frames in the middle of the series.</summary>
    [Parameter]
    [ValidateFinite("px")]
    [NumberArgument]
    public double Jump { get; set; }

    /// <summary>Dose of a frame in electrons/Å²; 0 for images without noise.</summary>
    [Parameter]
    [ValidateBounds(0, double.PositiveInfinity, "electrons per square angstrom")]
    [NumberArgument]
    public double Dose { get; set; } = Demo.Dose;

    /// <summary>Relative standard deviation of the frames' doses about Dose.</summary>
    [Parameter]
    [ValidateRange(0.0, 0.99)]
    [NumberArgument]
    public double DoseSpread { get; set; }

    /// <summary>What the detector adds to every pixel, as a share of the incident intensity.</summary>
    [Parameter]
    [ValidateRange(0.0, 99.0)]
    [NumberArgument]
    public double Background { get; set; }

    /// <summary>The microscope, or the name of one that Get-FsrMicroscope lists; without it the demonstration's.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MicroscopeCompleter))]
    [MicroscopeArgument]
    public Optics.Microscope? Microscope { get; set; }

    /// <summary>The microscope that the parameter file is told of, or the name of one; without it the true one.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MicroscopeCompleter))]
    [MicroscopeArgument]
    public Optics.Microscope? NominalMicroscope { get; set; }

    /// <summary>What the detector passes of an image: a CSV file of frequency, in units of the Nyquist frequency, and value, or values at even steps from 0 to it; without it all is passed.</summary>
    [Parameter]
    [KeyArgument(ParameterKind.Curve)]
    [ValidateNotNullOrEmpty]
    public string? MTF { get; set; }

    /// <summary>Power of the detector's noise relative to frequency 0, a file or values as of MTF, or a file of blank frames; without it the noise is white.</summary>
    [Parameter]
    [KeyArgument(ParameterKind.Curve)]
    [ValidateNotNullOrEmpty]
    public string? NPS { get; set; }

    /// <summary>How the convergence of the illumination enters: its envelope, or a sum over tilts, finer than any reconstruction's model and slower.</summary>
    [Parameter]
    public SpatialCoherence SpatialCoherence { get; set; }

    /// <summary>Reconstruction limit in 1/nm that the reconstruction is told.</summary>
    [Parameter]
    [ValidateBounds(0, double.PositiveInfinity, "1/nm", IsMinimumExcluded = true)]
    [NumberArgument]
    public double Limit { get; set; } = Demo.Limit;

    /// <summary>Seed of specimen, drift, focus errors and noise; the same seed gives the same series.</summary>
    [Parameter]
    [NumberArgument(IsWhole = true)]
    public int Seed { get; set; } = Demo.Seed;

    /// <summary>Threads to use; 0 for one a processor. The result does not depend on it.</summary>
    [Parameter]
    [ValidateRange(0, 1024)]
    [NumberArgument(IsWhole = true)]
    public int Threads { get; set; }

    /// <summary>Replace files that are there, even if they are read-only, which they stay. Without it they are left as they are, and their place being taken is an error.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        string? folder = Path is null ? null : FsrPaths.Target(this, Path);
        using var guard = WriteGuard.OfNew(this, Force);
        if (Path is not null && (folder is null || !MayWrite(folder, guard)))
        {
            return;
        }

        if (TryParameters() is not { } parameters)
        {
            return;
        }

        string? file = null;
        SimulatedSeries? series = TryRun(parameters, monitor =>
        {
            SimulatedSeries made = SeriesSimulator.Simulate(parameters, Threads, monitor, monitor.CancellationToken);
            file = folder is null ? null : made.Write(folder, Name, Force, Named(monitor.Context(Threads)));
            return made;
        });
        if (series is null)
        {
            return;
        }

        // The parameter file's place goes along; PSPath lets the commands that read one take it from the pipeline.
        var output = new PSObject(series);
        if (file is not null)
        {
            output.Properties.Add(new PSNoteProperty("ParameterFile", file));
            output.Properties.Add(new PSNoteProperty("PSPath", file));
        }

        WriteResult(output);
    }

    private static RunContext Named(RunContext context) => context with { Names = context.Names with { Place = "Path or Name" } };

    private bool MayWrite(string folder, WriteGuard guard) =>
        ShouldProcess(folder, $"Write the simulated series {Name}") && SimulatedSeriesFiles.Of(folder, Name, FrameCount).All(guard.MayWrite);

    private SimulationParameters? TryParameters()
    {
        try
        {
            return Parameters();
        }
        catch (FsRecException e)
        {
            WriteError(ErrorRecords.From(e, null));
            return null;
        }
    }

    private CurveSource? Curve(string key, string? text)
    {
        if (text is null)
        {
            return null;
        }

        CurveSource? curve = CurveSource.Parse(key, text);
        return curve?.Path is { } path ? CurveSource.Of(FsrPaths.Folder(this, path)) : curve;
    }

    private SimulationParameters Parameters() => Demo with
    {
        Specimen = Specimen,
        FrameCount = FrameCount,
        Calibration = new Calibration(Size[0], Size[^1], Sampling, Sampling),
        FirstFocus = FirstFocus,
        LastFocus = LastFocus,
        FocusErrors = new FocusErrors { RandomRms = FocusError, StepError = StepError, Offset = FocusOffset },
        Drift = Demo.Drift with { LargestStep = Drift, Jump = Jump },
        Dose = Dose,
        DoseSpread = DoseSpread,
        Background = Background,
        Microscope = Microscope ?? Demo.Microscope,
        Detector = new DetectorParameters { Mtf = Curve(nameof(MTF), MTF), Nps = Curve(nameof(NPS), NPS) },
        NominalMicroscope = NominalMicroscope,
        SpatialCoherence = SpatialCoherence,
        Limit = Limit,
        Seed = Seed,
    };
}
