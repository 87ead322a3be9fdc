using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Sweeps;

namespace FsRec.Tests.Sweeps;

/// <summary>What is submitted, and what is not, whatever becomes of tasks, nodes and sessions.</summary>
public sealed class SweepDispatchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fsrec-dispatch").FullName;
    private readonly FakeSlurm _slurm = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_intent_is_noted_before_the_job_is_submitted()
    {
        using SweepDispatch dispatch = Dispatch(Plan());
        _slurm.Submitting = script => Assert.Contains("\"event\":\"intent\"", File.ReadAllText(Place().Submissions), StringComparison.Ordinal);

        dispatch.Advance(true, new RunContext());
        dispatch.Advance(true, new RunContext());

        string script = Assert.Single(_slurm.Scripts);
        Assert.Contains("#SBATCH --array=0-1%5\n", script, StringComparison.Ordinal);
        Assert.Contains("#SBATCH --time=1-02:00:00\n", script, StringComparison.Ordinal);
        Assert.Contains("#SBATCH --mem=1024M\n", script, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_whose_session_died_before_it_noted_its_number_is_found()
    {
        SweepPlan plan = Plan();
        using (SweepDispatch first = Dispatch(plan))
        {
            _slurm.Submitting = script =>
            {
                _slurm.Take(script);
                throw new InvalidOperationException("the session dies");
            };
            Assert.Throws<InvalidOperationException>(() => first.Advance(true, new RunContext()));
        }

        _slurm.Submitting = null;
        using SweepDispatch second = Dispatch(plan);
        second.Advance(true, new RunContext());

        Assert.Empty(_slurm.Scripts);
        Assert.Equal("1", State().Attempts.Single().Job);
    }

    [Fact]
    public void A_job_that_never_came_is_given_up_and_does_nothing_should_it_come_late()
    {
        SweepPlan plan = Plan();
        Note(new SweepEvent { Event = SweepEvent.Intent, Attempt = 1, On = "Slurm", Tasks = [[0, 1], [2, 3]], Time = DateTime.UtcNow.AddMinutes(-1) });
        using SweepDispatch dispatch = Dispatch(plan);

        dispatch.Advance(true, new RunContext());

        Assert.Equal([true, false], State().Attempts.Select(static attempt => attempt.IsAbandoned));
        Assert.Single(_slurm.Scripts);
        SweepPlace.WritePlan(_folder, plan);
        Assert.Equal(SweepTask.Refused, SweepTask.Run(_folder, plan.Id, 1, 0));
        Assert.Equal(SweepTask.Refused, SweepTask.Run(_folder, "fsrec-other", 1, 0));
        Assert.False(Directory.Exists(Place().Journals) && Directory.EnumerateFiles(Place().Journals).Any());
    }

    [Theory]
    [InlineData("NODE_FAIL")]
    [InlineData("PREEMPTED")]
    [InlineData("CANCELLED")]
    [InlineData("FAILED")]
    public void What_a_dead_task_had_not_done_is_submitted_again_and_nothing_else(string state)
    {
        using SweepDispatch dispatch = Dispatch(Plan());
        dispatch.Advance(true, new RunContext());
        Journal(1, 0, Begin(0), Done(0), Begin(1));
        _slurm.Set(1, 0, state);
        _slurm.Set(1, 1, "RUNNING");

        dispatch.Advance(true, new RunContext());

        Assert.Equal([1], State().Attempts[1].Tasks.Single().Runs);
        Assert.Equal(2, _slurm.Scripts.Count);
    }

    [Fact]
    public void Runs_of_a_task_that_came_to_none_stay_together()
    {
        using SweepDispatch dispatch = Dispatch(Plan());
        dispatch.Advance(true, new RunContext());
        _slurm.Set(1, 0, "CANCELLED");
        _slurm.Set(1, 1, "RUNNING");

        dispatch.Advance(true, new RunContext());

        Assert.Equal([0, 1], State().Attempts[1].Tasks.Single().Runs);
    }

    [Fact]
    public void A_run_at_which_tasks_die_is_given_up_after_some_and_the_others_are_done()
    {
        using SweepDispatch dispatch = Dispatch(Plan() with { Slurm = new SlurmSettings { RunsPerTask = 4, Resubmissions = 2 } });
        dispatch.Advance(true, new RunContext());
        Journal(1, 0, Begin(0));
        _slurm.Set(1, 0, "FAILED");
        dispatch.Advance(true, new RunContext());

        // The killer alone, the others together and without blame.
        Assert.Equal([[0], [1, 2, 3]], State().Attempts.Skip(1).Select(static attempt => attempt.Tasks.Single().Runs.ToArray()).OrderBy(static runs => runs[0]));
        for (int n = 0; n < 2; n++)
        {
            SweepAttempt attempt = State().Attempts.Last(static a => a.Tasks[0].Runs.Contains(0));
            Journal(attempt.Number, 0, Begin(0));
            _slurm.Set(int.Parse(attempt.Job!, System.Globalization.CultureInfo.InvariantCulture), 0, "FAILED");
            dispatch.Advance(true, new RunContext());
        }

        Assert.Equal("TaskDied", State().EndOf(0).Id);
        Assert.Equal(4, _slurm.Scripts.Count);
        Assert.False(State().HasEnded(1));
    }

    // Slurm asks a task to end before it ends it: the task says so and does not know why.
    [Theory]
    [InlineData("TIMEOUT", 1, "TimedOut")]
    [InlineData("CANCELLED by 0", 3, "TaskCancelled")]
    [InlineData("PREEMPTED", 3, "TaskCancelled")]
    [InlineData("NODE_FAIL", 3, "NodeFailed")]
    [InlineData(null, 3, "TaskCancelled")]
    public void A_task_that_was_told_to_end_ended_as_the_queue_says(string? state, int times, string id)
    {
        using SweepDispatch dispatch = Dispatch(Plan() with { Slurm = new SlurmSettings { RunsPerTask = 4, Resubmissions = 2 } });
        dispatch.Advance(true, new RunContext());
        for (int n = 0; n < times; n++)
        {
            Assert.False(State().HasEnded(0));
            SweepAttempt attempt = State().Attempts.Last(static a => a.Tasks[0].Runs.Contains(0));
            Journal(attempt.Number, 0, Begin(0), new SweepEvent { Event = SweepEvent.Stopped });
            // As long as the queue has it at work it is not over.
            int job = int.Parse(attempt.Job!, System.Globalization.CultureInfo.InvariantCulture);
            _slurm.Set(job, 0, "COMPLETING");
            int before = _slurm.Scripts.Count;
            dispatch.Advance(true, new RunContext());
            Assert.Equal(before, _slurm.Scripts.Count);
            if (state is null)
            {
                _slurm.Tasks.RemoveAll(t => t.Job == job);
            }
            else
            {
                _slurm.Set(job, 0, state);
            }

            dispatch.Advance(true, new RunContext());
        }

        Assert.Equal(id, State().EndOf(0).Id);
        Assert.False(State().HasEnded(1));
    }

    [Fact]
    public void What_runs_out_of_memory_gets_twice_as_much()
    {
        using SweepDispatch dispatch = Dispatch(Plan());
        dispatch.Advance(true, new RunContext());
        Journal(1, 0, Begin(0), Done(0), Begin(1));
        _slurm.Set(1, 0, "OUT_OF_MEMORY");

        dispatch.Advance(true, new RunContext());

        Assert.Contains("#SBATCH --mem=2048M\n", _slurm.Scripts[1], StringComparison.Ordinal);
        Assert.Equal([1], State().Attempts[1].Tasks.Single().Runs);
    }

    // What slurmstepd 22.05 wrote into the log of a task that took too much; sacct and squeue said FAILED, 0:9.
    [Theory]
    [InlineData("slurmstepd-node1: error: StepId=16.batch exceeded memory limit (32722944 > 8388608), being killed\nslurmstepd-node1: error: Exceeded job memory limit\n", true)]
    [InlineData("slurmstepd: error: Detected 1 oom-kill event(s) in StepId=16.batch. Some of your processes may have been killed by the cgroup out-of-memory handler.\n", true)]
    [InlineData("a run says that it exceeded memory limit\n", false)]
    public void A_failure_that_its_log_puts_down_to_memory_is_one_of_memory(string log, bool isMemory)
    {
        using SweepDispatch dispatch = Dispatch(Plan());
        dispatch.Advance(true, new RunContext());
        Journal(1, 0, Begin(0), Done(0), Begin(1));
        Directory.CreateDirectory(Place().Logs);
        File.WriteAllText(Place().Log(1, 0), new string('x', 10_000) + "\n" + log);
        _slurm.Set(1, 0, "FAILED");

        dispatch.Advance(true, new RunContext());

        Assert.Contains(isMemory ? "#SBATCH --mem=2048M\n" : "#SBATCH --mem=1024M\n", _slurm.Scripts[1], StringComparison.Ordinal);
    }

    // The runtime knows the limit of its control group and says so first, and Slurm calls the task failed.
    [Theory]
    [InlineData("FAILED")]
    [InlineData("RUNNING")]
    public void A_task_that_says_itself_that_its_memory_does_not_suffice_is_one_of_memory(string state)
    {
        using SweepDispatch dispatch = Dispatch(Plan());
        dispatch.Advance(true, new RunContext());
        Journal(1, 0, Begin(0), Short(0));
        _slurm.Set(1, 0, state);
        _slurm.Set(1, 1, "RUNNING");

        dispatch.Advance(true, new RunContext());

        Assert.Equal(["1024M", "2048M", "1024M"], _slurm.Scripts.Select(static script => script.Split("--mem=")[1].Split('\n')[0]));
        Assert.Equal([0], Assert.Single(State().Attempts[1].Tasks).Runs);
        Assert.Equal([1], Assert.Single(State().Attempts[2].Tasks).Runs);
        for (int attempt = 2; !State().HasEnded(0) && attempt < 20; attempt++)
        {
            int task = State().Attempts[attempt - 1].Tasks[0].Runs[0];
            Journal(attempt, 0, task == 0 ? [Begin(0), Short(0)] : [Begin(task), Done(task)]);
            dispatch.Advance(true, new RunContext());
        }

        Assert.Equal("OutOfMemory", State().EndOf(0).Id);
        Assert.Contains("4 of its tasks had, the last 8192 MiB", State().EndOf(0).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_runs_out_of_memory_that_nobody_gave_fails_by_name()
    {
        using SweepDispatch dispatch = Dispatch(Plan() with { Slurm = new SlurmSettings { RunsPerTask = 2 } });
        dispatch.Advance(true, new RunContext());
        Journal(1, 0, Begin(0), Done(0), Begin(1));
        _slurm.Set(1, 0, "OUT_OF_MEMORY");

        dispatch.Advance(true, new RunContext());

        Assert.Equal("OutOfMemory", State().EndOf(1).Id);
        Assert.Contains("-Memory", State().EndOf(1).Message, StringComparison.Ordinal);
        Assert.Single(_slurm.Scripts);
    }

    [Fact]
    public void A_task_whose_time_is_over_goes_on_with_the_next_and_a_run_that_had_all_of_it_fails_by_name()
    {
        using SweepDispatch dispatch = Dispatch(Plan());
        dispatch.Advance(true, new RunContext());
        Journal(1, 0, Begin(0), Done(0), Begin(1));
        Journal(1, 1, Begin(2));
        _slurm.Set(1, 0, "TIMEOUT");
        _slurm.Set(1, 1, "TIMEOUT");

        dispatch.Advance(true, new RunContext());

        Assert.Equal("TimedOut", State().EndOf(2).Id);
        Assert.Contains("-TimeLimit", State().EndOf(2).Message, StringComparison.Ordinal);
        Assert.Equal([1, 3], State().Attempts.Skip(1).SelectMany(static a => a.Tasks).SelectMany(static t => t.Runs).Order());
    }

    [Fact]
    public void A_task_that_nobody_knows_any_more_is_done_by_what_it_left()
    {
        using SweepDispatch dispatch = Dispatch(Plan());
        dispatch.Advance(true, new RunContext());
        Journal(1, 0, Begin(0), Done(0), Begin(1), Done(1), new SweepEvent { Event = SweepEvent.Finish });
        Journal(1, 1, Begin(2), Done(2), Begin(3));
        _slurm.Tasks.Clear();

        dispatch.Advance(true, new RunContext());

        Assert.Equal([3], State().Attempts[1].Tasks.Single().Runs);
    }

    [Fact]
    public void Half_a_line_is_no_line_and_the_next_one_is_whole()
    {
        string file = Path.Combine(_folder, "half.jsonl");
        SweepJournal.Append(file, Begin(1));
        File.AppendAllText(file, "{\"event\":\"en");
        Assert.Single(SweepJournal.Read(file, 0).Lines);

        SweepJournal.Append(file, Begin(2));

        Assert.Equal([1, 2], SweepJournal.Read(file, 0).Lines.Select(static line => line.Run));
    }

    [Fact]
    public void A_program_that_is_not_the_sweeps_own_is_told_of()
    {
        using SweepDispatch dispatch = Dispatch(Plan());
        dispatch.Advance(true, new RunContext());
        Journal(1, 0, new SweepEvent { Event = SweepEvent.Refused, Message = "a file of the program is not as it was" });

        SweepRunException told = Assert.Throws<SweepRunException>(() => dispatch.Advance(true, new RunContext()));

        Assert.Equal("ProgramChanged", told.Id);
    }

    [Fact]
    public void A_plan_is_read_as_it_was_written()
    {
        ReconstructionParameters parameters = new ReconstructionParameters { BaseDirectory = _folder }.With("Limit", "3");
        IReadOnlyList<SweepPoint> points = SweepPoint.Grid([new SweepAxis("Limit", ["3", "4"]), new SweepAxis("Alignmentfilter", ["[0.2,3]"])]);
        var plan = SweepPlan.Create(parameters, points, new SweepOptions { Run = new RunOptions { Iterations = 2, Method = RestorationMethod.Nonlinear }, SkipChiSquare = true });

        SweepPlace.WritePlan(_folder, plan);
        SweepPlan read = SweepPlace.ReadPlan(_folder)!;

        Assert.True(read.IsSameWork(plan));
        Assert.Equal(points.Select(static p => p.ToString()), read.GetPoints().Select(static p => p.ToString()));
        Assert.Equal(parameters, read.GetParameters());
        Assert.False(read.IsSameWork(plan with { Iterations = 3 }));

        File.WriteAllText(Path.Combine(_folder, "sweep.json"), File.ReadAllText(Path.Combine(_folder, "sweep.json")).Replace("sweep-plan/1", "sweep-plan/9", StringComparison.Ordinal));
        Assert.Contains("sweep-plan/9", Assert.Throws<FsRecException>(() => SweepPlace.ReadPlan(_folder)).Message, StringComparison.Ordinal);
    }

    private static SweepEvent Begin(int run) => new() { Event = SweepEvent.Begin, Run = run };

    private static SweepEvent Done(int run) => new() { Event = SweepEvent.End, Run = run, Origin = "x", ReadBack = false, Seconds = 1 };

    private static SweepPlan Plan()
    {
        var slurm = new SlurmSettings { RunsPerTask = 2, MaxRunning = 5, Memory = 1L << 30, TimeLimit = TimeSpan.FromHours(26) };
        var program = new SweepProgram { Folder = "program/x", Version = "1", Sha256 = "x", Command = "fsrec() { true; }" };
        return SweepPlan.Create(
            new ReconstructionParameters(), SweepPoint.Grid([new SweepAxis("Limit", ["3", "4", "5", "6"])]), new SweepOptions { Redo = true }, slurm, program) with
        {
            Id = "fsrec-test",
        };
    }

    private SweepPlace Place() => new(_folder, "fsrec-test");

    private SweepDispatch Dispatch(SweepPlan plan) => new(plan, Place(), new SweepState(Place(), plan.Runs.Count), _slurm.Run);

    private SweepState State()
    {
        var state = new SweepState(Place(), 4);
        state.Update();
        return state;
    }

    private void Note(SweepEvent line) => SweepJournal.Append(Place().Submissions, line);

    private static SweepEvent Short(int run) => new() { Event = SweepEvent.OutOfMemory, Run = run };

    private void Journal(int attempt, int task, params SweepEvent[] lines)
    {
        foreach (SweepEvent line in lines)
        {
            SweepJournal.Append(Place().Journal(attempt, task, "1"), line);
        }
    }
}
