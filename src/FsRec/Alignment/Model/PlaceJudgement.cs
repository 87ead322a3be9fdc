namespace FsRec.Alignment;

/// <summary>What the other frames of an aligned series say of one frame's place.</summary>
/// <param name="IsOutlier">Whether the frame does not belong to the others, at its own focus.</param>
/// <param name="DxError">
/// Standard error of the displacement along columns in px, by how much the frequencies of the frame differ among themselves about its place:
/// their noise and what the theory misses of them alike.
/// </param>
/// <param name="DyError">Likewise along rows.</param>
/// <param name="Rivals">Other places, with their odds.</param>
internal sealed record PlaceJudgement(bool IsOutlier, double DxError, double DyError, IReadOnlyList<RivalPlace> Rivals)
{
    // A place that is a thousand times as likely as all others together is certain.
    private const double Certain = 1e-3;

    // Odds are exponentials of log-likelihoods, which have no bounds.
    private const double Most = 1e9;

    /// <summary>
    /// Another focus in nm at which an outlier shows what the others predict, and its displacement in px there; <see langword="null"/> where there is none.
    /// </summary>
    public (double Focus, double Dx, double Dy)? Fitting { get; init; }

    /// <summary>Whether nothing speaks against the frame but what it shows: it is not clipped, no copy of another, and its noise is not out of all proportion.</summary>
    public bool MayVote { get; init; } = true;

    /// <summary>The weight that the odds of the place allow: 0 of an outlier, 1 of a certain place, otherwise the place's probability.</summary>
    public double Weight
    {
        get
        {
            double odds = Rivals.Sum(static r => r.Odds);
            return IsOutlier ? 0 : odds < Certain ? 1 : Math.Max(Certain, 1 / (1 + odds));
        }
    }

    /// <summary>Mean square by which the frame may lie elsewhere together with all that come before or after it, along columns and rows, without what no series tells.</summary>
    public (double Dx, double Dy) Together { get; init; }

    /// <summary>Mean square by which the frame may lie elsewhere, at one of its rivals or together with others, along columns and rows.</summary>
    /// <param name="place">Where it lies.</param>
    public (double Dx, double Dy) Spread((double Dx, double Dy) place)
    {
        double all = 1 + Rivals.Sum(static r => Math.Min(r.Odds, Most));
        return (
            Together.Dx + Rivals.Sum(r => Math.Min(r.Odds, Most) / all * (r.Dx - place.Dx) * (r.Dx - place.Dx)),
            Together.Dy + Rivals.Sum(r => Math.Min(r.Odds, Most) / all * (r.Dy - place.Dy) * (r.Dy - place.Dy)));
    }
}
