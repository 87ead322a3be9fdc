using System.Management.Automation;
using FsRec.Focus;
using FsRec.Runs;

namespace FsRec.PowerShell;

/// <summary>Lets what an autofocus or a run gave stand for its reconstruction.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReconstructionArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? given = CopyCheck.Require(inputData);
        return Unwrapped.Of(given) switch
        {
            AutofocusResult result => result.Reconstruction,
            RunResult { Reconstruction: { } reconstruction } => reconstruction,
            // Wrapped as it was: the properties of an object with its own are those of what wraps it.
            _ => given,
        };
    }
}
