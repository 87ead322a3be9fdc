using System.Collections;
using System.Management.Automation;
using FsRec.Parameters;

namespace FsRec.PowerShell.Commands;

/// <summary>Reads parameter files.</summary>
[Cmdlet(VerbsData.Import, "FsrParameter", DefaultParameterSetName = PathSet)]
[OutputType(typeof(ReconstructionParameters))]
public sealed class ImportFsrParameterCommand : FsrInputFileCmdlet
{
    /// <summary>Values by key that replace those of the file.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(KeyCompleter))]
    public IDictionary? Set { get; set; }

    /// <inheritdoc />
    protected override KeyStages Stages => KeyStages.All;

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        foreach (string file in InputFiles())
        {
            if (ParameterImport.Read(this, file, Changes(Set)) is { } parameters)
            {
                WriteResult(parameters);
            }
        }
    }
}
