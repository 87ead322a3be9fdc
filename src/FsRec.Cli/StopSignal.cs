using System.Runtime.InteropServices;

namespace FsRec.Cli;

/// <summary>
/// Interrupt and termination. The first one stops the run in order, between two steps of its work; where that takes longer than a user waits,
/// the state is kept and the process ends without it. A second one ends the process at once.
/// </summary>
internal sealed class StopSignal : IDisposable
{
    /// <summary>SIGXFSZ of Linux and macOS: a file has reached the limit of its size.</summary>
    private const PosixSignal FileTooLarge = (PosixSignal)25;

    /// <summary>How long a run may take to stop in order.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(120);

    private readonly CancellationTokenSource _stop = new();
    private readonly ManualResetEventSlim _heard = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _exitCode;

    /// <summary>Listens from now on.</summary>
    public StopSignal() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, ExitCode.Interrupted)),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, ExitCode.Terminated)),
        // Not the end of the process: the write that went too far fails, and is told of with its file.
        .. OperatingSystem.IsWindows() ? [] : new[] { PosixSignalRegistration.Create(FileTooLarge, static context => context.Cancel = true) },
    ];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Exit code of a program that was stopped.</summary>
    public int Code => _exitCode == 0 ? ExitCode.Interrupted : _exitCode;

    /// <summary>Runs the program on another thread, so that a stop is heard whatever it is at.</summary>
    /// <param name="program">The program; it returns its exit code.</param>
    /// <param name="abandon">What is done where the program does not end in time; it returns the exit code.</param>
    public int Run(Func<int> program, Func<int> abandon)
    {
        Task<int> work = Task.Factory.StartNew(program, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        WaitHandle.WaitAny([((IAsyncResult)work).AsyncWaitHandle, _heard.WaitHandle]);
        if (!work.IsCompleted && !work.Wait(Patience))
        {
            // Threads at work end with the process.
            Environment.Exit(abandon());
        }

        return work.GetAwaiter().GetResult();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _heard.Dispose();
        _stop.Dispose();
    }

    private void Stop(PosixSignalContext context, int exitCode)
    {
        bool first = Interlocked.CompareExchange(ref _exitCode, exitCode, 0) == 0;
        context.Cancel = first;
        if (first)
        {
            _heard.Set();
            _stop.Cancel();
        }
    }
}
