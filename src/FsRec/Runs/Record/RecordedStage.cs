namespace FsRec.Runs;

/// <summary>A stage of a run and how long it took.</summary>
/// <param name="Stage">What was done, in words.</param>
/// <param name="Seconds">How long.</param>
public sealed record RecordedStage(string Stage, double Seconds);
