using System.Globalization;
using FsRec.Runs;

namespace FsRec.Sweeps;

/// <summary>Submits tasks to Slurm, an attempt as one job array.</summary>
/// <param name="plan">The plan.</param>
/// <param name="place">Where it lies.</param>
/// <param name="command">Runs a command of the system.</param>
internal sealed class SlurmExecutor(SweepPlan plan, SweepPlace place, Func<string, string[], CancellationToken, CommandResult> command) : ISweepExecutor
{
    /// <summary>A task is to take minutes, for which starting it does not count, and not hours, which are lost with it.</summary>
    private const double LeastSeconds = 60;
    private const double MostSeconds = 600;

    /// <summary>Of the time limit a task is to need no more than this: runs of other values take longer.</summary>
    private const double ShareOfLimit = 0.5;

    // What Slurm has unless it is told otherwise.
    private const int UsualArraySize = 1001;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // Between sbatch having been started and the job being listed, should the session die.
    private static readonly TimeSpan SubmissionTime = TimeSpan.FromSeconds(5);

    // Bytes at the end of a task's log, where Slurm writes what became of it.
    private const int EndOfLog = 4096;

    private int? _arraySize;
    private bool _hasAccounts = true;
    private bool _warned;

    /// <inheritdoc />
    public string Name => "Slurm";

    /// <inheritdoc />
    public bool NeedsMeasure => plan.Slurm.RunsPerTask is null;

    /// <inheritdoc />
    public IReadOnlyList<IReadOnlyList<int>> Divide(IReadOnlyList<int> runs, double? seconds, CancellationToken cancellationToken)
    {
        _arraySize ??= ArraySize(cancellationToken);
        int size = SizeOf(runs.Count, seconds, plan.Slurm, _arraySize.Value);
        return [.. runs.Chunk(size)];
    }

    /// <summary>Runs of a task: spread over the tasks that may run at the same time as far as each is then minutes at work.</summary>
    internal static int SizeOf(int runs, double? seconds, SlurmSettings slurm, int arraySize)
    {
        int size = slurm.RunsPerTask ?? 1;
        if (slurm.RunsPerTask is null && seconds is { } each)
        {
            double time = Math.Max(each, 1e-3);
            double most = Math.Min(MostSeconds, ShareOfLimit * (slurm.TimeLimit ?? TimeSpan.MaxValue).TotalSeconds) / time;
            double least = Math.Min(LeastSeconds / time, most);
            double spread = slurm.MaxRunning is { } running ? (double)runs / running : least;
            size = (int)Math.Ceiling(Math.Clamp(spread, least, Math.Max(least, Math.Floor(most))));
        }

        return Math.Max(size, (runs + arraySize - 1) / arraySize);
    }

    /// <inheritdoc />
    public string Submit(SweepAttempt attempt, RunContext context)
    {
        string script = place.Script(attempt.Number);
        AtomicFile.WriteText(script, writer => writer.Write(SlurmScript.Of(plan, place, attempt.Number, attempt.Tasks.Count, attempt.Memory)));
        Directory.CreateDirectory(place.Logs);
        Directory.CreateDirectory(place.Journals);
        CommandResult result = command("sbatch", ["--parsable", script], context.CancellationToken);
        string why = result.Error.Trim() is { Length: > 0 } said ? said : result.Output.Trim();
        return result.IsDone && SlurmText.JobOf(result.Output) is { } job ? job
            // Only the answer may have been too late.
            : why.Contains("timed out", StringComparison.OrdinalIgnoreCase) && Find(attempt, context.CancellationToken) is { } arrived ? arrived
            : throw new SweepRunException("SlurmRefused", $"Slurm does not take the job: {why}. The batch script is '{script}'.");
    }

    /// <inheritdoc />
    public string? Find(SweepAttempt attempt, CancellationToken cancellationToken)
    {
        TimeSpan wait = attempt.Intended + SubmissionTime - DateTime.UtcNow;
        if (wait > TimeSpan.Zero)
        {
            cancellationToken.WaitHandle.WaitOne(wait < SubmissionTime ? wait : SubmissionTime);
            cancellationToken.ThrowIfCancellationRequested();
        }

        string name = SlurmScript.JobName(plan.Id, attempt.Number);
        return (Queue([name], cancellationToken) ?? throw new SweepRunException("SlurmSilent", "squeue does not answer, and without it nobody knows whether the last submission of the sweep arrived. Try again when the cluster answers."))
            .Concat(Accounts([name], cancellationToken)).Select(static line => line.Job).FirstOrDefault();
    }

    /// <inheritdoc />
    public void Look(IReadOnlyList<SweepAttempt> attempts, RunContext context)
    {
        if (attempts.Count == 0)
        {
            return;
        }

        string[] names = [.. attempts.Select(attempt => SlurmScript.JobName(plan.Id, attempt.Number))];
        if (Queue(names, context.CancellationToken) is not { } lines)
        {
            if (!_warned)
            {
                _warned = true;
                context.Warn(WarningIds.QueueSilent, "squeue does not answer; the sweep waits until it does.");
            }

            return;
        }

        // Of tasks that the queue has forgotten the accounts may know, where there are any.
        Dictionary<(string, int), SweepTaskState> states = Table(lines);
        string[] forgotten = [.. attempts.Where(attempt => attempt.Live.Any(task => !states.ContainsKey(Key(task)))).Select(attempt => SlurmScript.JobName(plan.Id, attempt.Number))];
        Dictionary<(string, int), SweepTaskState> accounts = forgotten.Length > 0 ? Table(Accounts(forgotten, context.CancellationToken)) : [];
        foreach (SweepTaskRecord task in attempts.SelectMany(static attempt => attempt.Live))
        {
            SweepTaskState state = states.TryGetValue(Key(task), out SweepTaskState seen) || accounts.TryGetValue(Key(task), out seen) ? seen : SweepTaskState.Gone;
            task.Seen = state is SweepTaskState.Failed or SweepTaskState.Gone && RanOutOfMemory(task) ? SweepTaskState.OutOfMemory : state;
        }
    }

    // Where Slurm measures the memory of tasks itself (OverMemoryKill) it calls them failed, and says why in their log alone.
    private bool RanOutOfMemory(SweepTaskRecord task)
    {
        try
        {
            using var log = new FileStream(place.Log(task.Attempt, task.Number), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            log.Seek(-Math.Min(log.Length, EndOfLog), SeekOrigin.End);
            using var reader = new StreamReader(log);
            return SlurmText.TellsOfMemory(reader.ReadToEnd());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <inheritdoc />
    public void Wait(CancellationToken cancellationToken) => cancellationToken.WaitHandle.WaitOne(Interval);

    private static Dictionary<(string, int), SweepTaskState> Table(IEnumerable<SlurmTaskLine> lines)
    {
        Dictionary<(string, int), SweepTaskState> table = [];
        foreach (SlurmTaskLine line in lines)
        {
            table[(line.Name, line.Task)] = line.State;
        }

        return table;
    }

    private (string, int) Key(SweepTaskRecord task) => (SlurmScript.JobName(plan.Id, task.Attempt), task.Number);

    /// <summary>Lines of the queue, ended tasks among them as long as it remembers them; <see langword="null"/> where it does not answer.</summary>
    private IReadOnlyList<SlurmTaskLine>? Queue(string[] names, CancellationToken cancellationToken)
    {
        CommandResult result = command("squeue", ["--noheader", "--array", "--states=all", "--name=" + string.Join(',', names), "--format=" + SlurmText.QueueFormat], cancellationToken);
        return result.IsDone ? [.. SlurmText.ReadQueue(result.Output)] : null;
    }

    private IReadOnlyList<SlurmTaskLine> Accounts(string[] names, CancellationToken cancellationToken)
    {
        if (!_hasAccounts)
        {
            return [];
        }

        try
        {
            CommandResult result = command(
                "sacct",
                ["--noheader", "--parsable2", "--allocations", "--starttime=" + plan.Created.ToLocalTime().AddHours(-1).ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture), "--name=" + string.Join(',', names), "--format=" + SlurmText.AccountFormat],
                cancellationToken);
            _hasAccounts = result.IsDone;
            return result.IsDone ? [.. SlurmText.ReadAccounts(result.Output)] : [];
        }
        catch (FsRecException)
        {
            _hasAccounts = false;
            return [];
        }
    }

    private int ArraySize(CancellationToken cancellationToken)
    {
        CommandResult result = command("scontrol", ["show", "config"], cancellationToken);
        return result.IsDone && int.TryParse(SlurmText.Setting(result.Output, "MaxArraySize"), NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size > 1 ? size - 1 : UsualArraySize - 1;
    }
}
