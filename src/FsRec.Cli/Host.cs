using FsRec.Runs;

namespace FsRec.Cli;

/// <summary>What commands know of the process they run in.</summary>
/// <param name="StopActions">What is done when the process ends while a command is at work.</param>
/// <param name="CancellationToken">Cancelled when the user interrupts.</param>
internal sealed record Host(StopActions StopActions, CancellationToken CancellationToken)
{
    /// <summary>Takes the events of runs; <see langword="null"/> for none.</summary>
    public RunEventLog? Log { get; set; }

    /// <summary>What the command has told so far; who fails says with it what it was.</summary>
    public RunJournal Journal { get; set; } = new(new RunContext());
}
