namespace FsRec.Cli;

/// <summary>A warning, for the summary as JSON.</summary>
/// <param name="Id">What is warned of: a word that does not change.</param>
/// <param name="Text">The warning.</param>
internal sealed record WarningSummary(string Id, string Text);
