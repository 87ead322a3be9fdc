using System.Management.Automation;
using FsRec.Results;
using FsRec.Simulation;

namespace FsRec.PowerShell;

/// <summary>Lets a reconstruction stand for its wave, and a simulated series for its true one.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WaveArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        Base(CopyCheck.Require(inputData)) switch
        {
            Reconstruction reconstruction => reconstruction.Wave,
            SimulatedSeries simulated => simulated.TrueWave,
            var other => other,
        };

    private static object? Base(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
