using System.Management.Automation;
using FsRec.Parameters;

namespace FsRec.PowerShell;

/// <summary>Lets parameters, a wave, a series, or what carries one, stand for the shape and scale of its frames.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CalibrationArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        Unwrapped.Of(inputData) switch
        {
            ReconstructionParameters parameters => parameters.Image.Calibration,
            ExitWave wave => wave.Calibration,
            var other => SeriesArgumentAttribute.SeriesOf(other)?.Calibration ?? CopyCheck.Require(inputData),
        };
}
