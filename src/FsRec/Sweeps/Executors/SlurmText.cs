using System.Globalization;

namespace FsRec.Sweeps;

/// <summary>What the commands of Slurm print.</summary>
internal static class SlurmText
{
    /// <summary>Columns of <c>squeue</c> that <see cref="ReadQueue"/> reads: name, job of the array, number in the array, state.</summary>
    public const string QueueFormat = "%j|%F|%K|%T";

    /// <summary>Columns of <c>sacct</c> that <see cref="ReadAccounts"/> reads.</summary>
    public const string AccountFormat = "JobName,JobID,State";

    /// <summary>Reads what <c>squeue --noheader --array --format</c> with <see cref="QueueFormat"/> prints.</summary>
    public static IEnumerable<SlurmTaskLine> ReadQueue(string text) =>
        from line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        let fields = line.Split('|')
        where fields.Length == 4
        from task in Numbers(fields[2])
        select new SlurmTaskLine(fields[0], fields[1], task, StateOf(fields[3]));

    /// <summary>Reads what <c>sacct --noheader --parsable2 --allocations</c> prints; a job is <c>12_3</c> or <c>12_[4-9%2]</c>.</summary>
    public static IEnumerable<SlurmTaskLine> ReadAccounts(string text) =>
        from line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        let fields = line.Split('|')
        where fields.Length == 3
        let job = fields[1].Split('_')
        where job.Length == 2
        from task in Numbers(job[1])
        select new SlurmTaskLine(fields[0], job[0], task, StateOf(fields[2]));

    /// <summary>The state of a task. One that is none of those that Slurm's manual lists as an end is still under way.</summary>
    public static SweepTaskState StateOf(string text)
    {
        // CANCELLED by 1000; CANCELLED+ where a column was too narrow.
        string word = text.Split(' ', '+')[0].ToUpperInvariant();
        return word switch
        {
            "COMPLETED" => SweepTaskState.Completed,
            "FAILED" or "DEADLINE" => SweepTaskState.Failed,
            "NODE_FAIL" or "BOOT_FAIL" => SweepTaskState.NodeFailed,
            "PREEMPTED" or "REVOKED" => SweepTaskState.Preempted,
            "CANCELLED" => SweepTaskState.Cancelled,
            "OUT_OF_MEMORY" => SweepTaskState.OutOfMemory,
            "TIMEOUT" => SweepTaskState.TimedOut,
            "PENDING" or "REQUEUED" or "REQUEUE_HOLD" or "REQUEUE_FED" or "RESV_DEL_HOLD" or "SPECIAL_EXIT" or "CONFIGURING" => SweepTaskState.Waiting,
            _ => SweepTaskState.Running,
        };
    }

    /// <summary>Whether the end of a task's log tells that it was killed for its memory, as <c>slurmstepd</c> writes it.</summary>
    public static bool TellsOfMemory(string log) => log.Split('\n').Any(static line => line.StartsWith("slurmstepd", StringComparison.Ordinal)
        && (line.Contains("exceeded memory limit", StringComparison.OrdinalIgnoreCase) || line.Contains("exceeded job memory limit", StringComparison.OrdinalIgnoreCase) || line.Contains("oom-kill event", StringComparison.OrdinalIgnoreCase)));

    /// <summary>The job's number in what <c>sbatch --parsable</c> prints: a number, and the cluster where there are several.</summary>
    public static string? JobOf(string text) => text.Trim().Split(';', '\n')[0] is { Length: > 0 } job && job.All(char.IsAsciiDigit) ? job : null;

    /// <summary>A value of <c>scontrol show config</c>.</summary>
    public static string? Setting(string config, string name) => config.Split('\n')
        .Select(static line => line.Split('=', 2))
        .FirstOrDefault(pair => pair.Length == 2 && pair[0].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))?[1].Trim();

    // 3, or [4-9,12%2] of tasks that wait together.
    private static IEnumerable<int> Numbers(string text)
    {
        foreach (string part in text.Trim('[', ']').Split('%')[0].Split(','))
        {
            string[] ends = part.Split('-', ':');
            if (int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first))
            {
                int last = ends.Length > 1 && int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out int to) ? to : first;
                for (int number = first; number <= last; number++)
                {
                    yield return number;
                }
            }
        }
    }
}
