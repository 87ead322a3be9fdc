using System.Management.Automation;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.PowerShell.Commands;

/// <summary>Writes the frames of a series into one file for other programs.</summary>
[Cmdlet(VerbsData.Export, "FocalSeries", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo), typeof(FocalSeries))]
public sealed class ExportFocalSeriesCommand : FsrOutputFileCmdlet
{
    /// <summary>The series.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SeriesArgument]
    [PipelineArgument(typeof(ExportFocalSeriesCommand))]
    public FocalSeries? Series { get; set; }

    /// <summary>The file; its ending says the format: .tif, .mrc, .npy, .hspy, .emd.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (FsrPaths.Target(this, Path) is { } path)
        {
            Save(Series, [new OutputFile(path, "focal series", file => SeriesExport.Write(file, Series!, StopToken))]);
        }
    }
}
