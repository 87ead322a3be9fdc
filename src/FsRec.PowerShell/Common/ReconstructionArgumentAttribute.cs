using System.Management.Automation;
using FsRec.Focus;
using FsRec.Runs;

namespace FsRec.PowerShell;

/// <summary>Lets what an autofocus or a run gave stand for its reconstruction.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReconstructionArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        Base(CopyCheck.Require(inputData)) switch
        {
            AutofocusResult result => result.Reconstruction,
            RunResult { Reconstruction: { } reconstruction } => reconstruction,
            var other => other,
        };

    private static object? Base(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
