namespace FsRec.Sweeps;

/// <summary>One line of a journal of a sweep; docs/sweeps.md says which event has what.</summary>
internal sealed record SweepEvent
{
    // Of the sessions that submit.
    public const string Intent = "intent";
    public const string Submitted = "submitted";
    public const string Abandoned = "abandoned";
    public const string Ended = "ended";
    public const string Refused = "refused";

    // Of the tasks.
    public const string Start = "start";
    public const string Begin = "begin";
    public const string End = "end";
    public const string Warning = "warning";
    public const string OutOfMemory = "memory";
    public const string Finish = "finish";
    public const string Stopped = "stopped";

    /// <summary>What happened.</summary>
    public required string Event { get; init; }

    /// <summary>When.</summary>
    public DateTime Time { get; init; } = DateTime.UtcNow;

    /// <summary>Number of the attempt: of a submission of one or more tasks.</summary>
    public int? Attempt { get; init; }

    /// <summary>Number of the task in its attempt.</summary>
    public int? Task { get; init; }

    /// <summary>Number of the run in the plan.</summary>
    public int? Run { get; init; }

    /// <summary>What does the tasks of an attempt: Local or Slurm.</summary>
    public string? On { get; init; }

    /// <summary>The runs of each task of an attempt.</summary>
    public IReadOnlyList<IReadOnlyList<int>>? Tasks { get; init; }

    /// <summary>Whether an attempt only reads back what is complete.</summary>
    public bool? ReadBackOnly { get; init; }

    /// <summary>Memory of each task in bytes.</summary>
    public long? Memory { get; init; }

    /// <summary>Number of the job, or of the process.</summary>
    public string? Job { get; init; }

    /// <summary>The computer.</summary>
    public string? Host { get; init; }

    /// <summary>Hash of what a complete run's results follow from.</summary>
    public string? Origin { get; init; }

    /// <summary>Whether a run was found complete.</summary>
    public bool? ReadBack { get; init; }

    /// <summary>How long a run took.</summary>
    public double? Seconds { get; init; }

    /// <summary>How a task ended.</summary>
    public SweepTaskState? State { get; init; }

    /// <summary>What kind of failure or warning.</summary>
    public string? Id { get; init; }

    /// <summary>The failure or warning in words.</summary>
    public string? Message { get; init; }
}
