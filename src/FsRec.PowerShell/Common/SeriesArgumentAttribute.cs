using System.Management.Automation;
using FsRec.Alignment;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Simulation;

namespace FsRec.PowerShell;

/// <summary>Lets what carries a focal series stand for it: a simulated series and, where displacements do not matter, an aligned one.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SeriesArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>Whether only a series without displacements may stand for one; what has them goes to another parameter.</summary>
    public bool UnalignedOnly { get; init; }

    /// <inheritdoc />
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? given = CopyCheck.Require(inputData);
        return Unwrapped.Of(given) is SimulatedSeries simulated ? simulated.Series
            : UnalignedOnly ? given
            : SeriesOf(given) ?? given;
    }

    internal static FocalSeries? SeriesOf(object? value) => Unwrapped.Of(value) switch
    {
        FocalSeries series => series,
        SimulatedSeries simulated => simulated.Series,
        AlignedSeries aligned => aligned.Series,
        PrealignmentResult prealignment => prealignment.Aligned.Series,
        Reconstruction reconstruction => reconstruction.Series,
        RunResult run => run.Aligned.Series,
        _ => null,
    };
}
