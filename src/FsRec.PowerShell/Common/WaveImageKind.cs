namespace FsRec.PowerShell;

/// <summary>What of a wave is drawn.</summary>
public enum WaveImageKind
{
    /// <summary>The amplitude |ψ|.</summary>
    Amplitude,

    /// <summary>The phase arg ψ in rad.</summary>
    Phase,
}
