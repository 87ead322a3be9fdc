namespace FsRec.Runs;

/// <summary>What a line of the log says; members that do not belong to an event are left out.</summary>
internal sealed record RunEvent
{
    public string? Time { get; init; }

    public string? Run { get; init; }

    public string? Event { get; init; }

    public string? Command { get; init; }

    public string? ParameterFile { get; init; }

    public string? Version { get; init; }

    public string? Stage { get; init; }

    public int? Iteration { get; init; }

    public double? Residual { get; init; }

    public double? ChiSquare { get; init; }

    public double? LargestMove { get; init; }

    public double? Resolution { get; init; }

    public string? Id { get; init; }

    public string? Text { get; init; }

    public IReadOnlyList<string>? Files { get; init; }

    public RunOutcome? Outcome { get; init; }

    public double? Seconds { get; init; }

    public int? ExitCode { get; init; }
}
