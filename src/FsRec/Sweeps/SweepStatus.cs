namespace FsRec.Sweeps;

/// <summary>Where a sweep stands.</summary>
public sealed record SweepStatus
{
    /// <summary>Folder of the sweep.</summary>
    public required string Folder { get; init; }

    /// <summary>Name of the sweep; those of its jobs begin with it.</summary>
    public required string Id { get; init; }

    /// <summary>What does its runs: Local or Slurm.</summary>
    public required string On { get; init; }

    /// <summary>Number of runs.</summary>
    public required int Runs { get; init; }

    /// <summary>Runs that are done.</summary>
    public required int Done { get; init; }

    /// <summary>Runs that failed.</summary>
    public required int Failed { get; init; }

    /// <summary>Tasks that are at work.</summary>
    public required int RunningTasks { get; init; }

    /// <summary>Tasks that wait for their turn.</summary>
    public required int WaitingTasks { get; init; }

    /// <summary>Tasks that died before their runs were done, as by a failing node.</summary>
    public required int DeadTasks { get; init; }

    /// <summary>Jobs of the sweep, in the order of their submission.</summary>
    public required IReadOnlyList<string> Jobs { get; init; }

    /// <inheritdoc />
    public override string ToString() =>
        $"{Id} on {On}: {Done} of {Counted.Of(Runs, "run")} done, {Failed} failed; {Counted.Of(RunningTasks, "task")} running, {WaitingTasks} waiting; in '{Folder}'";
}
