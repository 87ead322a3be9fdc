namespace FsRec.Sweeps;

/// <summary>What a part of a sweep tells of its runs.</summary>
/// <param name="Ended">Told of each run as it ends; called from several threads, but never from two at once.</param>
internal sealed record SweepHooks(Action<SweepOutcome> Ended)
{
    /// <summary>Told of each run before its results are touched; called from several threads.</summary>
    public Action<SweepPoint>? Begun { get; init; }

    /// <summary>Told what a run has to say, in place of the context; called from several threads.</summary>
    public Action<SweepPoint, RunMessage>? Told { get; init; }

    /// <summary>Whether runs that are not complete are left alone, of which nothing is told then.</summary>
    public bool ReadBackOnly { get; init; }

    /// <summary>
    /// When it was known that nothing is at work on the runs: what processes of other computers left there before, as of a node that failed, is in nobody's way.
    /// <see langword="null"/> where that is not known.
    /// </summary>
    public DateTimeOffset? IdleAt { get; init; }
}
