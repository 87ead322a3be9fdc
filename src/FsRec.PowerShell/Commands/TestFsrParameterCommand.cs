using System.Collections;
using System.Management.Automation;
using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.PowerShell.Commands;

/// <summary>Says what is wrong or doubtful about parameter files or parameters.</summary>
[Cmdlet(VerbsDiagnostic.Test, "FsrParameter", DefaultParameterSetName = PathSet)]
[OutputType(typeof(ParameterFinding), ParameterSetName = [PathSet, LiteralPathSet, ParameterSet])]
[OutputType(typeof(bool), ParameterSetName = [PathSet, LiteralPathSet, ParameterSet])]
public sealed class TestFsrParameterCommand : FsrInputFileCmdlet
{
    private const string ParameterSet = "Parameter";

    /// <summary>Parameters to check instead of a file.</summary>
    [Parameter(ParameterSetName = ParameterSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Parameters")]
    [ParametersArgument]
    public ReconstructionParameters? Parameter { get; set; }

    /// <summary>Values by key that are checked in place of the parameters' own.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(KeyCompleter))]
    public IDictionary? Set { get; set; }

    /// <summary>Put out only whether there is no error.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc />
    protected override KeyStages Stages => KeyStages.All;

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (Parameter is not null && ParameterSetName == ParameterSet)
        {
            Write(Parameter.Validate(), Parameter);
        }

        foreach (string file in InputFiles())
        {
            ParameterFileResult result = ParameterFile.Load(file);
            Write(result.Findings, result.Parameters);
        }
    }

    private void Write(IReadOnlyList<ParameterFinding> findings, ReconstructionParameters? parameters)
    {
        if (parameters is not null && Changes(Set) is { Count: > 0 } changes)
        {
            ParameterFileResult changed = parameters.Override(changes);
            findings = [.. findings, .. changed.Findings];
            parameters = changed.Parameters;
        }

        if (parameters is not null)
        {
            findings = [.. findings, .. SeriesDetector.Check(parameters)];
        }

        if (Quiet)
        {
            WriteObject(!findings.Any(static finding => finding.Severity == ParameterSeverity.Error));
        }
        else
        {
            WriteObject(findings, true);
        }
    }
}
