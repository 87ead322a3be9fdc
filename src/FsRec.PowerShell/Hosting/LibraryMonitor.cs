using FsRec.Runs;

namespace FsRec.PowerShell.Hosting;

/// <summary>
/// What a library call on another thread has to say, until the pipeline thread, which alone may write to PowerShell's
/// streams, fetches it. Of progress only the last word counts; messages are kept in order.
/// </summary>
public sealed class LibraryMonitor : IProgress<RunProgress>
{
    private readonly object _gate = new();
    private readonly Queue<RunMessage> _messages = new();
    private RunProgress? _progress;
    private string _lastDetail = "";

    internal LibraryMonitor(CancellationToken cancellationToken) => CancellationToken = cancellationToken;

    /// <summary>Stops the call.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Takes progress from any thread; a new detail, as an iteration's figures, becomes a message as well.</summary>
    /// <param name="value">The progress.</param>
    public void Report(RunProgress value)
    {
        lock (_gate)
        {
            _progress = value;
            if (value.Detail.Length > 0 && value.Detail != _lastDetail)
            {
                _lastDetail = value.Detail;
                _messages.Enqueue(new RunMessage(false, $"{value.Stage} {value.Done}/{value.Total}: {value.Detail}"));
            }
        }
    }

    /// <summary>Takes a message from any thread.</summary>
    /// <param name="message">The message; a warning or for those who want details.</param>
    public void Tell(RunMessage message)
    {
        lock (_gate)
        {
            _messages.Enqueue(message);
        }
    }

    /// <summary>Takes warnings from any thread.</summary>
    /// <param name="warnings">The warnings.</param>
    public void Warn(IEnumerable<string> warnings)
    {
        foreach (string warning in warnings)
        {
            Tell(new RunMessage(true, warning));
        }
    }

    /// <summary>The context of a run that reports here.</summary>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    public RunContext Context(int threads) =>
        new() { Progress = this, Message = Tell, Threads = threads, CancellationToken = CancellationToken };

    internal (RunProgress? Progress, RunMessage[] Messages) Fetch()
    {
        lock (_gate)
        {
            RunMessage[] messages = [.. _messages];
            _messages.Clear();
            RunProgress? progress = _progress;
            _progress = null;
            return (progress, messages);
        }
    }
}
