namespace FsRec.Runs;

/// <summary>Why a run failed.</summary>
/// <param name="Id">The kind of failure: a word that does not change.</param>
/// <param name="Text">The message.</param>
public sealed record RecordedFailure(string Id, string Text)
{
    /// <summary>The exit code of the program; <see langword="null"/> where no program ended.</summary>
    public int? ExitCode { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"{Id}: {Text}";
}
