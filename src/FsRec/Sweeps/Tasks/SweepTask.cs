using System.Globalization;
using FsRec.Runs;

namespace FsRec.Sweeps;

/// <summary>One task of a sweep: a few of its runs, one after the other in one process, with a journal of its own.</summary>
public static class SweepTask
{
    /// <summary>Exit code of a task that did its runs; those that failed are in its journal.</summary>
    public const int Done = 0;

    /// <summary>Exit code of a task that has nothing to do with the sweep any more, or not the sweep's program.</summary>
    public const int Refused = 65;

    /// <summary>Exit code of a task whose memory did not suffice for a run; the sweep gives the run more.</summary>
    public const int ShortOfMemory = 66;

    /// <summary>Processors that the queue gives the task; 1 where no queue says.</summary>
    public static int Cpus => int.TryParse(Environment.GetEnvironmentVariable("SLURM_CPUS_PER_TASK"), NumberStyles.None, CultureInfo.InvariantCulture, out int cpus) ? cpus : 1;

    /// <summary>Does a task in this process, whose progress nobody watches.</summary>
    /// <param name="folder">Folder of the sweep.</param>
    /// <param name="sweep">Name of the sweep.</param>
    /// <param name="attempt">Number of the attempt.</param>
    /// <param name="task">Number of the task in its attempt.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string folder, string sweep, int attempt, int task) => Run(folder, sweep, attempt, task, new RunContext { Threads = Cpus });

    /// <summary>Does a task: those of its runs that have not ended yet.</summary>
    /// <param name="folder">Folder of the sweep.</param>
    /// <param name="sweep">Name of the sweep.</param>
    /// <param name="attempt">Number of the attempt.</param>
    /// <param name="task">Number of the task in its attempt.</param>
    /// <param name="context">Progress, messages, threads, cancellation.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="FsRecException">The plan or a journal cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">The task was stopped; what was complete stays so.</exception>
    public static int Run(string folder, string sweep, int attempt, int task, RunContext context)
    {
        string job = Environment.GetEnvironmentVariable("SLURM_JOB_ID") ?? Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        SweepPlan? plan = SweepPlace.ReadPlan(folder);
        if (plan is null || plan.Id != sweep)
        {
            return Refused;
        }

        var place = new SweepPlace(Path.GetFullPath(folder), sweep);
        string journal = place.Journal(attempt, task, job);
        if (plan.Version != SweepPlan.LibraryVersion)
        {
            SweepJournal.Append(journal, new SweepEvent { Event = SweepEvent.Refused, Message = $"the plan is of version {plan.Version}, and the program of version {SweepPlan.LibraryVersion}" });
            return Refused;
        }

        var state = new SweepState(place, plan.Runs.Count);
        state.Update();
        SweepAttempt? own = state.Attempts.FirstOrDefault(a => a.Number == attempt);
        if (own is null || own.IsAbandoned || task >= own.Tasks.Count)
        {
            return Refused;
        }

        return Run(plan, place, own, task, journal, job, [.. own.Tasks[task].Runs.Where(run => !state.HasEnded(run))], context, relay: false) ? Done : ShortOfMemory;
    }

    /// <summary>Does runs of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="place">Where it lies.</param>
    /// <param name="attempt">The attempt.</param>
    /// <param name="task">Number of the task in its attempt.</param>
    /// <param name="journal">The task's journal.</param>
    /// <param name="job">Number of the job or process.</param>
    /// <param name="runs">The runs.</param>
    /// <param name="context">Progress, messages, threads, cancellation.</param>
    /// <param name="relay">Whether the context is told what runs have to say; otherwise their warnings go to the journal.</param>
    /// <returns>Whether all of the runs ended; otherwise the memory did not suffice for one that a queue can give more.</returns>
    internal static bool Run(SweepPlan plan, SweepPlace place, SweepAttempt attempt, int task, string journal, string job, IReadOnlyList<int> runs, RunContext context, bool relay)
    {
        var gate = new object();
        void Write(SweepEvent line)
        {
            lock (gate)
            {
                SweepJournal.Append(journal, line);
            }
        }

        SweepPoint[] points = plan.GetPoints();
        Dictionary<SweepPoint, int> numbers = runs.ToDictionary(run => points[run], static run => run);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        bool isShort = false;
        var hooks = new SweepHooks(outcome =>
        {
            // On a cluster that is for the next task, which has more; this one ends, as if its queue had ended it.
            isShort |= plan.On != "Local" && outcome.Failure is MemoryException;
            Write(isShort ? new SweepEvent { Event = SweepEvent.OutOfMemory, Run = numbers[outcome.Point], Message = outcome.Failure?.Message } : End(numbers[outcome.Point], outcome));
            if (isShort)
            {
                stop.Cancel();
            }
        })
        {
            Begun = point => Write(new SweepEvent { Event = SweepEvent.Begin, Run = numbers[point] }),
            Told = relay ? null : (point, message) =>
            {
                if (message.IsWarning)
                {
                    Write(new SweepEvent { Event = SweepEvent.Warning, Run = numbers[point], Id = message.Id, Message = message.Text });
                }
            },
            ReadBackOnly = attempt.ReadBackOnly,
            IdleAt = attempt.Intended,
        };
        Write(new SweepEvent { Event = SweepEvent.Start, Attempt = attempt.Number, Task = task, Job = job, Host = Environment.MachineName });
        try
        {
            Sweep.Run(plan.GetParameters(), [.. runs.Select(run => points[run])], plan.GetOptions(place.Folder), hooks, context with { CancellationToken = stop.Token });
            Write(new SweepEvent { Event = SweepEvent.Finish });
            return true;
        }
        catch (OperationCanceledException) when (isShort)
        {
            return false;
        }
        catch (OperationCanceledException)
        {
            Write(new SweepEvent { Event = SweepEvent.Stopped });
            throw;
        }
    }

    private static SweepEvent End(int run, SweepOutcome outcome) => outcome.Row is { } row
        ? new SweepEvent { Event = SweepEvent.End, Run = run, Origin = row.Origin, ReadBack = row.IsReadBack, Seconds = row.Elapsed.TotalSeconds }
        : new SweepEvent { Event = SweepEvent.End, Run = run, Id = outcome.Failure!.Id, Message = outcome.Failure.Message };
}
