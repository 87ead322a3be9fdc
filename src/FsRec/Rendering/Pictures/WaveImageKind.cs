namespace FsRec.Rendering;

/// <summary>What of a wave is drawn.</summary>
public enum WaveImageKind
{
    /// <summary>The amplitude |ψ|.</summary>
    Amplitude,

    /// <summary>The phase arg ψ in rad.</summary>
    Phase,

    /// <summary>The intensity |ψ|².</summary>
    Intensity,

    /// <summary>The real part.</summary>
    Real,

    /// <summary>The imaginary part.</summary>
    Imaginary,

    /// <summary>The phase as hue and the amplitude as brightness.</summary>
    Complex,

    /// <summary>The power spectrum, logarithmic, zero frequency in the middle.</summary>
    Spectrum,

    /// <summary>The amplitude of the wave propagated to several foci.</summary>
    Montage,
}
