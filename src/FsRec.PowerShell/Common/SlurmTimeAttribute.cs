using System.Management.Automation;
using FsRec.Sweeps;

namespace FsRec.PowerShell;

/// <summary>Reads a time as <c>sbatch --time</c> takes it, in which 30 is thirty minutes, not thirty days as .NET reads it, nor thirty ticks as PowerShell does.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SlurmTimeAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? given = Unwrapped.Of(inputData);
        return given is null or TimeSpan ? given
            : SlurmTime.Read(LanguagePrimitives.ConvertTo<string>(given))
                ?? throw new ArgumentTransformationMetadataException($"'{given}' is no time; expected minutes, as 90, or hours:minutes:seconds, as 2:00:00, or days-hours, as 1-12.");
    }
}
