namespace FsRec.Restoration;

/// <summary>What a restoration by the linear theory does about the squares of the scattered wave, which are in the frames and not in the theory.</summary>
internal enum ScatteredSquares
{
    /// <summary>They are small, and pass for a part of the wave.</summary>
    Small,

    /// <summary>They may be as large as the wave: few rounds are made, and powers beyond what the frames tell continue those before.</summary>
    Large,

    /// <summary>They were taken off the frames.</summary>
    TakenOff,
}
