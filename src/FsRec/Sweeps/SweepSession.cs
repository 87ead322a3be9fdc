using FsRec.Runs;

namespace FsRec.Sweeps;

/// <summary>
/// A sweep in its folder, whatever does its runs. All that is known of it lies in the folder: a session may end at any moment, and another takes
/// the sweep up; see docs/sweeps.md.
/// </summary>
public sealed class SweepSession : IDisposable
{
    private readonly SweepPlace _place;
    private readonly SweepState _state;
    private readonly SweepDispatch _dispatch;
    private readonly SweepRows _rows;
    private int _told;
    private int _before;
    private int _warned;

    private SweepSession(string folder, SweepPlan plan)
    {
        Plan = plan;
        _place = new SweepPlace(folder, plan.Id);
        _state = new SweepState(_place, plan.Runs.Count);
        _dispatch = new SweepDispatch(plan, _place, _state, SystemCommand.Run);
        _rows = new SweepRows(plan, folder);
    }

    /// <summary>The plan.</summary>
    public SweepPlan Plan { get; }

    /// <summary>Whether the sweep was under way already.</summary>
    public bool IsTakenUp { get; private init; }

    /// <summary>Begins a sweep in a folder, or takes up the one that is at work there if it makes the same runs.</summary>
    /// <param name="folder">Folder of the sweep.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="context">Messages.</param>
    /// <exception cref="FsRecException">Another sweep is at work in the folder, or it cannot be written to.</exception>
    public static SweepSession Start(string folder, SweepPlan plan, RunContext context)
    {
        string full = Path.GetFullPath(folder);
        using FileStream gate = SweepLock.TakeSoon(new SweepPlace(full, plan.Id).Lock)
            ?? throw new SweepRunException("SweepUnderWay", $"Another session submits a sweep in '{full}'. Receive-FsrSweep takes it up.");
        if (SweepPlace.ReadPlan(full) is { } earlier)
        {
            var session = new SweepSession(full, earlier) { IsTakenUp = true };
            if (session._dispatch.IsAlive(context))
            {
                if (earlier.IsSameWork(plan))
                {
                    session._before = session._state.Ended.Count;
                    return session;
                }

                session.Dispose();
                throw new SweepRunException(
                    "SweepUnderWay", $"Another sweep is at work in '{full}', {earlier.Id} on {earlier.On} with {Counted.Of(earlier.Runs.Count, "run")}. Take it up with Receive-FsrSweep, end it{(earlier.On == "Slurm" ? $" with scancel --name={SlurmScript.JobName(earlier.Id, 1)} and the like" : "")}, or give another folder.");
            }

            session.Dispose();
            // What its runs left is read back where it fits; how they came about is of no use any more.
            Remove(new SweepPlace(full, earlier.Id).Own);
        }

        SweepPlace.WritePlan(full, plan);
        return new SweepSession(full, plan);
    }

    /// <summary>Takes a sweep up.</summary>
    /// <param name="folder">Folder of the sweep.</param>
    /// <exception cref="FsRecException">There is none.</exception>
    public static SweepSession Open(string folder)
    {
        string full = Path.GetFullPath(folder);
        SweepPlan plan = SweepPlace.ReadPlan(full)
            ?? throw new DataException($"In '{full}' is no sweep: there is no sweep.json. Expected the folder that Invoke-FsrSweep named, OUTPUTFILENAME_sweep in OUTPUTPATH or -Destination.", new FileNotFoundException());
        return new SweepSession(full, plan) { IsTakenUp = true };
    }

    /// <summary>The batch script that a sweep on Slurm would submit.</summary>
    /// <param name="folder">Folder of the sweep.</param>
    /// <param name="plan">The plan.</param>
    public static string BatchScript(string folder, SweepPlan plan)
    {
        int size = plan.Slurm.RunsPerTask ?? 1;
        return SlurmScript.Of(plan, new SweepPlace(Path.GetFullPath(folder), plan.Id), 1, (plan.Runs.Count + size - 1) / size, plan.Slurm.Memory);
    }

    /// <summary>Where the sweep stands, by what was read of it last.</summary>
    public SweepStatus GetStatus()
    {
        _state.Update();
        SweepTaskRecord[] live = [.. _state.Attempts.SelectMany(static attempt => attempt.Live)];
        return new SweepStatus
        {
            Folder = _place.Folder,
            Id = Plan.Id,
            On = Plan.On,
            Runs = Plan.Runs.Count,
            Done = _state.Ended.Count(run => _state.EndOf(run).Origin is not null),
            Failed = _state.Ended.Count(run => _state.EndOf(run).Origin is null),
            RunningTasks = live.Count(static task => task.IsStarted),
            WaitingTasks = live.Count(static task => !task.IsStarted),
            DeadTasks = _state.Attempts.Where(static a => !a.IsAbandoned).SelectMany(static a => a.Tasks).Count(static task => task.End is not (null or SweepTaskState.Completed or SweepTaskState.Stopped)),
            Jobs = [.. _state.Attempts.Where(static a => a.On == "Slurm" && a.Job is not null).Select(static a => a.Job!)],
        };
    }

    /// <summary>Submits what is to be submitted, tells of the runs that have ended, and waits for the others or does not.</summary>
    /// <param name="wait">Whether to wait until all runs have ended. Without it runs that the session would have to do itself are not begun.</param>
    /// <param name="ended">Told of each run, once.</param>
    /// <param name="context">Progress, messages, threads, cancellation.</param>
    /// <exception cref="FsRecException">Tasks cannot be submitted, or the folder cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">The session was stopped; jobs of a cluster go on.</exception>
    public void Run(bool wait, Action<SweepOutcome> ended, RunContext context)
    {
        while (true)
        {
            _state.Update();
            Tell(ended, context);
            if (_state.IsComplete)
            {
                break;
            }

            context.CancellationToken.ThrowIfCancellationRequested();
            _dispatch.Advance(wait, context);
            Report(context);
            if (!wait && !_dispatch.IsBusy)
            {
                _state.Update();
                Tell(ended, context);
                break;
            }

            _dispatch.Wait(context.CancellationToken);
        }

        _rows.Write(_place.Table, _state);
        if (_state.IsComplete)
        {
            context.Warn(SweepDecision.Of(_rows.InOrder));
        }
    }

    /// <summary>Ends what this session does itself; jobs of a cluster go on.</summary>
    public void Dispose() => _dispatch.Dispose();

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Nothing there, or still open somewhere; nobody reads it.
        }
    }

    private void Tell(Action<SweepOutcome> ended, RunContext context)
    {
        for (; _warned < _state.Warnings.Count; _warned++)
        {
            SweepEvent warning = _state.Warnings[_warned];
            context.Warn(warning.Id!, $"{_rows.Point(warning.Run!.Value)}: {warning.Message}");
        }

        for (; _told < _state.Ended.Count; _told++)
        {
            int run = _state.Ended[_told];
            SweepEvent end = _state.EndOf(run);
            // To whoever began the sweep again, a run that had ended by then was found complete.
            ended(_rows.Take(run, _told < _before && end.Origin is not null ? end with { ReadBack = true } : end));
        }
    }

    // What this process does itself tells of its progress itself.
    private void Report(RunContext context)
    {
        if (Plan.On != "Local" || !_dispatch.IsBusy)
        {
            SweepTaskRecord[] live = [.. _state.Attempts.SelectMany(static attempt => attempt.Live)];
            int running = live.Count(static task => task.IsStarted);
            context.Progress?.Report(new RunProgress("Sweep", _state.Ended.Count, Plan.Runs.Count, FormattableString.Invariant($"{Counted.Of(running, "task")} at work, {live.Length - running} waiting")));
        }
    }
}
