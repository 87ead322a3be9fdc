using System.Text.Json.Serialization;

namespace FsRec.Runs;

/// <summary>
/// What <c>_run.json</c> says: which run left the results beside it, of what and with what, and which files belong together. It is written
/// last; files that are not as it says are not of that run.
/// </summary>
public sealed record RunRecord
{
    /// <summary>Format of the record.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Format of this record.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>A name that no other run has.</summary>
    public required string Run { get; init; }

    /// <summary>What was done, as options of <c>fsrec</c>.</summary>
    public required string Command { get; init; }

    /// <summary>The run that this one went on from; <see langword="null"/> for none.</summary>
    public string? Previous { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When its results were complete.</summary>
    public required DateTimeOffset Finished { get; init; }

    /// <summary>Version of FsRec.</summary>
    public required string Version { get; init; }

    /// <summary>Name of the computer.</summary>
    public required string Computer { get; init; }

    /// <summary>What of the processor decides the last bits: its kind and the vector instructions in use.</summary>
    public required string Processor { get; init; }

    /// <summary>Threads; results do not depend on their number.</summary>
    public required int Threads { get; init; }

    /// <summary>Value of each key, as a parameter file writes it.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>Where the values of some keys come from that stand in no parameter file and no call, as the name of a microscope.</summary>
    public IReadOnlyDictionary<string, string> Origins { get; init; } = new Dictionary<string, string>();

    /// <summary>The frames' files, and those of the detector.</summary>
    public required IReadOnlyList<InputRecord> Inputs { get; init; }

    /// <summary>The files that belong together, by name in the folder of the record.</summary>
    public required IReadOnlyDictionary<string, FileRecord> Files { get; init; }

    /// <summary>Files beside them that are of other runs, and are not taken for results of this one.</summary>
    public IReadOnlyDictionary<string, FileRecord> Others { get; init; } = new Dictionary<string, FileRecord>();

    /// <summary>Folders that the parameters name outside of their file's own.</summary>
    public IReadOnlyList<string> Outside { get; init; } = [];

    /// <summary>Whether nothing is missing that a reader asks for; JSON says null of what the types here do not let be null.</summary>
    [JsonIgnore]
    internal bool IsWhole =>
        Run is not null && Command is not null && Parameters is not null && Inputs is not null && Outside is not null && AreWhole(Files) && AreWhole(Others);

    private static bool AreWhole(IReadOnlyDictionary<string, FileRecord>? files) => files is not null && files.Values.All(static f => f?.Sha256 is not null);

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"the run of {Finished:yyyy-MM-dd HH:mm:ss} ({Command})");
}
