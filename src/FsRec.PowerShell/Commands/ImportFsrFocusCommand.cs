using System.Management.Automation;
using FsRec.Formats;
using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.PowerShell.Commands;

/// <summary>Reads the foci of a series, <c>_foci.csv</c>.</summary>
[Cmdlet(VerbsData.Import, "FsrFocus", DefaultParameterSetName = PathSet)]
[OutputType(typeof(FrameFocus))]
public sealed class ImportFsrFocusCommand : FsrInputFileCmdlet
{
    private const string ParameterSet = "Parameter";

    /// <summary>Parameters whose earlier results are read, under OUTPUTPATH.</summary>
    [Parameter(ParameterSetName = ParameterSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Parameters")]
    public ReconstructionParameters? Parameter { get; set; }

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        IEnumerable<string> files = ParameterSetName == ParameterSet ? [OutputFiles.Of(Parameter!).Foci] : InputFiles();
        foreach (string file in files)
        {
            if (TryRun(file, _ => FocusFile.Read(file)) is { } rows)
            {
                WriteObject(rows, true);
            }
        }
    }
}
