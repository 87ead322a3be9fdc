using FsRec.Alignment;

namespace FsRec.Runs;

/// <summary>By which way a series was aligned and how certain its places are.</summary>
public sealed record AlignmentFigures
{
    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>Why it was chosen; none where nothing was to be chosen.</summary>
    public string? Reason { get; init; }

    /// <summary>How alike neighbours are, by which the data chose.</summary>
    public double? Likeness { get; init; }

    /// <summary>Log-likelihood of the alignment that was kept.</summary>
    public double? LogLikelihood { get; init; }

    /// <summary>Likewise of the other that was tried.</summary>
    public double? OtherLogLikelihood { get; init; }

    /// <summary>Images whose place is not certain.</summary>
    public required IReadOnlyList<UncertainPlaceFigures> UncertainPlaces { get; init; }

    /// <summary>Images that do not belong to the others.</summary>
    public required IReadOnlyList<int> OutlierImages { get; init; }

    /// <summary>Images that say too little for their place.</summary>
    public required IReadOnlyList<int> FaintImages { get; init; }

    /// <summary>Images whose place the data do not determine.</summary>
    public required IReadOnlyList<int> UndeterminedImages { get; init; }

    /// <summary>Images with less noise than the others allow.</summary>
    public required IReadOnlyList<int> QuietImages { get; init; }

    /// <summary>Images that were clipped.</summary>
    public required IReadOnlyList<int> SaturatedImages { get; init; }

    /// <summary>The summary of a pre-alignment, if there was one.</summary>
    public static AlignmentFigures? Of(PrealignmentResult? result) => result is null ? null : new AlignmentFigures
    {
        Method = result.Method,
        Reason = result.Choice?.Reason,
        Likeness = Finite(result.Choice?.Likeness),
        LogLikelihood = Finite(result.Choice?.LogLikelihood),
        OtherLogLikelihood = Finite(result.Choice?.OtherLogLikelihood),
        UncertainPlaces = [.. result.UncertainPlaces.Select(UncertainPlaceFigures.Of)],
        OutlierImages = result.OutlierImages,
        FaintImages = result.FaintImages,
        UndeterminedImages = result.UndeterminedImages,
        QuietImages = result.QuietImages,
        SaturatedImages = result.SaturatedImages,
    };

    private static double? Finite(double? value) => value is { } v && double.IsFinite(v) ? v : null;
}
