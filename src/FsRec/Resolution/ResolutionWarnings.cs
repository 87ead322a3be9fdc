using FsRec.Parameters;

namespace FsRec.Resolution;

/// <summary>What there is to warn of in a measured resolution.</summary>
public static class ResolutionWarnings
{
    // Beyond what the halves agree to, the wave is noise: so much more of it is worth a word. The band's area is the square.
    private const double TolerableExcess = 1.25;

    /// <summary>All there is to warn of.</summary>
    /// <param name="found">The measurement.</param>
    public static IEnumerable<RunMessage> Of(ResolutionMeasurement found)
    {
        if (!found.HalvesAgree)
        {
            yield return RunMessage.Warning(WarningIds.HalvesDisagree, found.Disagreement
                + ": there is no resolution, and nothing in the wave is known to be more than noise. Is there a specimen, and are Limit, pixel size, foci and voltage right?");
        }
        else if (found.HasSharedNoise)
        {
            yield return SharedNoise(found);
        }

        if (found.Series.Source is { IsLimitAssumed: true } && found.FrequencyAtOneSeventh is { } reach && found.Band.High > TolerableExcess * reach)
        {
            yield return RunMessage.Warning(WarningIds.LimitBeyondResolution, FormattableString.Invariant(
                $"nobody gave Limit, and {found.Band.High:0.##} 1/nm was taken, as far as the microscope transfers; the halves of the series agree up to {reach:0.##} 1/nm only, and what the wave holds beyond is noise. {Way(found, reach)}"));
        }
    }

    /// <summary>The warning that frames share noise.</summary>
    /// <param name="found">The measurement.</param>
    private static RunMessage SharedNoise(ResolutionMeasurement found) => RunMessage.Warning(WarningIds.SharedNoise, FormattableString.Invariant(
        $"neighbouring frames share {found.SharedNoise:0.00} of their noise, as running averages do or frames with a fixed pattern; halves of alternate frames then agree by it, and the resolution is overstated. Reconstruct from the single frames, or take every k-th where k frames were averaged."));

    // A little more than they agree to, so that the last rings are not cut.
    private static string Way(ResolutionMeasurement found, double reach)
    {
        double step = Math.Min(0.1, Math.Pow(10, Math.Floor(Math.Log10(reach)) - 1));
        string limit = NumberText.Print(Math.Round(Math.Min(Math.Ceiling(1.1 * reach / step) * step, found.Band.High), 6));
        return found.Series.Parameters.Override([new("Limit", limit)]).Parameters is not null
            ? $"Give Limit={limit}."
            : $"Limit={limit} would fit neither the other values nor a transmission electron microscope's images: are Sampling, the size of a pixel, and the foci in nm, and Voltage in kV?";
    }
}
