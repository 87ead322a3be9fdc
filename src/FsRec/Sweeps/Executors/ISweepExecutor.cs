using FsRec.Runs;

namespace FsRec.Sweeps;

/// <summary>
/// What does the tasks of a sweep. All else is the same for all: the plan, the journals, which runs are still to be done, how often a run is tried again.
/// Another queue is another class of this interface.
/// </summary>
internal interface ISweepExecutor
{
    /// <summary>Its name in plans and journals.</summary>
    string Name { get; }

    /// <summary>Whether it has to know how long a run takes before it divides runs into tasks.</summary>
    bool NeedsMeasure { get; }

    /// <summary>Divides runs into tasks.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="seconds">How long a run takes, as far as it is known.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    IReadOnlyList<IReadOnlyList<int>> Divide(IReadOnlyList<int> runs, double? seconds, CancellationToken cancellationToken);

    /// <summary>Submits an attempt, whose intent is in the journal.</summary>
    /// <returns>Number of the job.</returns>
    /// <exception cref="SweepRunException">It will not take it.</exception>
    string Submit(SweepAttempt attempt, RunContext context);

    /// <summary>Looks for an attempt that may have been submitted by a session that died before it noted it.</summary>
    /// <returns>Number of the job; <see langword="null"/> where there is none.</returns>
    string? Find(SweepAttempt attempt, CancellationToken cancellationToken);

    /// <summary>Sets how tasks that have not ended were seen; leaves them as they are where there are no news.</summary>
    void Look(IReadOnlyList<SweepAttempt> attempts, RunContext context);

    /// <summary>Waits until it is worth looking again.</summary>
    void Wait(CancellationToken cancellationToken);
}
