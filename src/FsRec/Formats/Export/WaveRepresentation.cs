namespace FsRec.Formats.Export;

/// <summary>How the complex numbers of a wave stand in a file.</summary>
public enum WaveRepresentation
{
    /// <summary>As complex numbers where the format has them; as amplitude and phase in TIFF, which has not.</summary>
    Default,

    /// <summary>Two images: amplitude, and phase in rad.</summary>
    AmplitudePhase,

    /// <summary>Complex numbers; in TIFF a pair of images, real and imaginary part.</summary>
    Complex,
}
