using System.Management.Automation;
using FsRec.Parameters;

namespace FsRec.PowerShell;

/// <summary>A cmdlet that works on series by parameter files, or by parameters that were read or made before.</summary>
public abstract class FsrParametersCmdlet : FsrInputFileCmdlet
{
    /// <summary>Name of the parameter set with <see cref="Parameter"/>.</summary>
    protected const string ParameterSet = "Parameter";

    /// <summary>Parameters, as Import-FsrParameter gives them.</summary>
    [Parameter(ParameterSetName = ParameterSet, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Parameters")]
    [ParametersArgument]
    public ReconstructionParameters? Parameter { get; set; }

    /// <summary>Threads to use in all; 0 for one a processor. The results do not depend on it.</summary>
    [Parameter]
    [ValidateBounds(0, 1024)]
    [NumberArgument(IsWhole = true)]
    public int Threads { get; set; }

    /// <summary>Values by key that the call gives, besides those by name.</summary>
    private protected virtual System.Collections.IDictionary? Values => null;

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ParameterSet && Parameter is not null && ParameterImport.Override(this, Parameter, Changes(Values), Parameter) is { } given)
        {
            Start(given, Parameter);
        }

        foreach (string file in InputFiles())
        {
            if (ParameterImport.Read(this, file, Changes(Values)) is { } read)
            {
                Start(read, file);
            }
        }
    }

    /// <summary>Does the work of one series.</summary>
    /// <param name="parameters">Its parameters, with all values that the call gives.</param>
    /// <param name="target">What an error is about.</param>
    private protected abstract void Start(ReconstructionParameters parameters, object target);
}
