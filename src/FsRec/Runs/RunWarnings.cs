using FsRec.Alignment;
using FsRec.Reconstructions;
using FsRec.Results;

namespace FsRec.Runs;

/// <summary>The warnings about how a result was come by.</summary>
public static class RunWarnings
{
    private static readonly string[] Doubtful =
    [
        WarningIds.ContrastReversal, WarningIds.OutlierImage, WarningIds.FocusDoubtful, WarningIds.SaturatedImage, WarningIds.FaintImage, WarningIds.AmbiguousPlace, WarningIds.UndeterminedPlaces,
        WarningIds.Misfit, WarningIds.NoiseColour, WarningIds.NotConverged, WarningIds.SwappedDimensions, WarningIds.OtherByteOrder, WarningIds.OtherNumberType, WarningIds.GapInFrames, WarningIds.InputChanged,
        WarningIds.FocusAtEdge, WarningIds.WaveOfOtherParameters, WarningIds.HalvesDisagree, WarningIds.FocusUnit,
    ];

    // Correlation of frames that were left out with their prediction: the square is the share of their power that is predicted, half again.
    private static readonly double LeastPrediction = Math.Sqrt(1 - MisfitWarning.TolerableUnexplained);

    // Reduced chi-square of frames that were left out: their own noise, and as much that the wave takes from the frames it was made of.
    private const double MostPredictedChiSquare = 2;

    // Share of the electrons. Specimens that can be seen through leave more of the direct beam.
    private const double MostScattered = 0.9;

    // Of the reduced chi-square: beyond, the model is wrong by more than chance.
    private const double TolerableChiSquare = 1.2;

    // Power of the noise beyond what the microscope transfers over that at the highest frequencies, either way, where it was not taken from the residuals.
    private const double TolerableColour = 1.15;

    // What is less likely than one to so many has no figure that anyone reads.
    private const double MostOdds = 1e6;

    /// <summary>Whether a warning means that a result is not to be trusted as it is.</summary>
    /// <param name="id">What the warning is about, one of <see cref="WarningIds"/>.</param>
    public static bool IsDoubt(string id) => Doubtful.Contains(id);

    /// <summary>What there is to warn of a series before anything is made of it.</summary>
    /// <param name="series">The series.</param>
    public static IEnumerable<RunMessage> Of(Series.FocalSeries series)
    {
        foreach (RunMessage warning in series.Source?.Warnings ?? [])
        {
            yield return warning;
        }

        if (Series.RowLength.Likelier(series) is { } likelier)
        {
            yield return RunMessage.Warning(WarningIds.SwappedDimensions, $"pixels {likelier.Columns} apart are more alike than those one row of {series.Calibration.Columns} apart. Dimensions is [rows, columns]: should it be [{likelier.Rows}, {likelier.Columns}]?");
        }

        if (Series.ByteOrder.IsOther(series))
        {
            yield return RunMessage.Warning(WarningIds.OtherByteOrder, $"the higher byte of the 16-bit numbers varies more than the lower one, as where the two have been exchanged. Should it be Bigendian={(series.Parameters.Files.BigEndian ? "No" : "Yes")}?");
        }

        if (Series.NumberType.IsFloat(series))
        {
            yield return RunMessage.Warning(WarningIds.OtherNumberType, "the 32-bit integers are as large as the bits of floating-point numbers, and no counts. Should it be Pixeltype=Float32?");
        }
    }

    /// <summary>What there is to warn of after a pre-alignment.</summary>
    /// <param name="result">The pre-alignment.</param>
    public static IEnumerable<RunMessage> Of(PrealignmentResult result)
    {
        if (result.IsUnsafe)
        {
            yield return RunMessage.Warning(WarningIds.ContrastReversal, $"{result.Reversal}; frame against frame, images are lost there. Leave Methprealign out, or set Methprealign=model.");
        }

        foreach (RunMessage warning in OutlierWarnings.Of(
            result.Aligned.Series,
            [.. result.OutlierImages.Except(result.SaturatedImages).Except(result.DoubtfulFoci.Select(static f => f.ImageNumber))],
            result.OutlierImages))
        {
            yield return warning;
        }

        foreach (DoubtfulFocus focus in result.DoubtfulFoci)
        {
            yield return Doubt(focus.ImageNumber, focus.Focus, focus.FittingFocus);
        }

        if (result.SaturatedImages.Count > 0)
        {
            bool weightless = result.SaturatedImages.All(result.OutlierImages.Contains);
            yield return RunMessage.Warning(WarningIds.SaturatedImage, $"{Images(result.SaturatedImages, "is", "are")} clipped: a hundredth of the pixels or more have one and the same highest value, and what was above is lost{(weightless ? $"; {(result.SaturatedImages.Count == 1 ? "it has" : "they have")} no weight" : "")}.");
        }

        // Of an image without weight it is no matter.
        if (result.QuietImages.Except(result.OutlierImages).ToArray() is { Length: > 0 } quiet)
        {
            yield return RunMessage.Warning(WarningIds.QuietImage, $"{Images(quiet, "has", "have")} less noise than the others allow, as a smoothed image; {(quiet.Length == 1 ? "its weight is" : "their weights are")} bounded.");
        }

        if (result.IsUndetermined)
        {
            yield return RunMessage.Warning(WarningIds.UndeterminedPlaces, $"the frames do not determine where they lie. Aligned by one half of the frequencies and by the other, {result.UndeterminedImages.Count} of {result.Aligned.Series.Count} images come to lie in different places. Longer exposures, fewer and summed images, or a larger field may help.");
        }

        foreach (UncertainPlace place in result.UncertainPlaces)
        {
            yield return RunMessage.Warning(WarningIds.AmbiguousPlace, $"{place}; odds over its place in brackets.");
        }

        if (result.FaintImages.Count > 0 && result.FaintImages.Count + result.OutlierImages.Count == result.Aligned.Series.Count)
        {
            yield return RunMessage.Warning(WarningIds.FaintImage, $"no image says enough for its place to be found; the images were left where they are. Is there a specimen, and are pixel size, foci and voltage right?");
        }
        else if (result.FaintImages.Count > 0)
        {
            yield return RunMessage.Warning(WarningIds.FaintImage, $"{Images(result.FaintImages, "says", "say")} too little for {(result.FaintImages.Count == 1 ? "its place" : "their places")} to be found, and {(result.FaintImages.Count == 1 ? "was" : "were")} put where the neighbours expect {(result.FaintImages.Count == 1 ? "it" : "them")}.");
        }
    }

    /// <summary>Foci that were in doubt, of which a refinement has found that they are other ones.</summary>
    /// <param name="doubtful">The foci in doubt.</param>
    /// <param name="refined">The series with the foci that were found.</param>
    internal static IEnumerable<RunMessage> OfFoci(IEnumerable<DoubtfulFocus> doubtful, Series.FocalSeries refined)
    {
        // Range may name an image more than once.
        ILookup<int, double> found = refined.ImageNumbers.Zip(refined.Foci).ToLookup(static p => p.First, static p => p.Second);
        return doubtful
            .Where(f => found[f.ImageNumber].Any(z => Math.Abs(z - f.FittingFocus) < Math.Abs(z - f.Focus)))
            .Select(static f => Doubt(f.ImageNumber, f.Focus, f.FittingFocus));
    }

    /// <summary>What there is to warn of after a restoration.</summary>
    /// <param name="result">The restoration.</param>
    public static IEnumerable<RunMessage> Of(RestorationResult result)
    {
        if (result.Nonlinear is { KeptLinear: true } kept)
        {
            yield return RunMessage.Warning(WarningIds.LinearKept, FormattableString.Invariant($"the nonlinear wave is not shown to be better, as what the linear theory leaves out is {Stated.Part(kept.LinearBias)} what noise leaves; the wave is that of the Wiener restoration."));
        }

        if (result.Reconstruction.ScatteredFraction > MostScattered)
        {
            yield return RunMessage.Warning(WarningIds.Misfit, FormattableString.Invariant($"the specimen of this wave would scatter {100 * result.Reconstruction.ScatteredFraction:0} % of the electrons, and next to no direct beam is left. Are foci, pixel size, voltage, aberrations and spreads right?"));
        }

        if (MisfitWarning.Of(result.Reconstruction) is { } misfit)
        {
            yield return misfit;
        }

        if (result.Reconstruction.Uncertainty is not { } uncertainty)
        {
            yield break;
        }

        FrameUncertainty[] misfocused = [.. uncertainty.Frames.Where(static f => double.IsFinite(f.FittingFocus))];
        foreach (FrameUncertainty frame in misfocused)
        {
            yield return Doubt(frame.ImageNumber, frame.Focus, frame.FittingFocus);
        }

        // The alignment names places that were in doubt to it; this is what the frames say of one another in the end.
        foreach (FrameUncertainty frame in uncertainty.Frames.Where(static f => f.Weight is > 0 and < 0.5))
        {
            yield return RunMessage.Warning(WarningIds.AmbiguousPlace, FormattableString.Invariant(
                $"image {frame.ImageNumber} lies more likely elsewhere than where it was put, {Odds(frame.Weight)}; its weight and its stated errors ({Stated.Pixels(frame.DxError, frame.DyError, "0.0")}) say so."));
        }

        foreach (RunMessage warning in OutlierWarnings.Of(
            result.Reconstruction.Series, [.. uncertainty.OutlierImages.Except(misfocused.Select(static f => f.ImageNumber))], uncertainty.OutlierImages))
        {
            yield return warning;
        }

        if (uncertainty.ReducedChiSquare > TolerableChiSquare)
        {
            yield return RunMessage.Warning(WarningIds.Misfit, FormattableString.Invariant($"the wave does not explain the frames within their noise, reduced chi-square {uncertainty.ReducedChiSquare:0.00}; the errors that are stated are lower bounds."));
        }

        if (ColouredNoise(uncertainty, result.Reconstruction.Series) is { } coloured)
        {
            yield return coloured;
        }

        foreach (AberrationUncertainty a in uncertainty.Aberrations.Where(static a => !a.IsTaken))
        {
            yield return RunMessage.Warning(WarningIds.AberrationKept, $"{a}.");
        }

        double lower = result.Reconstruction.Series.Parameters.LowerLimit;
        // Below the lower reconstruction limit it is known to be so.
        FrequencyBand[] bands = [.. uncertainty.BlindBands.Where(b => b.High > lower)];
        if (bands.Length > 0)
        {
            yield return RunMessage.Warning(WarningIds.BlindBand, $"{string.Join(" and ", bands.Select(static b =>
                FormattableString.Invariant($"from {b.Low:0.00} to {b.High:0.00} 1/nm")))} the frames tell less than half of the wave's power: its signal is below its noise there. Two halves that agree by 1/7 stand for a third of the noise, so that the resolution may lie a little further out.");
        }
    }

    /// <summary>What there is to warn of after frames were left out and predicted.</summary>
    /// <param name="result">The predicted frames.</param>
    public static IEnumerable<RunMessage> Of(CrossValidationResult result)
    {
        // Where noise is most of a frame no prediction correlates with it; then what they differ by is that noise, and at most as much again that the wave has.
        if (result.Correlation < LeastPrediction && result.ReducedChiSquare > MostPredictedChiSquare)
        {
            yield return RunMessage.Warning(WarningIds.Misfit, FormattableString.Invariant($"the wave predicts less than half of what the images show that were left out: correlation {result.Correlation:0.00}, reduced chi-square {result.ReducedChiSquare:0.0}. A wave that only fits the images it was made from is not the specimen's. A strong object takes Restoration=Nonlinear; are foci, pixel size, voltage and aberrations right?"));
        }
    }

    /// <summary>
    /// Frames whose noise has another spectrum than was given: seen beyond the frequencies of the wave, or by a chi-square less than the fit leaves of the data's degrees of freedom.
    /// </summary>
    private static RunMessage? ColouredNoise(ReconstructionUncertainty uncertainty, Series.FocalSeries series)
    {
        if (uncertainty.Noise is not { } noise)
        {
            double colour = uncertainty.NoiseColour;
            return uncertainty.ResidualNoise is null && !(colour is > TolerableColour or < 1 / TolerableColour) ? null
                : RunMessage.Warning(WarningIds.NoiseColour, series.Parameters.Detector.Nps is null
                    ? $"the noise of the frames is not white: {Found(colour, uncertainty.ReducedChiSquare)}. Weights and errors are wrong by as much, and the detector blurs the image: give its MTF and NPS."
                    : $"the noise of the frames is not as NPS says: {Found(colour, uncertainty.ReducedChiSquare)}. Weights and errors are wrong by as much. Are MTF and NPS those of this detector, at this voltage and binning?");
        }

        string found = Found(noise.Colour, noise.ReducedChiSquare);
        string taken = FormattableString.Invariant($"The noise spectrum was taken from the residuals, {noise.Spectrum[noise.Spectrum.Count / 2]:0.00} at half of the Nyquist frequency and {noise.Spectrum[^1]:0.00} at it, and the series reconstructed once more");
        return RunMessage.Warning(WarningIds.NoiseColour, noise switch
        {
            { BlursImage: true } => $"the noise of the frames is not white: {found}. {taken}; the detector was taken to blur the image as it does the noise, MTF = √NPS. No series tells the MTF: give MTF and NPS of the detector.",
            { Instead: null } => $"the noise of the frames is not white: {found}. {taken}; MTF is as given. Give the NPS that belongs to it.",
            _ => $"the noise of the frames is not as NPS says: {found}. {taken}; MTF is {(series.Parameters.Detector.Mtf is null ? "taken to be 1" : "as given, and no series tells whether it is right")}. Are MTF and NPS those of this detector, at this voltage and binning?",
        });

        static string Found(double colour, double chiSquare) => double.IsNaN(colour)
            ? FormattableString.Invariant($"reduced chi-square {chiSquare:0.00}")
            : FormattableString.Invariant($"beyond what the microscope transfers it has {colour:0.00} of its power at the highest frequencies, reduced chi-square {chiSquare:0.00}");
    }

    private static string Odds(double weight) => 1 / weight < MostOdds ? FormattableString.Invariant($"1:{(1 / weight) - 1:g3}") : "by all that can be told";

    private static RunMessage Doubt(int image, double focus, double fitting) => RunMessage.Warning(WarningIds.FocusDoubtful, FormattableString.Invariant(
        $"image {image} does not show what the others predict at its focus of {focus:0.0} nm, and does at {fitting:0.0} nm. At its own it has no weight; correct Foci, or take Restoration=Nonlinear, which begins with the focus that fits."));

    internal static string Images(IReadOnlyList<int> numbers, string one, string many) =>
        $"{(numbers.Count == 1 ? "image" : "images")} {string.Join(", ", numbers)} {(numbers.Count == 1 ? one : many)}";
}
