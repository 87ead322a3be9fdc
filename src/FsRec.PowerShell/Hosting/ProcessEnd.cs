using System.Runtime.InteropServices;
using FsRec.Runs;

namespace FsRec.PowerShell.Hosting;

/// <summary>
/// Has done what is to be done when PowerShell ends while a library call is at work: at its exit, which does not wait for a pipeline that was
/// stopped, and at the signals that end it, of which newer runtimes make no exit.
/// </summary>
internal sealed class ProcessEnd : IDisposable
{
    private readonly StopActions _actions;
    private readonly PosixSignalRegistration[] _signals;

    /// <summary>Listens until it is disposed of.</summary>
    /// <param name="actions">What is to be done.</param>
    public ProcessEnd(StopActions actions)
    {
        _actions = actions;
        AppDomain.CurrentDomain.ProcessExit += Exit;
        // They end the process all the same.
        _signals = [.. ((PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGHUP]).Select(signal => PosixSignalRegistration.Create(signal, _ => _actions.Abandon()))];
    }

    /// <inheritdoc />
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= Exit;
        foreach (PosixSignalRegistration signal in _signals)
        {
            signal.Dispose();
        }
    }

    private void Exit(object? sender, EventArgs e) => _actions.Abandon();
}
