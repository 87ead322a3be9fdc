using System.Management.Automation;
using FsRec.Focus;
using FsRec.Formats;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.PowerShell.Commands;

/// <summary>Writes the foci of a series, <c>_foci.csv</c>.</summary>
[Cmdlet(VerbsData.Export, "FsrFocus", SupportsShouldProcess = true, DefaultParameterSetName = SeriesSet)]
[OutputType(typeof(FileInfo), typeof(FocalSeries), typeof(FrameFocus), typeof(FocusStepAnalysis))]
public sealed class ExportFsrFocusCommand : FsrOutputFileCmdlet
{
    private const string SeriesSet = "Series";
    private const string FocusSet = "Focus";
    private const string AnalysisSet = "Analysis";

    private readonly List<FrameFocus> _foci = [];

    /// <summary>A series with its foci, or what carries one, as an aligned series or a reconstruction.</summary>
    [Parameter(ParameterSetName = SeriesSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SeriesArgument]
    [PipelineArgument(typeof(ExportFsrFocusCommand))]
    public FocalSeries? Series { get; set; }

    /// <summary>Foci by themselves.</summary>
    [Parameter(ParameterSetName = FocusSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [PipelineArgument(typeof(ExportFsrFocusCommand))]
    public FrameFocus[] Focus { get; set; } = [];

    /// <summary>An analysis of focus steps, as Measure-FsrFocusStep gives it, whose refined foci are written.</summary>
    [Parameter(ParameterSetName = AnalysisSet, Mandatory = true, ValueFromPipeline = true)]
    [RealObject]
    [PipelineArgument(typeof(ExportFsrFocusCommand))]
    public FocusStepAnalysis? Analysis { get; set; }

    /// <summary>The file; without it OUTPUTFILENAME_foci.csv in OUTPUTPATH, in a folder OUTPUTFILENAME_foci.csv.</summary>
    [Parameter(ParameterSetName = SeriesSet, Position = 0)]
    [Parameter(ParameterSetName = AnalysisSet, Position = 0)]
    [Parameter(ParameterSetName = FocusSet, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (ParameterSetName == FocusSet)
        {
            _foci.AddRange(Focus);
        }
        else if (Analysis is not null)
        {
            if (ResultFiles.Table(this, Analysis.Reconstruction.Series.Parameters, Path, static files => files.Foci) is { } file)
            {
                Save(Analysis, [Table(file, Analysis.RefinedFoci)]);
            }
        }
        else if (ResultFiles.Table(this, Series!.Parameters, Path, static files => files.Foci) is { } path)
        {
            Save(Series, [Table(path, Series.ImageNumbers.Zip(Series.Foci, static (number, focus) => new FrameFocus(number, focus)))]);
        }
    }

    /// <inheritdoc />
    protected override void EndProcessing()
    {
        if (ParameterSetName == FocusSet && FsrPaths.Target(this, Path!) is { } path)
        {
            Save(_foci.ToArray(), [Table(path, _foci)]);
        }
    }

    private static OutputFile Table(string path, IEnumerable<FrameFocus> foci) => new(path, "foci", file => FocusFile.Write(file, foci));
}
