namespace FsRec.Watching;

/// <summary>Why the next frame of a series cannot be taken yet.</summary>
/// <param name="Text">What is waited for.</param>
/// <param name="IsFault">Whether something is wrong that somebody may have to mend; otherwise the frame is only not recorded yet.</param>
internal sealed record Awaited(string Text, bool IsFault);
