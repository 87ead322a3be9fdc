using FsRec.Parameters;
using FsRec.Results;

namespace FsRec.Reconstructions;

/// <summary>Whether a result can be true at all. Nothing that fails here is returned, and so nothing of it is written.</summary>
internal static class ResultCheck
{
    // Of the direct beam: even a crystal on a zone axis leaves some of it, and a linear theory has no meaning long before.
    private const double LargestScattered = 100;

    // Of all electrons, as it is stated of a wave that was restored at once: no direct beam at all. Below that it is a doubt (Misfit), as the places may be right: of frames whose
    // illumination turns by half the mean, the gradients are taken for a specimen that leaves 0.4 %.
    private const double LargestShare = 0.9999;

    /// <summary>Makes sure of a reconstruction.</summary>
    /// <exception cref="FsRecException">Something of it is not finite, or beyond what is possible.</exception>
    public static Reconstruction Require(Reconstruction result)
    {
        Finite(result.Wave, "wave");
        Finite(result.FilteredWave, "filtered wave");
        for (int n = 0; n < result.Displacements.Count; n++)
        {
            FrameDisplacement d = result.Displacements[n];
            if (!double.IsFinite(d.Dx) || !double.IsFinite(d.Dy))
            {
                throw Impossible(FormattableString.Invariant($"the displacement of image {d.ImageNumber} is ({d.Dx}, {d.Dy}) px"));
            }

            if (!double.IsFinite(result.Series.Foci[n]))
            {
                throw Impossible(FormattableString.Invariant($"the focus of image {d.ImageNumber} is {result.Series.Foci[n]} nm"));
            }
        }

        bool iterated = result.Method == RestorationMethod.Linear;
        if (iterated && result.History.Count > 0 && !(result.ScatteredFraction <= LargestScattered && double.IsFinite(result.ResidualRms)))
        {
            throw Impossible(FormattableString.Invariant(
                $"the specimen would scatter {100 * result.ScatteredFraction:g4} % of the direct beam, and the residual is {result.ResidualRms:g4}"));
        }

        if (!iterated && result.ScatteredFraction > LargestShare)
        {
            throw Impossible(FormattableString.Invariant(
                $"the specimen would scatter {100 * result.ScatteredFraction:0.00} % of the electrons and leave no direct beam (does it scatter too strongly for the linear theory? Restoration=Nonlinear has no such bound), and the residual is {result.ResidualRms:g4}"));
        }

        if (result.Uncertainty is { } uncertainty)
        {
            // An infinite error is that of a place which the data do not determine.
            if (uncertainty.Frames.FirstOrDefault(static f => f.Weight > 0 && (!double.IsFinite(f.ReducedChiSquare + f.FocusError) || double.IsNaN(f.DxError + f.DyError))) is { } frame)
            {
                throw Impossible(FormattableString.Invariant(
                    $"the errors of image {frame.ImageNumber} are not finite (chi-square {frame.ReducedChiSquare:g4}, {frame.DxError:g4} px, {frame.DyError:g4} px, {frame.FocusError:g4} nm)"));
            }

            if (uncertainty.Rings.FirstOrDefault(static r => !double.IsFinite(r.Amplitude + r.Error + r.Information)) is { } ring)
            {
                throw Impossible(FormattableString.Invariant($"the error of the wave at {ring.Frequency:0.00} 1/nm is not finite"));
            }
        }

        return result;
    }

    private static void Finite(ExitWave wave, string what)
    {
        ReadOnlySpan<float> data = wave.Interleaved;
        int bad = data.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
        if (bad >= 0)
        {
            throw Impossible($"the {what} is not finite, first at row {bad / 2 / wave.Calibration.Columns}, column {bad / 2 % wave.Calibration.Columns}");
        }
    }

    private static FsRecException Impossible(string what) => new(
        $"The reconstruction failed and gave no result: {what}. Are the frames images of one specimen without empty or constant ones among them, and are voltage, spherical aberration, foci, spreads and pixel size in the units of the parameter file?");
}
