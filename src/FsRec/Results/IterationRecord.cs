namespace FsRec.Results;

/// <summary>What one iteration did.</summary>
/// <param name="Iteration">Number of the iteration, from 1.</param>
/// <param name="LargestMove">Longest move of a frame in this iteration, in pixels.</param>
/// <param name="LargestMoveWithoutTilt">
/// The same without the mean and the part linear in defocus, along which the alignment creeps and which the data cannot tell from a
/// tilt of the beam.
/// </param>
/// <param name="ScatteredFraction">Share of the electrons that the specimen scattered, 0 to 1.</param>
/// <param name="ResidualRms">
/// Root mean square difference of simulated and measured frames inside the reference area, after the alignment filter, in units of
/// the mean intensity.
/// </param>
public sealed record IterationRecord(
    int Iteration, double LargestMove, double LargestMoveWithoutTilt, double ScatteredFraction, double ResidualRms)
{
    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"iteration {Iteration}: largest move {LargestMove:0.0000} px ({LargestMoveWithoutTilt:0.0000} px without tilt), scattered {100 * ScatteredFraction:0.000} %, residual {ResidualRms:0.00000}");
}
