using FsRec.Runs;

namespace FsRec.Cli;

/// <summary>What commands know of the process they run in.</summary>
/// <param name="StopActions">What is done when the process ends while a command is at work.</param>
/// <param name="Log">Takes what is warned of.</param>
/// <param name="CancellationToken">Cancelled when the user interrupts.</param>
internal sealed record Host(StopActions StopActions, WarningLog Log, CancellationToken CancellationToken);
