namespace FsRec.Cli;

/// <summary>What a command that fails says as JSON.</summary>
/// <param name="Error">Why it failed.</param>
/// <param name="Warnings">What was warned of before.</param>
internal sealed record FailureSummary(FailureSummary.Reason Error, IReadOnlyList<WarningSummary> Warnings)
{
    /// <summary>Why a command failed.</summary>
    /// <param name="Id">The kind of failure: a word that does not change.</param>
    /// <param name="Text">The message.</param>
    /// <param name="ExitCode">The exit code.</param>
    internal sealed record Reason(string Id, string Text, int ExitCode);
}
