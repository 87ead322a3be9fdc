using System.Globalization;
using System.Management.Automation;
using FsRec.Parameters;
using FsRec.Rendering;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.PowerShell.Commands;

/// <summary>Draws waves and frames as PNG.</summary>
[Cmdlet(VerbsData.Export, "FsrImage", SupportsShouldProcess = true, DefaultParameterSetName = ReconstructionSet)]
[OutputType(typeof(FileInfo), typeof(Reconstruction), typeof(ExitWave), typeof(FocalSeries), typeof(ReconstructionParameters))]
public sealed class ExportFsrImageCommand : FsrOutputFileCmdlet
{
    private const string ReconstructionSet = "Reconstruction";
    private const string WaveSet = "Wave";
    private const string SeriesSet = "Series";
    private const string ParameterSet = "Parameter";
    private const string Ending = ".png";

    /// <summary>A reconstruction, of whose wave amplitude and phase are drawn.</summary>
    [Parameter(ParameterSetName = ReconstructionSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ReconstructionArgument]
    public Reconstruction? Reconstruction { get; set; }

    /// <summary>A wave, of which amplitude and phase are drawn.</summary>
    [Parameter(ParameterSetName = WaveSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public ExitWave? Wave { get; set; }

    /// <summary>A series, of which frames are drawn.</summary>
    [Parameter(ParameterSetName = SeriesSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SeriesArgument(UnalignedOnly = true)]
    public FocalSeries? Series { get; set; }

    /// <summary>Parameters of an earlier run, or a row of a sweep, whose wave is read and drawn.</summary>
    [Parameter(ParameterSetName = ParameterSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Parameters")]
    public ReconstructionParameters? Parameter { get; set; }

    /// <summary>Beginning of the files' names, or a folder; without it OUTPUTFILENAME in OUTPUTPATH.</summary>
    [Parameter(ParameterSetName = ReconstructionSet, Position = 0)]
    [Parameter(ParameterSetName = SeriesSet, Position = 0)]
    [Parameter(ParameterSetName = ParameterSet, Position = 0)]
    [Parameter(ParameterSetName = WaveSet, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>What of the wave is drawn: amplitude, phase, or both.</summary>
    [Parameter(ParameterSetName = ReconstructionSet)]
    [Parameter(ParameterSetName = WaveSet)]
    [Parameter(ParameterSetName = ParameterSet)]
    public WaveImageKind[] Kind { get; set; } = [WaveImageKind.Amplitude, WaveImageKind.Phase];

    /// <summary>Draw the filtered wave.</summary>
    [Parameter(ParameterSetName = ReconstructionSet)]
    [Parameter(ParameterSetName = ParameterSet)]
    public SwitchParameter Filtered { get; set; }

    /// <summary>Numbers of the images to draw; without it the first of the series.</summary>
    [Parameter(ParameterSetName = SeriesSet)]
    public int[]? ImageNumber { get; set; }

    /// <summary>Draw the outline of the reference area, by which frames are aligned.</summary>
    [Parameter(ParameterSetName = SeriesSet)]
    public SwitchParameter ShowArea { get; set; }

    /// <summary>The colours.</summary>
    [Parameter]
    public ColorMap ColorMap { get; set; } = ColorMap.Gray;

    /// <summary>Value drawn as the first colour, a phase in rad, all else with the vacuum 1; without it taken from the data.</summary>
    [Parameter]
    public double? Minimum { get; set; }

    /// <summary>Value drawn as the last colour, a phase in rad, all else with the vacuum 1; without it taken from the data.</summary>
    [Parameter]
    public double? Maximum { get; set; }

    /// <summary>Share of the pixels that may be cut at each end where the range comes from the data.</summary>
    [Parameter]
    [ValidateBounds(0, 0.5)]
    public double Clip { get; set; } = new RenderOptions().Clip;

    private RenderOptions Options => new() { ColorMap = ColorMap, Minimum = Minimum, Maximum = Maximum, Clip = Clip };

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case WaveSet:
                if (FsrPaths.Target(this, Path!) is { } path)
                {
                    SaveWave(Wave!, Wave!, Stem(path));
                }

                break;
            case SeriesSet:
                if (ResultFiles.Find(this, Series!.Parameters, Path, Ending) is { } frames)
                {
                    SaveFrames(Series, frames);
                }

                break;
            case ParameterSet:
                if (ResultFiles.Find(this, Parameter!, Path, Ending) is { } target
                    && TryRun(Parameter, _ => PreviousOutput.ReadWave(Parameter!, Filtered)) is { } earlier)
                {
                    SaveWave(earlier, Parameter!, target.WithEnding(Filtered ? "_filt" : ""));
                }

                break;
            default:
                if (ResultFiles.Find(this, Reconstruction!.Series.Parameters, Path, Ending) is { } files)
                {
                    ExitWave wave = Filtered ? Reconstruction.FilteredWave : Reconstruction.Wave;
                    SaveWave(wave, Reconstruction, files.WithEnding(Filtered ? "_filt" : ""));
                }

                break;
        }
    }

    private static string Stem(string path) =>
        path.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) ? path[..^Ending.Length] : path;

    private void SaveWave(ExitWave wave, object input, string stem)
    {
        RenderOptions options = Options;
        Save(input, [.. Kind.Distinct().Select(kind => kind == WaveImageKind.Amplitude
            ? new OutputFile(stem + "_amplitude" + Ending, "amplitude", file => WavePictures.Amplitude(wave, options).Save(file))
            : new OutputFile(stem + "_phase" + Ending, "phase", file => WavePictures.Phase(wave, options).Save(file)))]);
    }

    private void SaveFrames(FocalSeries series, OutputFiles files)
    {
        RenderOptions options = Options;
        List<OutputFile> pictures = [];
        foreach (int number in ImageNumber ?? [series.ImageNumbers[0]])
        {
            int index = series.ImageNumbers.ToList().IndexOf(number);
            if (index < 0)
            {
                WriteError(ErrorRecords.Create(
                    "ImageNotInSeries",
                    ErrorCategory.ObjectNotFound,
                    number,
                    $"Image {number} is not in the series, which has images {series.ImageNumbers[0]} to {series.ImageNumbers[^1]}."));
                continue;
            }

            string name = files.WithEnding(string.Create(CultureInfo.InvariantCulture, $"_frame_{number:000}{Ending}"));
            pictures.Add(new OutputFile(name, "frame", file => Draw(series, index, options).Save(file)));
        }

        Save(series, pictures);
    }

    private Picture Draw(FocalSeries series, int index, RenderOptions options)
    {
        Picture picture = WavePictures.Frame(series, index, options);
        return ShowArea ? picture.Outline(series.ReferenceArea) : picture;
    }
}
