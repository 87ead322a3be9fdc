using System.Management.Automation;
using FsRec.Parameters;
using FsRec.Rendering;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.PowerShell.Commands;

/// <summary>Draws waves and frames, with scale bar and colour bar, as PNG or SVG, or writes their values as TIFF.</summary>
[Cmdlet(VerbsData.Export, "FsrImage", SupportsShouldProcess = true, DefaultParameterSetName = ReconstructionSet)]
[OutputType(typeof(FileInfo), typeof(Reconstruction), typeof(ExitWave), typeof(FocalSeries), typeof(ReconstructionParameters))]
public sealed class ExportFsrImageCommand : FsrOutputFileCmdlet
{
    private const string ReconstructionSet = "Reconstruction";
    private const string WaveSet = "Wave";
    private const string SeriesSet = "Series";
    private const string ParameterSet = "Parameter";

    /// <summary>A reconstruction, whose wave is drawn.</summary>
    [Parameter(ParameterSetName = ReconstructionSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ReconstructionArgument]
    [PipelineArgument(typeof(ExportFsrImageCommand))]
    public Reconstruction? Reconstruction { get; set; }

    /// <summary>A wave.</summary>
    [Parameter(ParameterSetName = WaveSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [RealObject]
    [PipelineArgument(typeof(ExportFsrImageCommand))]
    public ExitWave? Wave { get; set; }

    /// <summary>A series, of which frames are drawn.</summary>
    [Parameter(ParameterSetName = SeriesSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SeriesArgument(UnalignedOnly = true)]
    [PipelineArgument(typeof(ExportFsrImageCommand))]
    public FocalSeries? Series { get; set; }

    /// <summary>Parameters of an earlier run, or a row of a sweep, whose wave is read and drawn.</summary>
    [Parameter(ParameterSetName = ParameterSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Parameters")]
    [ParametersArgument]
    public ReconstructionParameters? Parameter { get; set; }

    /// <summary>Beginning of the files' names, or a folder; without it OUTPUTFILENAME in OUTPUTPATH. The ending .svg, .tif or .png says the format too.</summary>
    [Parameter(ParameterSetName = ReconstructionSet, Position = 0)]
    [Parameter(ParameterSetName = SeriesSet, Position = 0)]
    [Parameter(ParameterSetName = ParameterSet, Position = 0)]
    [Parameter(ParameterSetName = WaveSet, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>
    /// What of the wave is drawn: Amplitude, Phase, Intensity, Real, Imaginary, Complex (the phase as hue, the amplitude as brightness),
    /// Spectrum (the power spectrum), Montage (the propagated wave).
    /// </summary>
    [Parameter(ParameterSetName = ReconstructionSet)]
    [Parameter(ParameterSetName = WaveSet)]
    [Parameter(ParameterSetName = ParameterSet)]
    public WaveImageKind[] Kind { get; set; } = [WaveImageKind.Amplitude, WaveImageKind.Phase];

    /// <summary>Draw the filtered wave.</summary>
    [Parameter(ParameterSetName = ReconstructionSet)]
    [Parameter(ParameterSetName = ParameterSet)]
    public SwitchParameter Filtered { get; set; }

    /// <summary>Numbers of the images to draw: of a series, without it the first; of a reconstruction, each beside the image that the wave predicts for it and their difference.</summary>
    [Parameter(ParameterSetName = ReconstructionSet)]
    [Parameter(ParameterSetName = SeriesSet)]
    [NumberArgument(IsList = true, IsWhole = true)]
    public int[]? ImageNumber { get; set; }

    /// <summary>Draw the outline of the reference area, by which frames are aligned.</summary>
    [Parameter(ParameterSetName = SeriesSet)]
    public SwitchParameter ShowArea { get; set; }

    /// <summary>Draw the phase without its jumps, its ramp taken off, and 0 in the vacuum.</summary>
    [Parameter(ParameterSetName = ReconstructionSet)]
    [Parameter(ParameterSetName = WaveSet)]
    [Parameter(ParameterSetName = ParameterSet)]
    public SwitchParameter Unwrap { get; set; }

    /// <summary>An area of vacuum, for ramp and level of the unwrapped phase, in px: first row, first column, rows, columns. Without it what most of the pixels lie in.</summary>
    [Parameter(ParameterSetName = ReconstructionSet)]
    [Parameter(ParameterSetName = WaveSet)]
    [Parameter(ParameterSetName = ParameterSet)]
    [AreaArgument]
    public ReferenceArea? Reference { get; set; }

    /// <summary>Foci of a montage in nm, underfocus negative; without it some about the exit plane.</summary>
    [Parameter(ParameterSetName = ReconstructionSet)]
    [Parameter(ParameterSetName = WaveSet)]
    [Parameter(ParameterSetName = ParameterSet)]
    [ValidateFinite("nm")]
    [NumberArgument(IsList = true)]
    public double[]? Focus { get; set; }

    /// <summary>The microscope's voltage in kV, for a montage of a wave that comes without parameters; without it such a montage is refused.</summary>
    [Parameter(ParameterSetName = WaveSet)]
    [ValidateBounds(1, 10000)]
    [NumberArgument]
    public double? Voltage { get; set; }

    /// <summary>The part that is drawn, in px: first row, first column, rows, columns; without it the whole.</summary>
    [Parameter]
    [AreaArgument]
    public ReferenceArea? Crop { get; set; }

    /// <summary>Side in px of the square that a pixel is drawn as; without it what makes a small picture large enough to look at.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    [NumberArgument(IsWhole = true)]
    public int Magnify { get; set; }

    /// <summary>The colours; without it those that suit what is drawn.</summary>
    [Parameter]
    public ColorMap? ColorMap { get; set; }

    /// <summary>First and last value of the colours, for the same contrast over many pictures: a phase in rad, all else relative to the vacuum; without it they are taken from the data.</summary>
    [Parameter]
    [ValidateCount(2, 2)]
    [ValidateFinite(IsRange = true)]
    [NumberArgument(IsList = true)]
    public double[]? Range { get; set; }

    /// <summary>Value drawn as the first colour, a phase in rad, all else with the vacuum 1; without it taken from the data.</summary>
    [Parameter]
    [ValidateFinite]
    [NumberArgument]
    public double? Minimum { get; set; }

    /// <summary>Value drawn as the last colour, a phase in rad, all else with the vacuum 1; without it taken from the data.</summary>
    [Parameter]
    [ValidateFinite]
    [NumberArgument]
    public double? Maximum { get; set; }

    /// <summary>Share of the pixels that may be cut at each end where the range comes from the data.</summary>
    [Parameter]
    [ValidateBounds(0, 0.5)]
    [NumberArgument]
    public double Clip { get; set; } = new RenderOptions().Clip;

    /// <summary>Draw the pixels alone, without title, scale bar and colour bar.</summary>
    [Parameter]
    public SwitchParameter Plain { get; set; }

    /// <summary>Number of bits of a grey level of a PNG: 8, or 16, which is written without title and bars; the file's comment tells the range.</summary>
    [Parameter]
    [ValidateSet("8", "16")]
    [NumberArgument(IsWhole = true)]
    public int BitDepth { get; set; } = 8;

    /// <summary>PNG, SVG, or TIFF of floats, which holds the values as they are; without it PNG, or what the path ends with.</summary>
    [Parameter]
    public ImageFileFormat? Format { get; set; }

    private ImageFileFormat Written => Format ?? (System.IO.Path.GetExtension(Path ?? "").ToUpperInvariant() switch
    {
        ".SVG" => ImageFileFormat.Svg,
        ".TIF" or ".TIFF" => ImageFileFormat.Tiff,
        _ => ImageFileFormat.Png,
    });

    private string Ending => Written switch
    {
        ImageFileFormat.Svg => ".svg",
        ImageFileFormat.Tiff => ".tif",
        _ => ".png",
    };

    private RenderOptions Options => new()
    {
        ColorMap = ColorMap,
        Minimum = Minimum ?? Range?[0],
        Maximum = Maximum ?? Range?[1],
        Clip = Clip,
        Magnify = Magnify,
    };

    private WaveView View => new()
    {
        Crop = Crop,
        Unwrap = Unwrap,
        Vacuum = Reference,
        Foci = Focus,
        Microscope = Voltage is { } voltage ? new Optics.Microscope { Voltage = voltage } : null,
    };

    /// <inheritdoc />
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            Options.Require();
        }
        catch (FsRecException e)
        {
            ThrowTerminatingError(new ErrorRecord(e, "RangeInvalid", ErrorCategory.InvalidArgument, Range));
        }
    }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (!FileSuffix.IsKnown(this, Path, [".png", ".svg", ".tif", ".tiff"]))
        {
            return;
        }

        switch (ParameterSetName)
        {
            case WaveSet:
                if (FsrPaths.Target(this, Path!) is { } path)
                {
                    Save(Wave!, Stem(path), Kinds(Wave!, View));
                }

                break;
            case SeriesSet:
                if (ResultFiles.Find(this, Series!.Parameters, Path, PathEnding) is { } frames)
                {
                    Save(Series, frames.WithEnding(""), [.. PictureSource.Of(this, Series, ImageNumber, Options, View, ShowArea)]);
                }

                break;
            case ParameterSet:
                if (ResultFiles.Find(this, Parameter!, Path, PathEnding) is { } target
                    && TryRun(Parameter, _ => PreviousOutput.ReadWave(Parameter!, Filtered, OptionNames.PowerShell)) is { } earlier)
                {
                    Save(Parameter!, target.WithEnding(WaveEnding(target)), Kinds(earlier, View.With(Parameter!, Parameter!.SelectedFoci)));
                }

                break;
            default:
                if (ResultFiles.Find(this, Reconstruction!.Series.Parameters, Path, PathEnding) is { } files)
                {
                    SaveReconstruction(Reconstruction, files);
                }

                break;
        }
    }

    // What the path ends with, whatever format was asked for by name.
    private string PathEnding => System.IO.Path.GetExtension(Path ?? "") is { Length: > 0 } given && IsPictureEnding(given) ? given : Ending;

    // A name that says so already does not say it twice.
    private string WaveEnding(OutputFiles files) =>
        !Filtered || files.BaseName.EndsWith("filt", StringComparison.OrdinalIgnoreCase) || files.BaseName.EndsWith("filtered", StringComparison.OrdinalIgnoreCase) ? "" : "_filt";

    private static bool IsPictureEnding(string ending) => ending.ToUpperInvariant() is ".PNG" or ".SVG" or ".TIF" or ".TIFF";

    private static string Stem(string path) => IsPictureEnding(System.IO.Path.GetExtension(path)) ? path[..^System.IO.Path.GetExtension(path).Length] : path;

    private void SaveReconstruction(Reconstruction reconstruction, OutputFiles files)
    {
        WaveView view = View.With(reconstruction.Series.Parameters, reconstruction.Series.Foci);
        bool waves = ImageNumber is null || MyInvocation.BoundParameters.ContainsKey(nameof(Kind));
        if (ImageNumber is not null)
        {
            Save(reconstruction, files.WithEnding(""), [.. PictureSource.Of(this, reconstruction, ImageNumber, Options, view)], passThru: !waves);
        }

        if (waves)
        {
            ExitWave wave = Filtered ? reconstruction.FilteredWave : reconstruction.Wave;
            Save(reconstruction, files.WithEnding(WaveEnding(files)), Kinds(wave, view));
        }
    }

    private List<PictureSource> Kinds(ExitWave wave, WaveView view) => [.. Kind.Distinct().Select(kind => PictureSource.Of(wave, kind, Options, view))];

    private void Save(object input, string stem, IReadOnlyList<PictureSource> pictures, bool passThru = true)
    {
        bool values = Written == ImageFileFormat.Tiff || BitDepth == 16;
        foreach (PictureSource none in pictures.Where(picture => (values && picture.Map is null) || (Plain && picture.Plain is null)))
        {
            WriteError(ErrorRecords.Create(
                "PictureHasNoValues",
                ErrorCategory.InvalidArgument,
                input,
                $"{none.Name.TrimStart('_')} has no single value a pixel and is drawn with its titles. Write it as PNG of 8 bits or as SVG, without -Plain."));
        }

        List<OutputFile> files = [.. pictures
            .Where(picture => !(values && picture.Map is null) && !(Plain && picture.Plain is null))
            .Select(picture => new OutputFile(stem + picture.Name + Ending, picture.Name.TrimStart('_'), path => Write(picture, path)))];
        if (files.Count > 0)
        {
            Save(passThru ? input : null, files);
        }
    }

    private void Write(PictureSource picture, string path)
    {
        if (Written == ImageFileFormat.Tiff)
        {
            FloatTiff.Save(path, picture.Map!().Magnify(Magnify));
        }
        else if (BitDepth == 16 && Written == ImageFileFormat.Png)
        {
            picture.Map!().Magnify(Magnify).SaveGray16(path, Options);
        }
        else if (Plain && Written == ImageFileFormat.Png)
        {
            picture.Plain!().Magnify(Math.Max(1, Magnify)).Save(path);
        }
        else
        {
            picture.Figure().Save(path);
        }
    }
}
