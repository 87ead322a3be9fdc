using System.Text.Json;
using FsRec.Runs;

namespace FsRec.Watching;

/// <summary>A series of a folder that is watched, and what became of it: a line of the journal.</summary>
public sealed record WatchedSeries
{
    /// <summary>Name of the series: its place below the folder.</summary>
    public required string Name { get; init; }

    /// <summary>What became of it.</summary>
    public required WatchState State { get; init; }

    /// <summary>The parameter file, or the folder or file of the frames.</summary>
    public required string File { get; init; }

    /// <summary>Why it failed; <see langword="null"/> where it did not.</summary>
    public RecordedFailure? Error { get; init; }

    /// <summary>The warnings of its run.</summary>
    public IReadOnlyList<RecordedMessage> Warnings { get; init => field = value.ToArray(); } = [];

    /// <summary>Number of frames.</summary>
    public int? Frames { get; init; }

    /// <summary>Resolution in nm by two halves; <see langword="null"/> where it was not measured.</summary>
    public double? Resolution { get; init; }

    /// <summary>Drift in px: RMS of the displacements.</summary>
    public double? Drift { get; init; }

    /// <summary>Reduced chi-square; <see langword="null"/> for a linear restoration.</summary>
    public double? ReducedChiSquare { get; init; }

    /// <summary>Share of the electrons that the specimen scattered, in percent.</summary>
    public double? ScatteredPercent { get; init; }

    /// <summary>How long its run took, in s.</summary>
    public double Seconds { get; init; }

    /// <summary>When its run ended.</summary>
    public DateTimeOffset Ended { get; init; }

    /// <summary>Folder of the results.</summary>
    public string? OutputFolder { get; init; }

    /// <summary>What the names of the results begin with: OUTPUTFILENAME of its run.</summary>
    public string? OutputName { get; init; }

    /// <summary>The name of its run in the record beside the results.</summary>
    public string? RunId { get; init; }

    /// <summary>The series by names, lengths and times of its files and by its parameters.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>The series by the content of its frames and by its parameters.</summary>
    public string? Content { get; init; }

    /// <summary>The line of the journal.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, WatchJson.Default.WatchedSeries);

    /// <inheritdoc />
    public override string ToString() => State switch
    {
        WatchState.Failed => $"{Name}: {Error?.Text}",
        WatchState.Done => FormattableString.Invariant($"{Name}: done in {Seconds:0.0} s, {(Resolution is { } r ? FormattableString.Invariant($"resolution {r:0.000} nm, ") : "")}drift {Drift:0.0} px"),
        _ => $"{Name}: {State}",
    };
}
