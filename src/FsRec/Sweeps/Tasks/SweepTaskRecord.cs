namespace FsRec.Sweeps;

/// <summary>What the journals tell of a task.</summary>
/// <param name="attempt">Number of its attempt.</param>
/// <param name="number">Its number in the attempt.</param>
/// <param name="runs">Its runs.</param>
internal sealed class SweepTaskRecord(int attempt, int number, IReadOnlyList<int> runs)
{
    /// <summary>Number of its attempt.</summary>
    public int Attempt { get; } = attempt;

    /// <summary>Its number in the attempt.</summary>
    public int Number { get; } = number;

    /// <summary>Its runs.</summary>
    public IReadOnlyList<int> Runs { get; } = runs;

    /// <summary>Runs that it began.</summary>
    public HashSet<int> Begun { get; } = [];

    /// <summary>Runs that it ended, one way or the other.</summary>
    public HashSet<int> Ended { get; } = [];

    /// <summary>Number of its job or process; <see langword="null"/> as long as it has not begun.</summary>
    public string? Job { get; set; }

    /// <summary>Whether it has begun.</summary>
    public bool IsStarted => Job is not null;

    /// <summary>How it ended, as its own journal or a session says; <see langword="null"/> as long as nobody does.</summary>
    public SweepTaskState? End { get; set; }

    /// <summary>Whether it was told to end and did so in order. On a cluster only the queue knows by whom: its user, its time, or those that it makes way for.</summary>
    public bool IsStopped { get; set; }

    /// <summary>How it was last seen by what does it.</summary>
    public SweepTaskState Seen { get; set; }

    /// <summary>Whether it has ended.</summary>
    public bool IsOver => End is not null;

    /// <summary>
    /// The runs to which its end is put down: those that it was at, or all where it did not come to any. A task that was stopped by its user, or
    /// whose time was over after it had done some of its runs, died of none.
    /// </summary>
    public IEnumerable<int> Blamed => End switch
    {
        null or SweepTaskState.Stopped or SweepTaskState.Completed => [],
        SweepTaskState.TimedOut when Ended.Count > 0 => [],
        _ when Begun.Except(Ended).ToArray() is { Length: > 0 } unfinished => unfinished,
        _ when Ended.Count == 0 => Runs,
        _ => [],
    };
}
