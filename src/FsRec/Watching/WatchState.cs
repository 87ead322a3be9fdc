namespace FsRec.Watching;

/// <summary>What became of a series in a folder that is watched.</summary>
public enum WatchState
{
    /// <summary>Reconstructed.</summary>
    Done,

    /// <summary>Its reconstruction failed.</summary>
    Failed,

    /// <summary>The same frames were reconstructed with the same parameters before.</summary>
    Skipped,

    /// <summary>Its run has begun; in a journal only.</summary>
    Started,

    /// <summary>Its run was stopped in order, and is made by the next watch; in a journal only.</summary>
    Stopped,

    /// <summary>A file that a run wrote and that would be taken for a series; in a journal only.</summary>
    Made,
}
