using System.Text.Json;
using System.Text.Json.Serialization;

namespace FsRec.Runs;

/// <summary>
/// What a run says of itself, as <c>_run.json</c> and as <c>--json</c>: which run it was, of what and with what, what it found, and which files belong
/// together. The file is written last; files that are not as it says are not of that run. Described by <c>docs/run-record.schema.json</c>.
/// </summary>
public sealed record RunRecord
{
    /// <summary>Version of the schema.</summary>
    public const int CurrentSchema = 2;

    /// <summary>Version of the schema of this record.</summary>
    public int Schema { get; init; } = CurrentSchema;

    /// <summary>A name that no other run has.</summary>
    public required string Run { get; init; }

    /// <summary>How it ended.</summary>
    public RunOutcome Outcome { get; init; }

    /// <summary>Why it failed; <see langword="null"/> where it did not.</summary>
    public RecordedFailure? Error { get; init; }

    /// <summary>What was done, as options of <c>fsrec</c>.</summary>
    public required string Command { get; init; }

    /// <summary>The run that this one went on from; <see langword="null"/> for none.</summary>
    public string? Previous { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When its results were complete.</summary>
    public required DateTimeOffset Finished { get; init; }

    /// <summary>How long it took.</summary>
    public double Seconds { get; init; }

    /// <summary>Version of FsRec.</summary>
    public required string Version { get; init; }

    /// <summary>Name of the computer.</summary>
    public required string Computer { get; init; }

    /// <summary>What of the processor decides the last bits: its kind and the vector instructions in use.</summary>
    public required string Processor { get; init; }

    /// <summary>Threads; results do not depend on their number.</summary>
    public required int Threads { get; init; }

    /// <summary>The parameter file; <see langword="null"/> where there was none.</summary>
    public string? ParameterFile { get; init; }

    /// <summary>Each key that has a value, with where the value came from.</summary>
    public required IReadOnlyDictionary<string, RecordedParameter> Parameters { get; init; }

    /// <summary>What was wrong or doubtful about the parameters.</summary>
    public IReadOnlyList<RecordedFinding> Findings { get; init; } = [];

    /// <summary>The frames' files, and those of the detector.</summary>
    public required IReadOnlyList<InputRecord> Inputs { get; init; }

    /// <summary>The warnings, in their order.</summary>
    public IReadOnlyList<RecordedMessage> Warnings { get; init; } = [];

    /// <summary>What the run found, in JSON among the other members; <see langword="null"/> where it failed, or only wrote what was there.</summary>
    public RunFigures? Figures { get; init; }

    /// <summary>The stages with their times, up to the writing of the results.</summary>
    public IReadOnlyList<RecordedStage> Stages { get; init; } = [];

    /// <summary>Folder of the files.</summary>
    public string? Folder { get; init; }

    /// <summary>The files that belong together, by name in the folder of the record.</summary>
    public required IReadOnlyDictionary<string, FileRecord> Files { get; init; }

    /// <summary>Files that were written for other programs wherever the call said, by their full paths.</summary>
    public IReadOnlyDictionary<string, FileRecord> Saved { get; init; } = new Dictionary<string, FileRecord>();

    /// <summary>Files beside them that are of other runs, and are not taken for results of this one.</summary>
    public IReadOnlyDictionary<string, FileRecord> Others { get; init; } = new Dictionary<string, FileRecord>();

    /// <summary>Files of the run before that this one does not make, and that were removed.</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <summary>What the wave among the files was made with; <see langword="null"/> where none is among them, or nobody knows.</summary>
    public RecordedWave? Wave { get; init; }

    /// <summary>Folders that the parameters name outside of their file's own.</summary>
    public IReadOnlyList<string> Outside { get; init; } = [];

    /// <summary>Whether nothing is missing that a reader asks for; JSON says null of what the types here do not let be null.</summary>
    [JsonIgnore]
    internal bool IsWhole =>
        Run is not null && Command is not null && Parameters is not null && Parameters.Values.All(static p => p?.Value is not null)
        && Inputs is not null && Inputs.All(static i => i?.Sha256 is not null) && Outside is not null && Removed is not null && (Wave is null or { Foci: not null, Parameters: not null }) && Warnings is not null && Findings is not null && Stages is not null
        && AreWhole(Files) && AreWhole(Others) && AreWhole(Saved);

    /// <summary>The record as JSON, indented.</summary>
    public string ToJson() => RecordJson.Write(this, indented: true);

    /// <summary>The record as one line of JSON.</summary>
    public string ToJsonLine() => RecordJson.Write(this, indented: false);

    /// <summary>Reads a record.</summary>
    /// <param name="path">A <c>_run.json</c>, or what <c>--json</c> printed.</param>
    /// <exception cref="DataException">There is no such file, or it holds no record of this schema.</exception>
    public static RunRecord Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new DataException($"The file '{path}' does not exist; expected the record of a run, an OUTPUTFILENAME_run.json.", new FileNotFoundException(null, path));
        }

        try
        {
            RunRecord? record = RegularFile.Length(path) is > 0 and < RunRecordFile.MostBytes
                ? RecordJson.Read(File.ReadAllBytes(path))
                : null;
            return record is { Schema: CurrentSchema, IsWhole: true } ? record
                : throw new DataException(record is { Schema: not CurrentSchema and var other }
                    ? $"'{path}' is a record of schema {other}; expected {CurrentSchema}."
                    : $"'{path}' is no whole record of a run; expected an OUTPUTFILENAME_run.json, or what --json printed.");
        }
        catch (JsonException e)
        {
            throw new DataException($"'{path}' is no record of a run: {e.Message} Expected an OUTPUTFILENAME_run.json of schema {CurrentSchema}, or what --json printed.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new DataException($"'{path}' cannot be read: {e.Message}", e);
        }
    }

    private static bool AreWhole(IReadOnlyDictionary<string, FileRecord>? files) => files is not null && files.Values.All(static f => f?.Sha256 is not null);

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"the run of {Finished:yyyy-MM-dd HH:mm:ss} ({Command})");
}
