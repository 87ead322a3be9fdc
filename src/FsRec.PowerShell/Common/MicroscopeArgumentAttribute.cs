using System.Management.Automation;
using FsRec.Formats.Microscopes;

namespace FsRec.PowerShell;

/// <summary>Lets the name of a microscope, what Get-FsrMicroscope lists, or a series' parameters stand for the microscope.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MicroscopeArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            return Unwrapped.Of(inputData) switch
            {
                string name => MicroscopePresets.Find(name).ToMicroscope(),
                MicroscopePreset preset => preset.ToMicroscope(),
                Parameters.ReconstructionParameters parameters => parameters.Microscope,
                _ => inputData,
            };
        }
        catch (FsRecException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }
}
