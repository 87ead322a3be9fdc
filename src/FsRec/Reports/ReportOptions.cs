namespace FsRec.Reports;

/// <summary>What a report says beyond the result itself. Immutable.</summary>
public sealed record ReportOptions
{
    /// <summary>The run's warnings; <see langword="null"/> for those that its result shows.</summary>
    public IReadOnlyList<RunMessage>? Warnings { get; init; }

    /// <summary>How long each stage took.</summary>
    public IReadOnlyList<(string Stage, TimeSpan Time)> Stages { get; init; } = [];

    /// <summary>A parameter file that tells where each value came from, where the parameters do not know it themselves; <see langword="null"/> for none.</summary>
    public string? ParameterFile { get; init; }

    /// <summary>The command that does the run again.</summary>
    public string? Command { get; init; }

    /// <summary>Whether two halves are compared for the resolution.</summary>
    public bool MeasureResolution { get; init; } = true;

    /// <summary>Threads to use; 0 for one a processor.</summary>
    public int Threads { get; init; }
}
