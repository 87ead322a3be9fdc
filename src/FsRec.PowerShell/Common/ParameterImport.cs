using System.Management.Automation;
using FsRec.Parameters;

namespace FsRec.PowerShell;

/// <summary>Reading parameters with PowerShell's streams for what is wrong with them.</summary>
internal static class ParameterImport
{
    /// <summary>Reads a parameter file: warnings go to their stream, all errors together become one error record.</summary>
    public static ReconstructionParameters? Read(PSCmdlet cmdlet, string file, IReadOnlyList<KeyValuePair<string, string>> overrides)
    {
        ParameterFileResult result = ParameterFile.Load(file);
        foreach (ParameterFinding warning in result.Warnings)
        {
            cmdlet.WriteWarning(warning.ToText());
        }

        if (result.Parameters is null)
        {
            cmdlet.WriteError(new ErrorRecord(
                new ParameterException(result.Findings), "ParameterFileInvalid", ErrorCategory.InvalidData, file));
            return null;
        }

        return Override(cmdlet, result.Parameters, overrides, file);
    }

    /// <summary>Puts values over parameters; what is wrong with them is an error record.</summary>
    public static ReconstructionParameters? Override(
        PSCmdlet cmdlet, ReconstructionParameters parameters, IReadOnlyList<KeyValuePair<string, string>> overrides, object target, bool afterImport = false)
    {
        try
        {
            return afterImport
                ? Overrides.ApplyAfterImport(cmdlet, parameters, overrides)
                : Overrides.Apply(cmdlet, parameters, overrides);
        }
        catch (FsRecException e)
        {
            var record = new ErrorRecord(e, "OverrideInvalid", ErrorCategory.InvalidArgument, target);
            cmdlet.WriteError(cmdlet is FsrCmdlet called ? called.OfRow(record) : record);
            return null;
        }
    }
}
