using FsRec.Series;

namespace FsRec.Alignment;

/// <summary>What a pre-alignment found.</summary>
/// <param name="Aligned">The series with its displacements.</param>
/// <param name="Rounds">The rounds it took.</param>
public sealed record PrealignmentResult(AlignedSeries Aligned, IReadOnlyList<PrealignmentRound> Rounds)
{
    /// <summary>The rounds it took.</summary>
    public IReadOnlyList<PrealignmentRound> Rounds { get; init => field = value.ToArray(); } = Rounds.ToArray();

    /// <summary>The method, as key Methprealign names it.</summary>
    public string Method { get; init; } = Parameters.PrealignmentMethods.Sequential;

    /// <summary>Why that method.</summary>
    public AlignmentChoice? Choice { get; init; }

    /// <summary>Images whose place is not certain; others are nearly as likely.</summary>
    public IReadOnlyList<UncertainPlace> UncertainPlaces { get; init => field = value.ToArray(); } = Array.Empty<UncertainPlace>();

    /// <summary>
    /// Numbers of images that come to lie elsewhere when they are aligned by one half of the frequencies only, and by the other; looked for only
    /// where the frames say little.
    /// </summary>
    public IReadOnlyList<int> UndeterminedImages { get; init => field = value.ToArray(); } = Array.Empty<int>();

    /// <summary>Whether a tenth of the images or more lie where the data do not determine it: an accident of their noise, or a lattice without a feature.</summary>
    public bool IsUndetermined => 10 * UndeterminedImages.Count >= Aligned.Series.Count;

    /// <summary>Numbers of images of less noise than the others allow, as smoothed ones; their weight is bounded.</summary>
    public IReadOnlyList<int> QuietImages { get; init => field = value.ToArray(); } = Array.Empty<int>();

    /// <summary>Numbers of images that have been clipped: a hundredth of their pixels or more have the highest value. They have no weight, unless most have been.</summary>
    public IReadOnlyList<int> SaturatedImages { get; init => field = value.ToArray(); } = Array.Empty<int>();

    /// <summary>Where the contrast transfer changes sign inside the series; <see langword="null"/> when it does not.</summary>
    public ContrastReversal? Reversal { get; init; }

    /// <summary>
    /// Whether frames may be lost: the contrast reverses inside the series, and frame was aligned against frame without putting it right.
    /// </summary>
    public bool IsUnsafe => Reversal is not null && Aligned.Series.Parameters.Alignment.Method == Parameters.PrealignmentMethods.Sequential && !Aligned.Series.Parameters.Alignment.InvertContrast;

    /// <summary>Those of <see cref="OutlierImages"/> that belong to the others at another focus than their own.</summary>
    public IReadOnlyList<DoubtfulFocus> DoubtfulFoci { get; init => field = value.ToArray(); } = Array.Empty<DoubtfulFocus>();

    /// <summary>
    /// Numbers of images that do not belong to the others, as a blank one, or not at their own focus; only the model method looks for them.
    /// </summary>
    public IReadOnlyList<int> OutlierImages { get; init => field = value.ToArray(); } = Array.Empty<int>();

    /// <summary>
    /// Numbers of images that say too little for their place to be found by themselves and lie where their neighbours expect them; only the
    /// model method looks for them.
    /// </summary>
    public IReadOnlyList<int> FaintImages { get; init => field = value.ToArray(); } = Array.Empty<int>();

    /// <inheritdoc />
    public override string ToString() => $"{Aligned}, {Rounds.Count} rounds";
}
