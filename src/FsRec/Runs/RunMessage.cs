namespace FsRec.Runs;

/// <summary>Something a run tells its user.</summary>
/// <param name="IsWarning">Whether the user should know of it even when not asking for details.</param>
/// <param name="Text">The message.</param>
public readonly record struct RunMessage(bool IsWarning, string Text)
{
    /// <inheritdoc />
    public override string ToString() => IsWarning ? "Warning: " + Text : Text;
}
