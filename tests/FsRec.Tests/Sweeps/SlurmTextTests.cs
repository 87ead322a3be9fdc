using FsRec.Sweeps;

namespace FsRec.Tests.Sweeps;

/// <summary>What the commands of Slurm print. Lines of squeue, sbatch and scontrol are those of Slurm 22.05; those of sacct follow its manual.</summary>
public sealed class SlurmTextTests
{
    [Fact]
    public void The_queue_lists_each_task_with_its_state()
    {
        const string Text = """
            fsrec-abc-1|1|3|CANCELLED
            fsrec-abc-1|1|2|COMPLETED
            fsrec-abc-1|1|1|FAILED
            fsrec-abc-2|12|0|RUNNING
            other|13|N/A|RUNNING

            """;

        Assert.Equal(
            [
                new SlurmTaskLine("fsrec-abc-1", "1", 3, SweepTaskState.Cancelled),
                new SlurmTaskLine("fsrec-abc-1", "1", 2, SweepTaskState.Completed),
                new SlurmTaskLine("fsrec-abc-1", "1", 1, SweepTaskState.Failed),
                new SlurmTaskLine("fsrec-abc-2", "12", 0, SweepTaskState.Running),
            ],
            SlurmText.ReadQueue(Text));
    }

    [Fact]
    public void Accounts_list_waiting_tasks_together()
    {
        const string Text = "fsrec-abc-1|7_0|COMPLETED\nfsrec-abc-1|7_1|CANCELLED by 1000\nfsrec-abc-1|7_[2-3,5%2]|PENDING\nfsrec-abc-1|8|RUNNING\n";

        Assert.Equal(
            [(0, SweepTaskState.Completed), (1, SweepTaskState.Cancelled), (2, SweepTaskState.Waiting), (3, SweepTaskState.Waiting), (5, SweepTaskState.Waiting)],
            SlurmText.ReadAccounts(Text).Select(static line => (line.Task, line.State)));
    }

    // The states are those of section JOB STATE CODES of squeue(1).
    [Theory]
    [InlineData("BOOT_FAIL", SweepTaskState.NodeFailed)]
    [InlineData("CANCELLED", SweepTaskState.Cancelled)]
    [InlineData("CANCELLED+", SweepTaskState.Cancelled)]
    [InlineData("COMPLETED", SweepTaskState.Completed)]
    [InlineData("CONFIGURING", SweepTaskState.Waiting)]
    [InlineData("COMPLETING", SweepTaskState.Running)]
    [InlineData("DEADLINE", SweepTaskState.Failed)]
    [InlineData("FAILED", SweepTaskState.Failed)]
    [InlineData("NODE_FAIL", SweepTaskState.NodeFailed)]
    [InlineData("OUT_OF_MEMORY", SweepTaskState.OutOfMemory)]
    [InlineData("PENDING", SweepTaskState.Waiting)]
    [InlineData("PREEMPTED", SweepTaskState.Preempted)]
    [InlineData("RUNNING", SweepTaskState.Running)]
    [InlineData("STAGE_OUT", SweepTaskState.Running)]
    [InlineData("SUSPENDED", SweepTaskState.Running)]
    [InlineData("TIMEOUT", SweepTaskState.TimedOut)]
    public void States_are_told_apart(string text, SweepTaskState expected) => Assert.Equal(expected, SlurmText.StateOf(text));

    [Theory]
    [InlineData("123\n", "123")]
    [InlineData("123;cluster\n", "123")]
    [InlineData("Submitted batch job 123\n", null)]
    [InlineData("", null)]
    public void A_submission_has_a_number(string text, string? expected) => Assert.Equal(expected, SlurmText.JobOf(text));

    [Fact]
    public void Settings_are_found() =>
        Assert.Equal("10001", SlurmText.Setting("LogTimeFormat           = iso8601_ms\nMaxArraySize            = 10001\nMinJobAge               = 120 sec\n", "MaxArraySize"));

    // The examples are those of --time in sbatch(1).
    [Theory]
    [InlineData("90", 90 * 60)]
    [InlineData("10:30", 630)]
    [InlineData("2:00:00", 7200)]
    [InlineData("1-12", 36 * 3600)]
    [InlineData("1-12:30", (36 * 3600) + 1800)]
    [InlineData("1-12:30:05", (36 * 3600) + 1805)]
    [InlineData("0", null)]
    [InlineData("1:2:3:4", null)]
    [InlineData("soon", null)]
    public void Times_are_those_of_sbatch(string text, int? seconds) => Assert.Equal(seconds, (int?)SlurmTime.Read(text)?.TotalSeconds);

    [Theory]
    [InlineData(1000, 0.1, null, null, 600)] // A minute of them.
    [InlineData(1000, 0.1, 200, null, 600)] // 5 would take half a second.
    [InlineData(1000, 30.0, 200, null, 5)]
    [InlineData(1000, 30.0, 10, null, 20)] // 100 would take 50 minutes.
    [InlineData(1000, 3000.0, 10, null, 1)]
    [InlineData(1000, 30.0, 10, 300, 5)] // Half of the time limit.
    public void Tasks_take_minutes(int runs, double seconds, int? running, int? limit, int expected) => Assert.Equal(
        expected,
        SlurmExecutor.SizeOf(runs, seconds, new SlurmSettings { MaxRunning = running, TimeLimit = limit is { } s ? TimeSpan.FromSeconds(s) : null }, 1000));

    [Fact]
    public void An_array_has_no_more_tasks_than_the_cluster_takes() =>
        Assert.Equal(10, SlurmExecutor.SizeOf(10000, 3000, new SlurmSettings(), 1000));
}
