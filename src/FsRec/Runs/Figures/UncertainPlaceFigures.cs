using FsRec.Alignment;

namespace FsRec.Runs;

/// <summary>An image whose place is not certain.</summary>
public sealed record UncertainPlaceFigures(
    int ImageNumber, double Dx, double Dy, double Probability, bool WithFollowing, IReadOnlyList<RivalPlaceFigures> Rivals)
{
    /// <summary>The summary of an uncertain place.</summary>
    public static UncertainPlaceFigures Of(UncertainPlace place) => new(
        place.ImageNumber,
        place.Dx,
        place.Dy,
        place.Probability,
        place.WithFollowing,
        [.. place.Rivals.Select(static r => new RivalPlaceFigures(r.Dx, r.Dy, r.Odds))]);
}
