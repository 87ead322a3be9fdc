namespace FsRec.Optics;

/// <summary>What a curve of the detector is of.</summary>
internal enum DetectorCurveKind
{
    /// <summary>The share of an image that is passed, MTF.</summary>
    Transfer,

    /// <summary>The power of the noise, NPS.</summary>
    Noise,
}
