using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Tests.Restoration;
using FsRec.Tests.Series;

namespace FsRec.Tests.Runs;

/// <summary>Between the last iteration and the results a run has its state and nothing half-written, whatever ends it.</summary>
public sealed class UnfinishedRunTests : IDisposable
{
    private static readonly RunOptions Debugging = new() { Iterations = 3, Debug = true };
    private readonly RunFolder _run = new(drift: true);

    private OutputFiles Files => OutputFiles.Of(_run.Parameters);

    public void Dispose() => _run.Dispose();

    // The refinement is too short to have written a state of its own accord.
    [Theory]
    [InlineData("Linear", "stop")]
    [InlineData("Linear", "end")]
    [InlineData("Linear", "memory")]
    [InlineData("Wiener", "stop")]
    [InlineData("Wiener", "end")]
    [InlineData("Nonlinear", "stop")]
    [InlineData("Nonlinear", "end")]
    [InlineData("Nonlinear", "disk")]
    public void What_ends_a_run_while_it_writes_leaves_the_state_alone(string method, string what)
    {
        _run.Parameters = _run.Parameters.With([new("Restoration", method), new("NonlinearIterations", "3")]);
        _run.Run(Debugging);
        Dictionary<string, string> unbroken = _run.Contents();
        Directory.Delete(_run.Out(""), recursive: true);
        using var stop = new CancellationTokenSource();
        var actions = new StopActions();
        string[] left = [];
        void End()
        {
            if (what == "stop")
            {
                stop.Cancel();
            }
            else if (what == "end")
            {
                // The process does not wait for what the run does after this.
                actions.Abandon();
                left = _run.AllOutputs();
            }
            else
            {
                throw what == "disk" ? new FsRecException("It cannot be written.", new IOException("No space left on device.")) : new InsufficientMemoryException();
            }
        }

        var reporter = new Reporter(report =>
        {
            if (report.Stage == "Writing intermediates" && report.Done == 4)
            {
                End();
            }
        });
        var context = new RunContext { Progress = reporter, CancellationToken = stop.Token, StopActions = actions, Threads = 2 };

        Exception exception = Assert.ThrowsAny<Exception>(() => ReconstructionRun.Run(_run.Parameters, Debugging, context));

        Assert.Equal(what == "disk" ? typeof(FsRecException) : what == "memory" ? typeof(InsufficientMemoryException) : typeof(OperationCanceledException), exception.GetType());
        Assert.Equal(what == "disk", exception.Message.Contains("--resume goes on from there", StringComparison.Ordinal));
        Assert.Equal(["rec_state.fsrec"], _run.AllOutputs());
        if (what == "end")
        {
            Assert.Equal(["rec_state.fsrec"], left.Where(static name => !name.EndsWith(".lock", StringComparison.Ordinal)));
        }

        _run.Run(Debugging with { Resume = true });
        Assert.Contains(_run.Messages, static m => m.Text.StartsWith("Taken up after 3 linear iterations", StringComparison.Ordinal));
        Assert.Equal(unbroken, _run.Contents());
    }

    [Fact]
    public void A_wave_of_an_iteration_that_cannot_be_written_leaves_the_state_of_the_iterations()
    {
        _run.Parameters = _run.Parameters.With("Saveintermediaterec", "Yes");
        string third = Files.IntermediateWave(3);
        Directory.CreateDirectory(Path.Combine(third, "in the way"));

        FsRecException exception = Assert.Throws<FsRecException>(() => _run.Run(new RunOptions { Iterations = 4 }));

        Assert.Contains("--resume goes on from there", exception.Message, StringComparison.Ordinal);
        Assert.Contains("_003.wav", exception.Message, StringComparison.Ordinal);
        Directory.Delete(third, recursive: true);
        _run.Run(new RunOptions { Iterations = 4, Resume = true });
        Assert.Contains(_run.Messages, static m => m.Text.StartsWith("Taken up after ", StringComparison.Ordinal));
        Assert.True(File.Exists(third));
        Assert.False(File.Exists(Files.State));
    }

    [Fact]
    public void Once_the_results_are_in_place_the_end_of_the_process_writes_no_state()
    {
        var actions = new StopActions();
        FocalSeries series = SeriesReader.Read(_run.Parameters);
        var checkpoint = new Checkpoint(series, StateUse.Keep, new RunContext { StopActions = actions }, TimeSpan.FromHours(1));
        checkpoint.Run(AlignedSeries.Unmoved(series), null, new FsRec.Restoration.ReconstructionOptions { Iterations = 2 });
        Assert.False(File.Exists(Files.State));

        checkpoint.Remove();
        actions.Abandon();

        Assert.False(File.Exists(Files.State), "A state was written after the results.");
    }

    // The end of the process is another thread's doing, and what is being written then goes with it.
    [Theory]
    [InlineData("before it is begun", false)]
    [InlineData("in the middle", false)]
    [InlineData("before it is begun", true)]
    [InlineData("in the middle", true)]
    [InlineData("when it is whole", false)]
    public void What_is_half_written_when_the_process_ends_is_removed_at_once(string when, bool now)
    {
        var context = new RunContext();
        string[] left = ["nothing was looked at"];
        void End(string moment)
        {
            if (moment == when)
            {
                context.StopActions.Abandon();
                left = _run.AllOutputs();
            }
        }

        var file = new OutputFile(_run.Out("rec_debug/part.raw"), "part", path =>
        {
            End("before it is begun");
            AtomicFile.Write(path, stream =>
            {
                stream.WriteByte(1);
                stream.Flush();
                End("in the middle");
                stream.WriteByte(2);
            });
            End("when it is whole");
        });
        using (OutputWriter writer = OutputWriter.Open(Files, [], 0, false, context))
        {
            writer.Add(new OutputFile(_run.Out("rec_debug/first.raw"), "part", static path => AtomicFile.WriteText(path, static writer => writer.Write("first"))));
            Assert.Throws<OperationCanceledException>(() => (now ? (Action<OutputFile>)writer.AddNow : writer.Add)(file));
        }

        Assert.Empty(left);
        Assert.Empty(_run.AllOutputs());
    }

    // The run clears away by itself, and the process ends meanwhile.
    [Fact]
    public async Task The_end_of_the_process_waits_for_what_is_being_cleared_away()
    {
        var context = new RunContext();
        OutputWriter writer = OutputWriter.Open(Files, [], 0, false, context);
        for (int i = 0; i < 1500; i++)
        {
            writer.Add(new OutputFile(_run.Out($"rec_debug/{i}.raw"), "part", static path => AtomicFile.Write(path, static stream => stream.WriteByte(1), durable: false)));
        }

        var clearing = Task.Run(writer.Dispose, TestContext.Current.CancellationToken);
        while (_run.AllOutputs().Count(static name => name.StartsWith("rec_debug/", StringComparison.Ordinal)) == 1500)
        {
            Thread.Yield();
        }

        context.StopActions.Abandon();

        Assert.Empty(_run.AllOutputs());
        Assert.False(Directory.Exists(_run.Out("rec_debug")));
        await clearing;
    }

    [Fact]
    public void A_run_that_is_taken_up_repeats_what_its_alignment_warned_of()
    {
        var weak = new WeakObject(160, 144);
        float[][] frames = weak.Frames(weak.Drift());
        frames[5] = SmallSeries.Noise(frames[5].Length, 1, 0.02, seed: 4);
        FocalSeries series = new(
            weak.Parameters.With([new("AREA", "[64,64]"), new("Methprealign", "sequential-com"), new("Prealignment", "On")]) with { Files = _run.Parameters.Files }, frames);
        string[] unbroken = Warnings(series, new RunOptions { Iterations = 4 }, out _);
        Assert.Contains(unbroken, static w => w.StartsWith(WarningIds.OutlierImage, StringComparison.Ordinal));

        string[] stopped = Warnings(series, new RunOptions { Iterations = 4 }, out bool ended, stopAfter: 2);
        Assert.False(ended);
        string[] resumed = Warnings(series, new RunOptions { Iterations = 4, Resume = true }, out ended);

        Assert.True(ended);
        Assert.Equal(unbroken, resumed);
        Assert.Equal(unbroken.Where(static w => w.StartsWith(WarningIds.OutlierImage, StringComparison.Ordinal)), stopped.Where(static w => w.StartsWith(WarningIds.OutlierImage, StringComparison.Ordinal)));
    }

    private static string[] Warnings(FocalSeries series, RunOptions options, out bool ended, int stopAfter = int.MaxValue)
    {
        using var stop = new CancellationTokenSource();
        var heard = new List<string>();
        var context = new RunContext
        {
            Progress = new Reporter(report =>
            {
                if (report.Stage == "Reconstruction" && report.Done == stopAfter)
                {
                    stop.Cancel();
                }
            }),
            Message = message =>
            {
                if (message.IsWarning)
                {
                    heard.Add(message.ToString());
                }
            },
            CancellationToken = stop.Token,
            Threads = 1,
        };
        try
        {
            ReconstructionRun.Run(series, options, context);
            ended = true;
        }
        catch (OperationCanceledException)
        {
            ended = false;
        }

        return [.. heard.Order(StringComparer.Ordinal)];
    }
}
