using System.Runtime.InteropServices;
using FsRec.Runs;

namespace FsRec.PowerShell.Hosting;

/// <summary>
/// Has done what is to be done when PowerShell ends while a library call is at work: at its exit, which does not wait for a pipeline that was
/// stopped, and at the signals that end it, of which newer runtimes make no exit.
/// </summary>
internal sealed class ProcessEnd : IDisposable
{
    // Of all library calls at work: runspaces of one process end together.
    private static int _open;

    private readonly StopActions _actions;
    private readonly PosixSignalRegistration[] _signals;
    private int _isOver;

    /// <summary>Listens until it is disposed of.</summary>
    /// <param name="actions">What is to be done.</param>
    public ProcessEnd(StopActions actions)
    {
        _actions = actions;
        Interlocked.Increment(ref _open);
        AppDomain.CurrentDomain.ProcessExit += Exit;
        // They end the process all the same.
        _signals = [.. ((PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGHUP]).Select(signal => PosixSignalRegistration.Create(signal, _ => End()))];
    }

    /// <inheritdoc />
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= Exit;
        Count();
        foreach (PosixSignalRegistration signal in _signals)
        {
            signal.Dispose();
        }
    }

    private void Exit(object? sender, EventArgs e) => End();

    private void End()
    {
        _actions.Abandon();

        // The last of them: what the others keep is written by now.
        if (Count())
        {
            AtomicFile.Abandon();
        }
    }

    private bool Count() => Interlocked.Exchange(ref _isOver, 1) == 0 && Interlocked.Decrement(ref _open) == 0;
}
