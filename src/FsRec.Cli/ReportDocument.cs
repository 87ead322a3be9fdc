using FsRec.Reports;
using FsRec.Runs;

namespace FsRec.Cli;

/// <summary>The report of a run, as one of its results.</summary>
internal static class ReportDocument
{
    /// <summary>The report.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="journal">What the run told.</param>
    /// <param name="command">The command that does the run again.</param>
    public static RunDocument Of(string path, RunJournal journal, string command) => new(path, "report", (page, found) => RunReport.Write(
        page,
        found,
        found.Resolution,
        new ReportOptions { Warnings = journal.Warnings, Stages = journal.Stages, Command = command, Threads = journal.Context.Threads },
        journal.Context.CancellationToken));
}
