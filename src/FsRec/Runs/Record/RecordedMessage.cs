namespace FsRec.Runs;

/// <summary>A warning in a record.</summary>
/// <param name="Id">What is warned of: a word that does not change.</param>
/// <param name="Text">The warning.</param>
public sealed record RecordedMessage(string Id, string Text)
{
    /// <inheritdoc />
    public override string ToString() => $"{Id}: {Text}";
}
