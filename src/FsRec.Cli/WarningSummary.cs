using FsRec.Runs;

namespace FsRec.Cli;

/// <summary>A warning of a run, for the summary as JSON.</summary>
/// <param name="Id">The word that it begins with and that does not change; empty where there is none.</param>
/// <param name="Text">The warning.</param>
internal sealed record WarningSummary(string Id, string Text)
{
    /// <summary>The warnings of a run.</summary>
    public static IReadOnlyList<WarningSummary> Of(RunResult result) => [.. result.Warnings.Select(static w => new WarningSummary(w.Id, w.Text))];
}
