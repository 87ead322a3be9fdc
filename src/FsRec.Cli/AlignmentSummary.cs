using FsRec.Alignment;

namespace FsRec.Cli;

/// <summary>By which way a series was aligned and how certain its places are, for the summary as JSON.</summary>
internal sealed record AlignmentSummary
{
    public required string Method { get; init; }

    public string? Reason { get; init; }

    public double? Likeness { get; init; }

    public double? LogLikelihood { get; init; }

    public double? OtherLogLikelihood { get; init; }

    public required IReadOnlyList<UncertainPlaceSummary> UncertainPlaces { get; init; }

    public required IReadOnlyList<int> OutlierImages { get; init; }

    public required IReadOnlyList<int> FaintImages { get; init; }

    public required IReadOnlyList<int> UndeterminedImages { get; init; }

    public required IReadOnlyList<int> QuietImages { get; init; }

    public required IReadOnlyList<int> SaturatedImages { get; init; }

    /// <summary>The summary of a pre-alignment, if there was one.</summary>
    public static AlignmentSummary? Of(PrealignmentResult? result) => result is null ? null : new AlignmentSummary
    {
        Method = result.Method,
        Reason = result.Choice?.Reason,
        Likeness = Finite(result.Choice?.Likeness),
        LogLikelihood = Finite(result.Choice?.LogLikelihood),
        OtherLogLikelihood = Finite(result.Choice?.OtherLogLikelihood),
        UncertainPlaces = [.. result.UncertainPlaces.Select(UncertainPlaceSummary.Of)],
        OutlierImages = result.OutlierImages,
        FaintImages = result.FaintImages,
        UndeterminedImages = result.UndeterminedImages,
        QuietImages = result.QuietImages,
        SaturatedImages = result.SaturatedImages,
    };

    private static double? Finite(double? value) => value is { } v && double.IsFinite(v) ? v : null;
}
