namespace FsRec.Sweeps;

/// <summary>Where a task of a sweep stands, by what does it.</summary>
public enum SweepTaskState
{
    /// <summary>It waits for its turn.</summary>
    Waiting,

    /// <summary>It is at work.</summary>
    Running,

    /// <summary>Its program ended in order.</summary>
    Completed,

    /// <summary>Its program was stopped in order by its user.</summary>
    Stopped,

    /// <summary>Its program died or said that it failed.</summary>
    Failed,

    /// <summary>Its node failed.</summary>
    NodeFailed,

    /// <summary>It had to make way for another job.</summary>
    Preempted,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled,

    /// <summary>Its memory did not suffice.</summary>
    OutOfMemory,

    /// <summary>Its time was over.</summary>
    TimedOut,

    /// <summary>Nobody knows of it any more.</summary>
    Gone,
}
