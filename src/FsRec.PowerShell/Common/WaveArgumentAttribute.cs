using System.Management.Automation;
using FsRec.Results;
using FsRec.Simulation;

namespace FsRec.PowerShell;

/// <summary>Lets a reconstruction stand for its wave, and a simulated series for its true one.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WaveArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? given = CopyCheck.Require(inputData);
        return Unwrapped.Of(given) switch
        {
            Reconstruction reconstruction => reconstruction.Wave,
            SimulatedSeries simulated => simulated.TrueWave,
            string path => throw new ArgumentTransformationMetadataException($"Found the text '{path}'; expected a wave. One in a file is read by Import-FsrWave '{path}', with -Calibration where the file does not tell its shape: -Calibration takes a reconstruction, a series or parameters."),
            FileInfo file => throw new ArgumentTransformationMetadataException($"Found the file '{file.Name}'; expected a wave, as Import-FsrWave reads it from the file."),
            // Wrapped as it was: the properties of an object with its own are those of what wraps it.
            _ => given,
        };
    }
}
