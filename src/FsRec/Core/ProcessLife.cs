namespace FsRec;

/// <summary>Whether a process is at work, as far as another one can tell.</summary>
internal enum ProcessLife
{
    /// <summary>It has ended, or another one has its number.</summary>
    Gone,

    /// <summary>It was killed and has not let go of everything yet.</summary>
    Ending,

    /// <summary>It is there.</summary>
    Alive,
}
