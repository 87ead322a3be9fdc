using System.Management.Automation;
using FsRec.Formats;
using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.PowerShell.Commands;

/// <summary>Reads the displacements of a series, <c>_dxy.csv</c>.</summary>
[Cmdlet(VerbsData.Import, "FsrDisplacement", DefaultParameterSetName = PathSet)]
[OutputType(typeof(FrameDisplacement))]
public sealed class ImportFsrDisplacementCommand : FsrInputFileCmdlet
{
    private const string ParameterSet = "Parameter";

    /// <summary>Parameters whose earlier results are read, under OUTPUTPATH.</summary>
    [Parameter(ParameterSetName = ParameterSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Parameters")]
    public ReconstructionParameters? Parameter { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        IEnumerable<string> files = ParameterSetName == ParameterSet ? [OutputFiles.Of(Parameter!).Displacements] : InputFiles();
        foreach (string file in files)
        {
            if (TryRun(file, _ => DisplacementFile.Read(file)) is { } rows)
            {
                WriteObject(rows, true);
            }
        }
    }
}
