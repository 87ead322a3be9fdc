using System.Globalization;
using FsRec.Runs;

namespace FsRec.Sweeps;

/// <summary>Does tasks in this process, one attempt at a time.</summary>
/// <param name="plan">The plan.</param>
/// <param name="place">Where it lies.</param>
internal sealed class LocalExecutor(SweepPlan plan, SweepPlace place) : ISweepExecutor, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(30);

    private FileStream? _lock;
    private Task? _task;
    private int _attempt;

    /// <inheritdoc />
    public string Name => "Local";

    /// <inheritdoc />
    public bool NeedsMeasure => false;

    /// <inheritdoc />
    public IReadOnlyList<IReadOnlyList<int>> Divide(IReadOnlyList<int> runs, double? seconds, CancellationToken cancellationToken) => [runs];

    /// <summary>Whether this session is at work. A failure that is none of the runs', as of a full disk, comes out here.</summary>
    public bool IsBusyItself
    {
        get
        {
            if (_task is { IsCompleted: true } ended)
            {
                _task = null;
                _lock?.Dispose();
                _lock = null;
                ended.GetAwaiter().GetResult();
            }

            return _task is not null;
        }
    }

    /// <summary>Whether a session, this one or another, does runs of the folder itself.</summary>
    public static bool IsBusy(SweepPlace place)
    {
        using FileStream? free = SweepLock.Take(place.LocalLock);
        return free is null;
    }

    /// <inheritdoc />
    public string Submit(SweepAttempt attempt, RunContext context)
    {
        _lock ??= SweepLock.TakeSoon(place.LocalLock) ?? throw new SweepRunException("SweepUnderWay", $"Another session is at work on the sweep in '{place.Folder}'.");
        string job = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        _attempt = attempt.Number;
        _task = Task.Factory.StartNew(
            () => SweepTask.Run(plan, place, attempt, 0, place.Journal(attempt.Number, 0, job), job, attempt.Tasks[0].Runs, context, relay: true),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        return job;
    }

    /// <inheritdoc />
    public string? Find(SweepAttempt attempt, CancellationToken cancellationToken) => null;

    /// <inheritdoc />
    public void Look(IReadOnlyList<SweepAttempt> attempts, RunContext context)
    {
        foreach (SweepAttempt attempt in attempts)
        {
            bool alive = attempt.Number == _attempt ? IsBusyItself : _lock is null && IsBusy(place);
            foreach (SweepTaskRecord task in attempt.Live)
            {
                task.Seen = alive ? SweepTaskState.Running : SweepTaskState.Gone;
            }
        }
    }

    /// <inheritdoc />
    public void Wait(CancellationToken cancellationToken)
    {
        if (_task is { } task)
        {
            Task.WaitAny([task], Interval);
        }
        else
        {
            cancellationToken.WaitHandle.WaitOne(Interval);
        }
    }

    /// <summary>Waits for what is at work, which its cancellation ends, and lets the folder go.</summary>
    public void Dispose()
    {
        if (_task is { } task)
        {
            Task.WaitAny([task]);
            _ = task.Exception;
        }

        _lock?.Dispose();
    }
}
