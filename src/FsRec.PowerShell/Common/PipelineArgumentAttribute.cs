using System.Management.Automation;

namespace FsRec.PowerShell;

/// <summary>
/// On the parameters that a cmdlet takes from the pipeline: of an object that none of them takes, says what the cmdlet takes and which cmdlet makes it, where
/// PowerShell would say that it cannot be bound. It stands on each, as PowerShell asks those of one set of parameters only where others are given.
/// </summary>
/// <param name="cmdlet">The cmdlet.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PipelineArgumentAttribute(Type cmdlet) : ArgumentTransformationAttribute
{
    /// <summary>The cmdlet.</summary>
    public Type Cmdlet { get; } = cmdlet;

    /// <inheritdoc />
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => PipelineTypes.Of(Cmdlet).Problem(inputData, engineIntrinsics) is { } problem
        ? throw new ArgumentTransformationMetadataException(problem)
        : inputData;
}
