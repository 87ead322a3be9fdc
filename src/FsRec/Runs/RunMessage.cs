namespace FsRec.Runs;

/// <summary>Something a run tells its user.</summary>
/// <param name="IsWarning">Whether the user should know of it even when not asking for details.</param>
/// <param name="Text">The message.</param>
public readonly record struct RunMessage(bool IsWarning, string Text)
{
    /// <summary>The word that a warning begins with and that does not change, so that scripts can tell them apart; empty where there is none.</summary>
    public string Id
    {
        get
        {
            int colon = Text?.IndexOf(": ", StringComparison.Ordinal) ?? -1;
            return IsWarning && colon > 0 && char.IsAsciiLetterUpper(Text![0]) && Text[..colon].All(char.IsAsciiLetter) ? Text[..colon] : "";
        }
    }

    /// <inheritdoc />
    public override string ToString() => IsWarning ? "Warning: " + Text : Text;
}
