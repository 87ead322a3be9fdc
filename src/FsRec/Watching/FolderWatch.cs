using System.Diagnostics;
using FsRec.Runs;

namespace FsRec.Watching;

/// <summary>
/// Reconstructs every series that appears in a folder, once it is complete. What is true of the folder is what a look at it says: network shares lose events,
/// so that these only bring the next look forward.
/// </summary>
public sealed class FolderWatch : IDisposable
{
    private readonly WatchOptions _options;
    private readonly RunContext _context;
    private readonly Action<WatchedSeries> _ended;
    private readonly WatchJournal _journal;
    private readonly FolderScan _scan;
    private readonly Completeness _completeness;
    private readonly Dictionary<string, Task> _running = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);
    private readonly object _gate = new();
    private readonly AutoResetEvent _news = new(false);
    private WatchSummary _summary = new(0, 0, 0, 0);
    private string? _metrics;
    private Exception? _failure;
    private int _known;
    private bool _hasLooked;
    private long _idle = Stopwatch.GetTimestamp();

    private FolderWatch(WatchOptions options, RunContext context, Action<WatchedSeries> ended, WatchJournal journal)
    {
        (_options, _context, _ended, _journal) = (options, context, ended, journal);
        _scan = new FolderScan(options, context.Names);
        _completeness = new Completeness(options, _scan.FramesOf);
    }

    /// <summary>Watches a folder until it is told to stop, or with <see cref="WatchOptions.Once"/> until all series that are there are dealt with.</summary>
    /// <param name="options">The folder and what is done with its series.</param>
    /// <param name="ended">Told of each series that ended, one at a time, from any thread.</param>
    /// <param name="context">Warnings, threads, cancellation.</param>
    /// <exception cref="FsRecException">There is no such folder, another process watches it, or journal or metrics cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    public static WatchSummary Run(WatchOptions options, Action<WatchedSeries> ended, RunContext context)
    {
        if (!Directory.Exists(options.Folder))
        {
            throw new DataException($"There is no folder '{options.Folder}' to watch.", new DirectoryNotFoundException(options.Folder));
        }

        options = options with { Folder = Path.GetFullPath(options.Folder) };
        using var journal = WatchJournal.Open(options.JournalFile, options.RetryFailed);
        using var watch = new FolderWatch(options, context, ended, journal);
        return watch.Run();
    }

    /// <inheritdoc />
    public void Dispose() => _news.Dispose();

    private WatchSummary Run()
    {
        using FileSystemWatcher? events = Listen();
        using CancellationTokenRegistration stop = _context.CancellationToken.Register(() => _news.Set());
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(_context.CancellationToken);
        _context.Tell($"Watching '{_options.Folder}'; the journal is '{_options.JournalFile}'.");
        int waiting = 0;
        bool isFirst = true;
        try
        {
            while (true)
            {
                (waiting, int settling) = Look(ends.Token);
                if (isFirst && !_options.Once && Running == 0)
                {
                    _context.Tell($"{(_known == 0 ? "No series there" : $"{_known} series known{(waiting > 0 ? $", {waiting} of them not whole yet" : "")}")}, waiting; Ctrl+C ends.");
                }

                isFirst = false;
                WriteMetrics(waiting);
                _context.CancellationToken.ThrowIfCancellationRequested();
                if (_failure is not null)
                {
                    throw _failure;
                }

                bool idle = Running == 0;
                if (idle && ((_options.Once && settling == 0)
                    || (_options.Timeout is { } timeout && Stopwatch.GetElapsedTime(_idle) > timeout)))
                {
                    TellOfNothing(waiting);
                    return _summary with { Incomplete = waiting };
                }

                _news.WaitOne(_options.Interval);
            }
        }
        finally
        {
            ends.Cancel();
            Task[] left;
            lock (_gate)
            {
                left = [.. _running.Values];
            }

            Task.WaitAll(left);
            if (_metrics is not null)
            {
                // Of what ended since the last look, and that nothing is at work any more.
                WriteMetrics(waiting);
            }
        }
    }

    // Four zeros alone would not say whether there is nothing or nothing new.
    private void TellOfNothing(int waiting)
    {
        if (_options.Once && _summary == new WatchSummary(0, 0, 0, 0) && waiting == 0)
        {
            _context.Tell(_known == 0
                ? $"Found no series: neither a parameter file that fits '{_options.Filter}' nor a file of images is in '{_options.Folder}' or below."
                : $"Nothing is new: the journal tells of {(_known == 1 ? "the one series" : $"all {_known} series")} that {(_known == 1 ? "is" : "are")} there. One runs again when a file of it changes{(_options.RetryFailed ? "" : ", and with RetryFailed (fsrec: --retry-failed) where it failed")}.");
        }
    }

    private int Running
    {
        get
        {
            lock (_gate)
            {
                return _running.Count;
            }
        }
    }

    // One look: starts what is complete. Says how many are not, and how many of these only have to stay as they are for a while.
    private (int Waiting, int Settling) Look(CancellationToken cancellationToken)
    {
        IReadOnlyList<Candidate> candidates = _scan.Look();
        _completeness.Keep(candidates);
        _known = candidates.Count;
        int waiting = 0;
        int settling = 0;
        foreach (Candidate candidate in candidates)
        {
            cancellationToken.ThrowIfCancellationRequested();
            lock (_gate)
            {
                if (_running.ContainsKey(candidate.Name))
                {
                    continue;
                }
            }

            Completeness.Verdict verdict = _completeness.Judge(candidate);
            var job = verdict.State is { } state ? new SeriesJob(_options, candidate, state) : null;
            if (job is not null && IsDealtWith(job))
            {
                continue;
            }

            if (job is null || !verdict.IsComplete)
            {
                waiting++;
                settling += job is not null && verdict.Waits is null ? 1 : 0;
                Tell(verdict);
            }
            else if (Running < _options.ThrottleLimit)
            {
                Start(job, cancellationToken);
            }
            else
            {
                waiting++;
                settling++;
            }
        }

        _hasLooked = true;
        return (waiting, settling);
    }

    private bool IsDealtWith(SeriesJob job)
    {
        if (_journal.Find(job.Fingerprint) is { } before)
        {
            // Until the series whose results they are writes elsewhere.
            return before.Error?.Id != OutputTakenException.Name || !job.Claim(_journal);
        }

        return job.Candidate.HasParameters && _journal.Find(MadeBy(job.Candidate.File)) is not null;
    }

    private static string MadeBy(string file) => "made:" + file;

    private void Tell(Completeness.Verdict verdict)
    {
        // What lies there as the watch begins is not just arriving.
        bool isDue = _options.Once || verdict.Since > _options.Patience || (verdict.Candidate.Lacks is not null && !_hasLooked);
        if (verdict.Waits is { } what && isDue && _told.Add(verdict.Candidate.Name))
        {
            _context.Warn(WarningIds.SeriesNotWhole, $"'{verdict.Candidate.File}' is not run: {what}.");
        }
    }

    private void Start(SeriesJob job, CancellationToken cancellationToken)
    {
        job.Claim(_journal);
        _journal.Add(job.Begun(WatchState.Started));
        RunContext context = _context with
        {
            Threads = Math.Max(1, FrameLoop.Workers(_context.Threads) / _options.ThrottleLimit),
            CancellationToken = cancellationToken,
            Progress = _options.ThrottleLimit == 1 ? _context.Progress : null,
            Journal = null,
        };
        lock (_gate)
        {
            _running[job.Candidate.Name] = Task.Factory.StartNew(() => Do(job, context), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    private void Do(SeriesJob job, RunContext context)
    {
        try
        {
            WatchedSeries ended = job.Do(_journal, context);
            foreach (string made in job.Made(ended))
            {
                _journal.Add(new WatchedSeries { Name = made, File = made, State = WatchState.Made, Fingerprint = MadeBy(made), Ended = ended.Ended });
            }

            _journal.Add(ended);
            lock (_gate)
            {
                _summary = ended.State switch
                {
                    WatchState.Done => _summary with { Done = _summary.Done + 1 },
                    WatchState.Failed => _summary with { Failed = _summary.Failed + 1 },
                    _ => _summary with { Skipped = _summary.Skipped + 1 },
                };
                _idle = Stopwatch.GetTimestamp();
            }

            lock (_reported)
            {
                _ended(ended);
            }
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            // It is run again by the next watch, and did not end the process.
            _journal.Add(job.Begun(WatchState.Stopped));
        }
        catch (Exception e)
        {
            // The journal, or who is told: the watch itself ends with it.
            _failure = e;
        }
        finally
        {
            lock (_gate)
            {
                _running.Remove(job.Candidate.Name);
            }

            Wake();
        }
    }

    private void Wake()
    {
        try
        {
            _news.Set();
        }
        catch (ObjectDisposedException)
        {
            // The watch has ended.
        }
    }

    private void WriteMetrics(int waiting)
    {
        if (_options.Metrics is not { } path || WatchMetrics.Text(_options.Folder, _journal.Ended, waiting, Running) is not { } text || text == _metrics)
        {
            return;
        }

        if (_metrics is null)
        {
            WatchMetrics.RequireOwn(path);
        }

        try
        {
            AtomicFile.WriteText(path, writer => writer.Write(text));
            _metrics = text;
        }
        catch (FsRecException e) when (_metrics is not null)
        {
            // The first could be written: a share that is away for a while ends no watch.
            _context.Tell(e.Message);
        }
    }

    private FileSystemWatcher? Listen()
    {
        try
        {
            var events = new FileSystemWatcher(_options.Folder) { IncludeSubdirectories = true, NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName };
            // A file that appears may be the last one; that it grows meanwhile the next looks see.
            events.Created += (_, e) => WakeFor(e.FullPath);
            events.Renamed += (_, e) => WakeFor(e.FullPath);
            events.Error += static (_, _) => { };
            events.EnableRaisingEvents = true;
            return events;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            return null;
        }
    }

    // Not for what the watch writes itself.
    private void WakeFor(string path)
    {
        if (path.StartsWith(_options.JournalFile, StringComparison.Ordinal) || path.Contains(Path.DirectorySeparatorChar + "results" + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            || (_options.Metrics is { } metrics && Path.GetDirectoryName(Path.GetFullPath(metrics)) == Path.GetDirectoryName(path)) || Path.GetFileName(path).StartsWith('.'))
        {
            return;
        }

        Wake();
    }
}
