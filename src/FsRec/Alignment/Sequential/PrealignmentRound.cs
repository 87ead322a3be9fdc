using FsRec.Series;

namespace FsRec.Alignment;

/// <summary>One round of pre-alignment; round 0 is the coarse, whole-pixel step.</summary>
/// <param name="Round">Number of the round.</param>
/// <param name="LargestMove">Longest move of a frame in this round, in pixels.</param>
/// <param name="Displacements">Displacements after the round, mean-free.</param>
public sealed record PrealignmentRound(int Round, double LargestMove, IReadOnlyList<FrameDisplacement> Displacements)
{
    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"round {Round}: largest move {LargestMove:0.000} px, largest displacement {DisplacementAlgebra.Largest(Displacements):0.000} px");
}
