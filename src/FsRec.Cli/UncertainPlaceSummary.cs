using FsRec.Alignment;

namespace FsRec.Cli;

/// <summary>An image whose place is not certain, for the summary as JSON.</summary>
internal sealed record UncertainPlaceSummary(
    int ImageNumber, double Dx, double Dy, double Probability, bool WithFollowing, IReadOnlyList<RivalPlaceSummary> Rivals)
{
    /// <summary>The summary of an uncertain place.</summary>
    public static UncertainPlaceSummary Of(UncertainPlace place) => new(
        place.ImageNumber,
        place.Dx,
        place.Dy,
        place.Probability,
        place.WithFollowing,
        [.. place.Rivals.Select(static r => new RivalPlaceSummary(r.Dx, r.Dy, r.Odds))]);
}
