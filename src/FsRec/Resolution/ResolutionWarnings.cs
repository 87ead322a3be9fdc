namespace FsRec.Resolution;

/// <summary>What there is to warn of in a measured resolution.</summary>
public static class ResolutionWarnings
{
    /// <summary>The warning that frames share noise.</summary>
    /// <param name="found">The measurement.</param>
    public static RunMessage SharedNoise(ResolutionMeasurement found) => RunMessage.Warning(WarningIds.SharedNoise, FormattableString.Invariant(
        $"neighbouring frames share {found.SharedNoise:0.00} of their noise, as running averages do or frames with a fixed pattern; halves of alternate frames then agree by it, and the resolution is overstated. Reconstruct from the single frames, or take every k-th where k frames were averaged."));
}
