using System.Text.Json.Serialization;

namespace FsRec.Runs;

/// <summary>
/// A set of results that is whole under other names and about to be put in place. Written before the first file is moved: whoever finds it
/// can do what is left, as often as needed, so that a set is never part old and part new.
/// </summary>
internal sealed record PendingSet
{
    /// <summary>Name of each file, by the name under which it is ready.</summary>
    public required IReadOnlyDictionary<string, string> Moves { get; init; }

    /// <summary>Files of the set before that the new one does not have.</summary>
    public required IReadOnlyList<string> Removals { get; init; }

    /// <summary>The record that is valid once all is done.</summary>
    public required RunRecord Record { get; init; }

    /// <summary>Whether nothing is missing that a reader asks for, as <see cref="RunRecord.IsWhole"/>.</summary>
    [JsonIgnore]
    internal bool IsWhole =>
        Moves is not null && Moves.Values.All(static name => name is not null) && Removals is not null && Removals.All(static name => name is not null) && Record is { IsWhole: true };
}
