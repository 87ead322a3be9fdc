namespace FsRec.Resolution;

/// <summary>What there is to warn of in a measured resolution; each warning begins with a word that does not change.</summary>
public static class ResolutionWarnings
{
    /// <summary>Name of the warning that frames share noise.</summary>
    public const string SharedNoiseName = "SharedNoise";

    /// <summary>The warning that frames share noise.</summary>
    /// <param name="found">The measurement.</param>
    public static string SharedNoise(ResolutionMeasurement found) => FormattableString.Invariant(
        $"{SharedNoiseName}: neighbouring frames share {found.SharedNoise:0.00} of their noise, as running averages do or frames with a fixed pattern; halves of alternate frames then agree by it, and the resolution is overstated. Reconstruct from the single frames, or take every k-th where k frames were averaged.");
}
