using FsRec.Alignment;
using FsRec.Reconstructions;
using FsRec.Results;

namespace FsRec.Runs;

/// <summary>
/// The warnings about how a result was come by. Each begins with a word that does not change, so that scripts can tell them apart.
/// </summary>
public static class RunWarnings
{
    /// <summary>The contrast reverses inside the series and frames were aligned one against the other.</summary>
    public const string ContrastReversal = "ContrastReversal";

    /// <summary>A frame does not belong to the others.</summary>
    public const string OutlierImage = "OutlierImage";

    /// <summary>A frame says too little for its place to be found.</summary>
    public const string FaintImage = "FaintImage";

    /// <summary>The series says nothing about the wave in a band of frequencies.</summary>
    public const string BlindBand = "BlindBand";

    /// <summary>A nonlinear restoration was asked for, and the linear estimate was kept.</summary>
    public const string LinearKept = "LinearKept";

    /// <summary>The wave does not explain the frames within their noise.</summary>
    public const string Misfit = "Misfit";

    /// <summary>An aberration that was to be fitted keeps its value, as the data do not support another.</summary>
    public const string AberrationKept = "AberrationKept";

    // Of the reduced chi-square: beyond, the model is wrong by more than chance.
    private const double TolerableChiSquare = 1.2;

    /// <summary>What there is to warn of after a pre-alignment.</summary>
    /// <param name="result">The pre-alignment.</param>
    public static IEnumerable<string> Of(PrealignmentResult result)
    {
        if (result.IsUnsafe)
        {
            yield return $"{ContrastReversal}: {result.Reversal}; frame against frame, images are lost there. Leave Methprealign out, or set Methprealign=model.";
        }

        foreach (string warning in Outliers(result.OutlierImages))
        {
            yield return warning;
        }

        if (result.FaintImages.Count > 0 && result.FaintImages.Count + result.OutlierImages.Count == result.Aligned.Series.Count)
        {
            yield return $"{FaintImage}: no image says enough for its place to be found; the images were left where they are. Is there a specimen, and are pixel size, foci and voltage right?";
        }
        else if (result.FaintImages.Count > 0)
        {
            yield return $"{FaintImage}: {Images(result.FaintImages, "says", "say")} too little for {(result.FaintImages.Count == 1 ? "its place" : "their places")} to be found, and {(result.FaintImages.Count == 1 ? "was" : "were")} put where the neighbours expect {(result.FaintImages.Count == 1 ? "it" : "them")}.";
        }
    }

    /// <summary>What there is to warn of after a restoration.</summary>
    /// <param name="result">The restoration.</param>
    public static IEnumerable<string> Of(RestorationResult result)
    {
        if (result.Nonlinear is { KeptLinear: true } kept)
        {
            yield return FormattableString.Invariant(
                $"{LinearKept}: the nonlinear wave is not shown to be better, as what the linear theory leaves out is {kept.LinearBias:0.000} of what noise leaves; the wave is that of the Wiener restoration.");
        }

        if (result.Reconstruction.Uncertainty is not { } uncertainty)
        {
            yield break;
        }

        foreach (string warning in Outliers(uncertainty.OutlierImages))
        {
            yield return warning;
        }

        if (uncertainty.ReducedChiSquare > TolerableChiSquare)
        {
            yield return FormattableString.Invariant(
                $"{Misfit}: the wave does not explain the frames within their noise, reduced chi-square {uncertainty.ReducedChiSquare:0.00}; the errors that are stated are lower bounds.");
        }

        foreach (AberrationUncertainty a in uncertainty.Aberrations.Where(static a => !a.IsTaken))
        {
            yield return $"{AberrationKept}: {a}.";
        }

        double lower = result.Reconstruction.Series.Parameters.LowerLimit;
        // Below the lower reconstruction limit it is known to be so.
        FrequencyBand[] bands = [.. uncertainty.BlindBands.Where(b => b.High > lower)];
        if (bands.Length > 0)
        {
            yield return $"{BlindBand}: the series carries no information about the wave {string.Join(" and ", bands.Select(static b =>
                FormattableString.Invariant($"from {b.Low:0.00} to {b.High:0.00} 1/nm")))}, where its transfer is below the noise.";
        }
    }

    private static IEnumerable<string> Outliers(IReadOnlyList<int> images)
    {
        if (images.Count > 0)
        {
            yield return $"{OutlierImage}: {Images(images, "does", "do")} not show what the others predict, as a blank frame, and {(images.Count == 1 ? "has" : "have")} no weight.";
        }
    }

    private static string Images(IReadOnlyList<int> numbers, string one, string many) =>
        $"{(numbers.Count == 1 ? "image" : "images")} {string.Join(", ", numbers)} {(numbers.Count == 1 ? one : many)}";
}
