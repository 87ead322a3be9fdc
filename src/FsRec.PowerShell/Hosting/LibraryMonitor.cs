using FsRec.Runs;

namespace FsRec.PowerShell.Hosting;

/// <summary>
/// What a library call on another thread has to say, until the pipeline thread, which alone may write to PowerShell's
/// streams, fetches it. Of progress only the last word counts; messages and results are kept in order.
/// </summary>
public sealed class LibraryMonitor : IProgress<RunProgress>
{
    private readonly object _gate = new();
    private readonly Queue<Action> _writes = new();
    private readonly Action<RunMessage> _writeMessage;
    private RunProgress? _progress;
    private string _lastDetail = "";
    private string _lastStage = "";
    private readonly Action _wake;

    /// <summary>Creates a monitor.</summary>
    /// <param name="writeMessage">Writes a message; called on the pipeline thread.</param>
    /// <param name="wake">Called, on any thread, when there is a result to write, which is not to wait for the next look at progress.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    internal LibraryMonitor(Action<RunMessage> writeMessage, Action wake, CancellationToken cancellationToken)
    {
        (_writeMessage, _wake) = (writeMessage, wake);
        CancellationToken = cancellationToken;
    }

    /// <summary>What is to be done when the process ends while the call is at work.</summary>
    internal StopActions StopActions { get; } = new();

    /// <summary>Stops the call.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Takes progress from any thread; a new detail, as an iteration's figures, becomes a message as well.</summary>
    /// <param name="value">The progress.</param>
    public void Report(RunProgress value)
    {
        lock (_gate)
        {
            // Between two figures of a stage the last ones stand.
            _progress = value.Detail.Length == 0 && value.Stage == _lastStage ? value with { Detail = _lastDetail } : value;
            if (value.Detail.Length > 0 && value.Detail != _lastDetail)
            {
                _lastDetail = value.Detail;
                _lastStage = value.Stage;
                var message = RunMessage.Detail($"{value.Stage} {value.Done}/{value.Total}: {value.Detail}");
                _writes.Enqueue(() => _writeMessage(message));
            }
        }
    }

    /// <summary>Takes a message from any thread.</summary>
    /// <param name="message">The message; a warning or for those who want details.</param>
    public void Tell(RunMessage message) => Queue(() => _writeMessage(message));

    /// <summary>Takes something that the pipeline thread is to do while the call goes on, as writing a result.</summary>
    /// <param name="write">What to do.</param>
    public void Post(Action write)
    {
        Queue(write);
        _wake();
    }

    /// <summary>Takes warnings from any thread.</summary>
    /// <param name="warnings">The warnings.</param>
    public void Warn(IEnumerable<RunMessage> warnings)
    {
        foreach (RunMessage warning in warnings)
        {
            Tell(warning);
        }
    }

    /// <summary>The context of a run that reports here.</summary>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    public RunContext Context(int threads) =>
        new() { Progress = this, Message = Tell, Threads = threads, Names = OptionNames.PowerShell, CancellationToken = CancellationToken, StopActions = StopActions };

    internal (RunProgress? Progress, Action[] Writes) Fetch()
    {
        lock (_gate)
        {
            RunProgress? progress = _progress;
            _progress = null;
            return (progress, FetchWrites());
        }
    }

    internal Action[] FetchWrites()
    {
        lock (_gate)
        {
            Action[] writes = [.. _writes];
            _writes.Clear();
            return writes;
        }
    }

    private void Queue(Action write)
    {
        lock (_gate)
        {
            _writes.Enqueue(write);
        }
    }
}
