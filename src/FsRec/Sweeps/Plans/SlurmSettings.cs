namespace FsRec.Sweeps;

/// <summary>How tasks of a sweep are submitted to Slurm; what is not given is left to the cluster.</summary>
public sealed record SlurmSettings
{
    /// <summary>The partition; <see langword="null"/> for the cluster's default.</summary>
    public string? Partition { get; init; }

    /// <summary>The longest that a task may take; <see langword="null"/> for the partition's limit.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Tasks that run at the same time at most; <see langword="null"/> for as many as the cluster gives.</summary>
    public int? MaxRunning { get; init; }

    /// <summary>Processors of a task, and threads of its runs.</summary>
    public int CpusPerTask { get; init; } = 1;

    /// <summary>Memory of a task in bytes; <see langword="null"/> for the cluster's default. A task that runs out of it is submitted anew with twice as much.</summary>
    public long? Memory { get; init; }

    /// <summary>Runs of a task; <see langword="null"/> to measure one run and make tasks that take minutes.</summary>
    public int? RunsPerTask { get; init; }

    /// <summary>How often a run is submitted anew whose task died while at it.</summary>
    public int Resubmissions { get; init; } = 3;

    /// <summary>Further options of <c>sbatch</c>, as <c>--account=x</c>.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];
}
