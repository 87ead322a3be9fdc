namespace FsRec.Sweeps;

/// <summary>How one run of a sweep ended.</summary>
/// <param name="Point">The run's values.</param>
/// <param name="Row">What it came to; <see langword="null"/> when it failed.</param>
/// <param name="Failure">Why it failed; <see langword="null"/> when it did not.</param>
public sealed record SweepOutcome(SweepPoint Point, SweepRow? Row, FsRecException? Failure);
