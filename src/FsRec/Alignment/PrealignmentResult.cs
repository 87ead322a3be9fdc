using FsRec.Series;

namespace FsRec.Alignment;

/// <summary>What a pre-alignment found.</summary>
/// <param name="Aligned">The series with its displacements.</param>
/// <param name="Rounds">The rounds it took.</param>
public sealed record PrealignmentResult(AlignedSeries Aligned, IReadOnlyList<PrealignmentRound> Rounds)
{
    /// <summary>The rounds it took.</summary>
    public IReadOnlyList<PrealignmentRound> Rounds { get; init => field = value.ToArray(); } = Rounds.ToArray();

    /// <inheritdoc />
    public override string ToString() => $"{Aligned}, {Rounds.Count} rounds";
}
