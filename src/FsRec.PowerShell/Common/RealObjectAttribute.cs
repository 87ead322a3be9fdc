using System.Management.Automation;

namespace FsRec.PowerShell;

/// <summary>Takes an object of the module itself and refuses a copy of one; see <see cref="CopyCheck"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RealObjectAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => CopyCheck.Require(inputData);
}
