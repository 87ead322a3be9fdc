using System.Collections;
using System.Management.Automation;
using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.PowerShell.Commands;

/// <summary>Writes parameters as a commented parameter file.</summary>
[Cmdlet(VerbsData.Export, "FsrParameter", SupportsShouldProcess = true, DefaultParameterSetName = ParameterSet)]
[OutputType(typeof(FileInfo), typeof(ReconstructionParameters), typeof(FocalSeries))]
public sealed class ExportFsrParameterCommand : FsrOutputFileCmdlet
{
    private const string ParameterSet = "Parameter";
    private const string SeriesSet = "Series";

    /// <summary>A series, whose parameters are written.</summary>
    [Parameter(ParameterSetName = SeriesSet, Mandatory = true, ValueFromPipeline = true)]
    [RealObject]
    [PipelineArgument(typeof(ExportFsrParameterCommand))]
    public FocalSeries? Series { get; set; }

    /// <summary>Write the series' frames too, as PyFSRec takes them: numbered files of float32 beside the parameter file.</summary>
    [Parameter(ParameterSetName = SeriesSet)]
    public SwitchParameter Raw { get; set; }

    /// <summary>The parameters.</summary>
    [Parameter(ParameterSetName = ParameterSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Parameters")]
    [ParametersArgument]
    [PipelineArgument(typeof(ExportFsrParameterCommand))]
    public ReconstructionParameters Parameter { get; set; } = new();

    /// <summary>The parameter file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>Values by key that replace those of the parameters.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(KeyCompleter))]
    public IDictionary? Set { get; set; }

    /// <inheritdoc />
    protected override KeyStages Stages => KeyStages.All;

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (FsrPaths.Target(this, Path) is not { } path)
        {
            return;
        }

        if (ParameterSetName == SeriesSet)
        {
            WriteSeries(path, Series!);
        }
        else if (ParameterImport.Override(this, Parameter, Changes(Set), Parameter) is { } parameters)
        {
            Save(parameters, [new OutputFile(path, "parameters", file => ParameterFile.Write(parameters, file))]);
        }
    }

    private static RunContext Named(RunContext context) => context with { Names = context.Names with { Place = "Path" } };

    private void WriteSeries(string path, FocalSeries series)
    {
        if (!Raw && series.Source is not null && series.Parameters.Files.InputFileName.Length == 0)
        {
            WriteError(ErrorRecords.Create(
                "NoInputName", ErrorCategory.InvalidOperation, series, "The files of the series have no name or pattern in common that a parameter file could name. Use Raw to write the frames as well."));
            return;
        }

        (ReconstructionParameters parameters, IReadOnlyList<string> frames) = Raw ? SeriesExport.RawFiles(path, series) : (series.Parameters, []);
        if (ParameterImport.Override(this, parameters, Changes(Set), series) is { } changed)
        {
            OutputFile[] files =
            [
                .. frames.Select((frame, n) => new OutputFile(frame, "frame", file => SeriesExport.WriteRaw(file, series, n))),
                new OutputFile(path, "parameters", file => ParameterFile.Write(changed, file)),
            ];
            if (Raw)
            {
                Save(series, files, (wanted, monitor) => SeriesOutputs.Save(
                    wanted, System.IO.Path.GetDirectoryName(path)!, parameters.Files.InputFileName, series, MyInvocation.MyCommand.Name, Force, Named(monitor.Context(0))));
            }
            else
            {
                Save(series, files);
            }
        }
    }
}
