namespace FsRec.Sweeps;

/// <summary>A submission of one or more tasks, as the journals tell of it.</summary>
/// <param name="Number">Its number in the sweep, from 1.</param>
/// <param name="On">What does it: Local or Slurm.</param>
/// <param name="Intended">When it was about to be submitted.</param>
/// <param name="Tasks">Its tasks.</param>
internal sealed record SweepAttempt(int Number, string On, DateTime Intended, IReadOnlyList<SweepTaskRecord> Tasks)
{
    /// <summary>Whether it only reads back what is complete.</summary>
    public bool ReadBackOnly { get; init; }

    /// <summary>Memory of each task in bytes; <see langword="null"/> for the default.</summary>
    public long? Memory { get; init; }

    /// <summary>Number of the job; <see langword="null"/> as long as nobody has noted it.</summary>
    public string? Job { get; set; }

    /// <summary>Whether it was given up before it was known to be submitted: a task of it that begins nevertheless does nothing.</summary>
    public bool IsAbandoned { get; set; }

    /// <summary>Tasks that may still be at work.</summary>
    public IEnumerable<SweepTaskRecord> Live => IsAbandoned ? [] : Tasks.Where(static task => !task.IsOver);
}
