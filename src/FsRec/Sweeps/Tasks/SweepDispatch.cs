using FsRec.Runs;

namespace FsRec.Sweeps;

/// <summary>
/// Decides from the journals what is to be submitted: runs that have not ended and are in no task that may be at work. It notes what it is about to do
/// before it does it, so that whoever takes the sweep up after it finds what became of it. One session at a time does so.
/// </summary>
internal sealed class SweepDispatch : IDisposable
{
    /// <summary>Runs that are measured at most before tasks are made without it, as all of them fail.</summary>
    private const int MostMeasures = 3;

    /// <summary>Tasks of one run each that are submitted at once; what is more waits until the next look. Slurm takes 1001 unless it is told otherwise.</summary>
    private const int MostAlone = 500;

    private readonly SweepPlan _plan;
    private readonly SweepPlace _place;
    private readonly SweepState _state;
    private readonly LocalExecutor _local;
    private readonly ISweepExecutor _executor;

    /// <summary>Creates the dispatch of a sweep.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="place">Where it lies.</param>
    /// <param name="state">What its journals add up to.</param>
    /// <param name="command">Runs a command of the system.</param>
    public SweepDispatch(SweepPlan plan, SweepPlace place, SweepState state, Func<string, string[], CancellationToken, CommandResult> command)
    {
        (_plan, _place, _state) = (plan, place, state);
        _local = new LocalExecutor(plan, place);
        _executor = plan.On switch
        {
            "Local" => _local,
            "Slurm" => new SlurmExecutor(plan, place, command),
            _ => throw new FsRecException($"The sweep in '{place.Folder}' is on '{plan.On}'; expected Local or Slurm."),
        };
    }

    /// <summary>Whether this session is at work on runs itself.</summary>
    public bool IsBusy => _local.IsBusyItself;

    /// <summary>Whether a task is, or may come to be, at work on the sweep. The caller holds the lock.</summary>
    public bool IsAlive(RunContext context)
    {
        _state.Update();
        Settle(context);
        return _state.Attempts.SelectMany(static attempt => attempt.Live).Any();
    }

    /// <summary>Sees what became of tasks, and submits what is to be done.</summary>
    /// <param name="mayWork">Whether this session may do runs itself that are the sweep's work.</param>
    /// <param name="context">Messages, threads, cancellation.</param>
    public void Advance(bool mayWork, RunContext context)
    {
        using FileStream? gate = SweepLock.Take(_place.Lock);
        if (gate is null)
        {
            // Another session sees to it.
            return;
        }

        _state.Update();
        Settle(context);
        if (_state.Refusal is { } refusal)
        {
            throw new SweepRunException("ProgramChanged", $"A task of the sweep would not work: {refusal}. Submit the sweep again with Invoke-FsrSweep; runs that are done are kept.");
        }

        GiveUp();
        Submit(mayWork, context);
    }

    /// <summary>Waits until it is worth looking again.</summary>
    public void Wait(CancellationToken cancellationToken) => (IsBusy ? _local : _executor).Wait(cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _local.Dispose();

    private ISweepExecutor Of(SweepAttempt attempt) => attempt.On == _executor.Name ? _executor : _local;

    // Notes what became of submissions and tasks of which the journals do not tell the end.
    private void Settle(RunContext context)
    {
        foreach (SweepAttempt attempt in _state.Attempts.Where(static a => !a.IsAbandoned && a.Job is null && a.Live.Any()).ToArray())
        {
            // A task that began is a submission that arrived.
            string? job = Of(attempt).Find(attempt, context.CancellationToken) ?? attempt.Tasks.FirstOrDefault(static task => task.IsStarted)?.Job;
            Note(job is null
                ? new SweepEvent { Event = SweepEvent.Abandoned, Attempt = attempt.Number, Message = "nothing is known of its submission" }
                : new SweepEvent { Event = SweepEvent.Submitted, Attempt = attempt.Number, Job = job });
        }

        SweepAttempt[] live = [.. _state.Attempts.Where(static attempt => attempt.Live.Any())];
        foreach (IGrouping<ISweepExecutor, SweepAttempt> attempts in live.GroupBy(Of))
        {
            attempts.Key.Look([.. attempts], context);
        }

        // What a task wrote before it was seen to have ended counts.
        _state.Update();
        foreach (SweepTaskRecord task in live.SelectMany(static attempt => attempt.Live).Where(static task => task.Seen is not (SweepTaskState.Waiting or SweepTaskState.Running)).ToArray())
        {
            // One that ended in order says so itself.
            SweepTaskState end = task.Seen is not (SweepTaskState.Completed or SweepTaskState.Gone) ? task.Seen
                // Somebody told it to end, and nobody knows any more who.
                : task.IsStopped ? SweepTaskState.Cancelled : SweepTaskState.Gone;
            Note(new SweepEvent { Event = SweepEvent.Ended, Attempt = task.Attempt, Task = task.Number, State = end });
        }

        _state.Update();
    }

    // Runs whose tasks died too often, or for a reason that another task would have too.
    private void GiveUp()
    {
        foreach (int run in _state.Open.ToArray())
        {
            SweepTaskRecord[] deaths = [.. _state.DeathsAt(run)];
            if (deaths.Length > 0 && Reason(deaths) is { } reason)
            {
                Note(new SweepEvent { Event = SweepEvent.End, Run = run, Id = reason.Id, Message = reason.Message });
            }
        }

        _state.Update();
    }

    private (string Id, string Message)? Reason(SweepTaskRecord[] deaths)
    {
        SweepTaskRecord last = deaths[^1];
        string where = $"The log of its last task is '{_place.Log(last.Attempt, last.Number)}'.";
        bool often = deaths.Length > _plan.Slurm.Resubmissions;
        string times = deaths.Length == 1 ? "its task" : $"{deaths.Length} of its tasks";
        return last.End switch
        {
            SweepTaskState.TimedOut => ("TimedOut", $"The run takes longer than a task may ({(_plan.Slurm.TimeLimit is { } limit ? limit.ToString() : "the limit of the partition")}). Give more with -TimeLimit."),
            SweepTaskState.OutOfMemory when _plan.Slurm.Memory is null => ("OutOfMemory", "The run takes more memory than the cluster gives a task that does not ask. Ask with -Memory."),
            SweepTaskState.OutOfMemory when often => ("OutOfMemory", $"The run takes more memory than {times} had, the last {_state.Attempts.First(a => a.Number == last.Attempt).Memory >> 20} MiB. Give more with -Memory."),
            SweepTaskState.NodeFailed when often => ("NodeFailed", $"The nodes of {times} failed while they were at the run."),
            SweepTaskState.Preempted or SweepTaskState.Cancelled when often => ("TaskCancelled", $"{(deaths.Length == 1 ? "Its task was" : $"{deaths.Length} of its tasks were")} cancelled or had to make way for others."),
            _ when often => ("TaskDied", _plan.On == "Local" ? $"The session ended {Counted.Of(deaths.Length, "time")} while it was at the run." : $"{(deaths.Length == 1 ? "Its task" : $"{deaths.Length} of its tasks")} died while at the run. {where}"),
            _ => null,
        };
    }

    private void Submit(bool mayWork, RunContext context)
    {
        HashSet<int> taken = [.. _state.Attempts.SelectMany(static attempt => attempt.Live).SelectMany(static task => task.Runs)];
        int[] idle = [.. _state.Open.Where(run => !taken.Contains(run))];
        if (idle.Length == 0)
        {
            return;
        }

        if (_executor == _local)
        {
            if (mayWork)
            {
                Submit(_local, [idle], null, readBackOnly: false, context);
            }

            return;
        }

        // What a queue need not do this session does first: to read back what is complete, and to see how long a run takes.
        RunContext own = context with { Progress = null };
        if (_state.Attempts.SelectMany(static attempt => attempt.Live.Where(_ => attempt.On == "Local")).Any())
        {
            return;
        }

        if (!_plan.Redo && !_state.Attempts.Exists(static attempt => attempt.ReadBackOnly && attempt.Tasks[0].End == SweepTaskState.Completed))
        {
            Submit(_local, [idle], null, readBackOnly: true, own);
            return;
        }

        double[] seconds = [.. _state.Seconds.Order()];
        if (_executor.NeedsMeasure && seconds.Length == 0 && _state.Attempts.Count(static attempt => attempt.On == "Local" && !attempt.ReadBackOnly) < MostMeasures)
        {
            Submit(_local, [[idle[0]]], null, readBackOnly: false, own with { Threads = _plan.Slurm.CpusPerTask });
            return;
        }

        // A run at which a task died is alone in its next one, and has twice the memory where that was what did not suffice.
        foreach (var group in idle.GroupBy(run => (Alone: _state.DeathsAt(run).Any(task => task.Begun.Contains(run)), Memory: _plan.Slurm.Memory << _state.DeathsAt(run).Count(static task => task.End == SweepTaskState.OutOfMemory))))
        {
            int[] runs = [.. group];
            IReadOnlyList<IReadOnlyList<int>> tasks = group.Key.Alone ? [.. runs.Take(MostAlone).Select(static run => (int[])[run])] : _executor.Divide(runs, seconds.Length > 0 ? seconds[seconds.Length / 2] : null, context.CancellationToken);
            Submit(_executor, tasks, group.Key.Memory, readBackOnly: false, context);
        }
    }

    private void Submit(ISweepExecutor executor, IReadOnlyList<IReadOnlyList<int>> tasks, long? memory, bool readBackOnly, RunContext context)
    {
        int number = _state.Attempts.Count == 0 ? 1 : _state.Attempts.Max(static attempt => attempt.Number) + 1;
        Note(new SweepEvent { Event = SweepEvent.Intent, Attempt = number, On = executor.Name, Tasks = tasks, Memory = memory, ReadBackOnly = readBackOnly ? true : null });
        _state.Update();
        SweepAttempt attempt = _state.Attempts.First(a => a.Number == number);
        try
        {
            Note(new SweepEvent { Event = SweepEvent.Submitted, Attempt = number, Job = executor.Submit(attempt, context) });
            context.Tell($"{Counted.Of(tasks.Sum(static task => task.Count), "run")} in {Counted.Of(tasks.Count, "task")} on {executor.Name}{(executor == _local ? "" : $", job {Job(number)}")}.");
        }
        catch (SweepRunException e)
        {
            // What was not taken for its size alone is the runs' failure; all else is the session's.
            Note(new SweepEvent { Event = SweepEvent.Abandoned, Attempt = number, Message = e.Message });
            if (memory is null || memory <= _plan.Slurm.Memory)
            {
                throw;
            }

            foreach (int run in tasks.SelectMany(static task => task))
            {
                Note(new SweepEvent { Event = SweepEvent.End, Run = run, Id = "OutOfMemory", Message = $"The run takes more memory than its task had, and the cluster does not give {memory >> 20} MiB: {e.Message}" });
            }
        }

        _state.Update();
    }

    private string? Job(int attempt)
    {
        _state.Update();
        return _state.Attempts.First(a => a.Number == attempt).Job;
    }

    private void Note(SweepEvent line) => SweepJournal.Append(_place.Submissions, line);
}
