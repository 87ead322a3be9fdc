using System.Collections;
using System.Management.Automation;
using FsRec.Parameters;

namespace FsRec.PowerShell.Commands;

/// <summary>Writes parameters as a commented parameter file.</summary>
[Cmdlet(VerbsData.Export, "FsrParameter", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo), typeof(ReconstructionParameters))]
public sealed class ExportFsrParameterCommand : FsrOutputFileCmdlet
{
    /// <summary>The parameters.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Parameters")]
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
        if (ParameterImport.Override(this, Parameter, Changes(Set), Parameter) is { } parameters && FsrPaths.Target(this, Path) is { } path)
        {
            Save(parameters, [new OutputFile(path, "parameters", file => ParameterFile.Write(parameters, file))]);
        }
    }
}
