using System.Management.Automation;
using FsRec.Sweeps;

namespace FsRec.PowerShell;

/// <summary>Takes parameters, and the copy of a row of a sweep for those of its run: the row itself gives them by its property.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ParametersArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? given = CopyCheck.Require(inputData);
        return given is SweepRow row && !ReferenceEquals(given, inputData) ? row.Parameters : given;
    }
}
