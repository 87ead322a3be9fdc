using FsRec.Runs;
using FsRec.Sweeps;
using FsRec.Tests.Runs;

namespace FsRec.Tests.Sweeps;

/// <summary>Tasks, as nodes do them.</summary>
public sealed class SweepTaskTests : IDisposable
{
    private readonly RunFolder _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void A_task_does_its_runs_and_no_run_that_has_ended()
    {
        (SweepPlan plan, SweepPlace place) = Lay([[0, 1], [2]]);

        Assert.Equal(SweepTask.Done, SweepTask.Run(place.Folder, plan.Id, 1, 0, new RunContext { Threads = 2 }));
        SweepJournal.Append(place.Submissions, new SweepEvent { Event = SweepEvent.Intent, Attempt = 2, On = "Slurm", Tasks = [[1, 2]] });
        Assert.Equal(SweepTask.Done, SweepTask.Run(place.Folder, plan.Id, 2, 0, new RunContext { Threads = 2 }));

        var state = new SweepState(place, 3);
        state.Update();
        Assert.True(state.IsComplete);
        Assert.Equal([2], state.Attempts[1].Tasks[0].Begun);
        List<SweepOutcome> told = [];
        using var session = SweepSession.Open(place.Folder);
        session.Run(wait: true, told.Add, new RunContext());
        Assert.Equal(["Limit=3", "Limit=3.3", "Limit=3.6"], told.Select(static outcome => outcome.Row!.Point.ToString()).Order());
        Assert.All(told, static outcome => Assert.Equal(2, outcome.Row!.Iterations));
        Assert.Equal(4, File.ReadLines(place.Table).Count());
    }

    // A node that failed leaves its lock, and no other computer can see that its process has ended.
    [Theory]
    [InlineData(-60, true)]
    [InlineData(60, false)]
    public void A_lock_of_another_node_from_before_the_submission_is_in_nobodys_way(int seconds, bool done)
    {
        (SweepPlan plan, SweepPlace place) = Lay([[0]]);
        string run = Path.Combine(place.Folder, "Limit-3");
        Directory.CreateDirectory(run);
        string since = DateTimeOffset.UtcNow.AddSeconds(seconds).ToString("O");
        File.WriteAllText(Path.Combine(run, "rec_run.lock"), $$"""{"computer":"another-node","processId":1,"started":"{{since}}","since":"{{since}}"}""");

        SweepTask.Run(place.Folder, plan.Id, 1, 0, new RunContext { Threads = 2 });

        var state = new SweepState(place, 3);
        state.Update();
        Assert.Equal(done, state.EndOf(0).Origin is not null);
        Assert.Equal(done, state.EndOf(0).Message is null);
    }

    [Fact]
    public void A_program_of_another_version_does_nothing()
    {
        (SweepPlan plan, SweepPlace place) = Lay([[0]]);
        SweepPlace.WritePlan(place.Folder, plan with { Version = "0.0.1" });

        Assert.Equal(SweepTask.Refused, SweepTask.Run(place.Folder, plan.Id, 1, 0));

        var state = new SweepState(place, 3);
        state.Update();
        Assert.Contains("0.0.1", state.Refusal, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(place.Folder, "Limit-3")));
    }

    [Fact]
    public void A_task_whose_memory_does_not_suffice_says_so_and_leaves_the_run_to_one_that_has_more()
    {
        (SweepPlan plan, SweepPlace place) = Lay([[0, 1]]);

        Assert.Equal(SweepTask.ShortOfMemory, SweepTask.Run(place.Folder, plan.Id, 1, 0, new RunContext { Threads = 1, Progress = new Short() }));

        var state = new SweepState(place, 3);
        state.Update();
        SweepTaskRecord task = state.Attempts[0].Tasks[0];
        Assert.Equal((SweepTaskState.OutOfMemory, false), (task.End, state.HasEnded(0)));
        Assert.Equal([0], task.Blamed);
        Assert.Equal([0], task.Begun);
    }

    // A session that does the first run itself may have less memory than a node.
    [Fact]
    public void What_is_too_large_for_the_session_that_submits_is_left_to_the_nodes()
    {
        (SweepPlan plan, SweepPlace place) = Lay([[0]], "Local");

        Assert.Equal(SweepTask.ShortOfMemory, SweepTask.Run(place.Folder, plan.Id, 1, 0, new RunContext { Threads = 1, Progress = new Short() }));

        var state = new SweepState(place, 3);
        state.Update();
        Assert.Equal((SweepTaskState.Stopped, false), (state.Attempts[0].Tasks[0].End, state.HasEnded(0)));
        Assert.Empty(state.DeathsAt(0));
    }

    [Fact]
    public void A_run_of_this_computer_whose_memory_does_not_suffice_fails_by_name_and_stops_no_other()
    {
        List<SweepOutcome> told = [];

        Sweep.Run(
            _run.Parameters, SweepPoint.Grid([new SweepAxis("Limit", ["3", "3.3"])]), new SweepOptions { Folder = _run.Out("sweep"), SkipChiSquare = true }, told.Add, new RunContext { Threads = 1, Progress = new Short() });

        Assert.Equal(["OutOfMemory", "OutOfMemory"], told.Select(static outcome => outcome.Failure!.Id));
    }

    // As the runtime does it in the middle of a run.
    private sealed class Short : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            if (value.Part > 0)
            {
                throw new InsufficientMemoryException();
            }
        }
    }

    private (SweepPlan Plan, SweepPlace Place) Lay(int[][] tasks, string on = "Slurm")
    {
        var plan = SweepPlan.Create(
            _run.Parameters, SweepPoint.Grid([new SweepAxis("Limit", ["3", "3.3", "3.6"])]), new SweepOptions { SkipChiSquare = true }, new SlurmSettings());
        var place = new SweepPlace(_run.Out("sweep"), plan.Id);
        SweepPlace.WritePlan(place.Folder, plan);
        SweepJournal.Append(place.Submissions, new SweepEvent { Event = SweepEvent.Intent, Attempt = 1, On = on, Tasks = tasks });
        return (plan, place);
    }
}
