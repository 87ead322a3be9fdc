using System.Diagnostics;
using System.Text.Json;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.Tests.Runs;

/// <summary>One run at a time writes into a place, and the lock of one that has ended is no obstacle.</summary>
public sealed class OutputLockTests : IDisposable
{
    private readonly RunFolder _run = new(drift: true);

    public void Dispose() => _run.Dispose();

    private OutputFiles Files => OutputFiles.Of(_run.Parameters);

    [Fact]
    public void Two_runs_into_one_place_do_not_interleave()
    {
        _run.Run();
        Dictionary<string, string> contents = _run.Contents();
        DateTimeOffset before = DateTimeOffset.UtcNow;
        using (var first = OutputLock.Take(Files, new RunContext()))
        {
            LockOwner owner = JsonSerializer.Deserialize(File.ReadAllText(_run.Out("rec_run.lock")), RunJson.Default.LockOwner)!;
            string message = Assert.Throws<FsRecException>(() => _run.Run()).Message;

            Assert.Contains($"process {Environment.ProcessId}", message, StringComparison.Ordinal);
            Assert.InRange(owner.Since, before, DateTimeOffset.UtcNow);
            Assert.Contains(owner.Since.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), message, StringComparison.Ordinal);
        }

        Assert.Equal(contents, _run.Contents());
        _run.Run();
    }

    [Theory]
    [InlineData(999_999_999, 0)]
    [InlineData(0, -3600)] // This process's number, but of one that started an hour before.
    public void The_lock_of_a_dead_process_is_taken_over_with_a_warning(int process, int seconds)
    {
        LockOwner owner = LockOwner.Current();
        owner = owner with { ProcessId = process == 0 ? owner.ProcessId : process, Started = owner.Started.AddSeconds(seconds), Birth = null };
        Directory.CreateDirectory(_run.Out(""));
        File.WriteAllText(_run.Out("rec_run.lock"), JsonSerializer.Serialize(owner, RunJson.Default.LockOwner));

        _run.Run();

        Assert.Contains(_run.Warnings, static w => w.Contains("taken over", StringComparison.Ordinal));
        Assert.DoesNotContain("rec_run.lock", _run.AllOutputs());
    }

    [Fact]
    public void A_process_that_was_killed_and_not_looked_after_has_ended()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Zombies are looked at on Linux.");
        // The shell becomes a program that never looks after the child it had.
        using Process parent = Process.Start(new ProcessStartInfo("sh", ["-c", "sleep 100 & echo $!; exec sleep 100"]) { RedirectStandardOutput = true })!;
        try
        {
            int child = int.Parse(parent.StandardOutput.ReadLine()!, System.Globalization.CultureInfo.InvariantCulture);
            // A shell looks after its children, the program that it becomes does not.
            Assert.True(Eventually.Holds(() => File.ReadAllText($"/proc/{parent.Id}/comm").Trim() == "sleep"));
            DateTimeOffset started;
            string? birth = ProcessWatch.Birth(child);
            using (var process = Process.GetProcessById(child))
            {
                started = process.StartTime.ToUniversalTime();
                Assert.Equal(ProcessLife.Alive, ProcessWatch.Look(child, static _ => false));
                process.Kill();
            }

            Directory.CreateDirectory(_run.Out(""));
            File.WriteAllText(_run.Out("rec_run.lock"), JsonSerializer.Serialize(LockOwner.Current() with { ProcessId = child, Started = started, Birth = birth }, RunJson.Default.LockOwner));

            // At once: a run that is begun then waits for its end.
            _run.Run();

            Assert.True(Directory.Exists($"/proc/{child}"));
            Assert.Contains(_run.Warnings, static w => w.Contains("taken over", StringComparison.Ordinal));
        }
        finally
        {
            parent.Kill();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_lock_of_a_process_that_is_ending_is_waited_for(bool ends)
    {
        Directory.CreateDirectory(_run.Out(""));
        File.WriteAllText(_run.Out("rec_run.lock"), JsonSerializer.Serialize(LockOwner.Current(), RunJson.Default.LockOwner));
        int looks = 0;
        OutputLock Take() => OutputLock.Take(Files, new RunContext(), _ => ++looks > 2 && ends ? ProcessLife.Gone : ProcessLife.Ending);

        if (ends)
        {
            Take().Dispose();
            Assert.Empty(_run.AllOutputs());
        }
        else
        {
            Assert.Contains("being written by another run", Assert.Throws<FsRecException>(Take).Message, StringComparison.Ordinal);
            Assert.Equal(["rec_run.lock"], _run.AllOutputs());
        }

        Assert.True(looks > 2);
    }

    // The end of the process is another thread's doing and may come at any moment of a run.
    [Fact]
    public async Task A_process_that_ends_while_a_run_begins_leaves_no_lock()
    {
        var random = new Random(3);
        for (int i = 0; i < 300; i++)
        {
            var context = new RunContext();
            using var begun = new ManualResetEventSlim();
            var work = Task.Run(() =>
            {
                begun.Set();
                OutputLock.Take(Files, context);
            });
            begun.Wait();
            Thread.SpinWait(random.Next(40_000));
            context.StopActions.Abandon();
            try
            {
                await work;
            }
            catch (OperationCanceledException)
            {
                // It came before the lock was there.
            }

            Assert.Empty(_run.AllOutputs());
        }
    }

    [Fact]
    public void What_the_end_of_the_process_has_cleared_away_is_not_put_in_place_any_more()
    {
        _run.Run();
        Dictionary<string, string> before = _run.Contents();
        var context = new RunContext();
        FocalSeries series = SeriesReader.Read(_run.Parameters);
        using (OutputWriter writer = OutputWriter.Open(Files, [], 0, false, context))
        {
            writer.Add(new OutputFile(_run.Out("rec.wav"), "wave", static path => File.WriteAllText(path, "new")));

            context.StopActions.Abandon();

            Assert.Throws<OperationCanceledException>(() => writer.Commit(OutputKind.Replacement, "run", series));
        }

        // In the midst of it, when it is known which files are to be replaced and removed.
        context = new RunContext();
        context = context with { Message = m => context.StopActions.Abandon() };
        using (OutputWriter writer = OutputWriter.Open(Files, [], 0, false, context))
        {
            writer.Add(new OutputFile(_run.Out("rec.wav"), "wave", static path => File.WriteAllText(path, "new")));

            Assert.Throws<OperationCanceledException>(() => writer.Commit(OutputKind.Replacement, "run", series));
            Assert.Throws<OperationCanceledException>(() => writer.Add(new OutputFile(_run.Out("rec_dxy.csv"), "displacements", static path => File.WriteAllText(path, "new"))));
        }

        Assert.Equal(before, _run.Contents());
        Assert.DoesNotContain(_run.AllOutputs(), static name => name.Contains("tmp", StringComparison.Ordinal) || name.Contains("pending", StringComparison.Ordinal) || name.Contains("lock", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_many_that_want_a_place_one_gets_it()
    {
        const int Many = 8;
        for (int round = 0; round < 20; round++)
        {
            int held = 0;
            using var all = new Barrier(Many);
            using var refused = new CountdownEvent(Many - 1);
            Thread[] threads = [.. Enumerable.Range(0, Many).Select(_ => new Thread(() =>
            {
                all.SignalAndWait(Eventually.Patience);
                try
                {
                    using var place = OutputLock.Take(Files, new RunContext());
                    Interlocked.Increment(ref held);
                    // Until all others have been there.
                    refused.Wait(Eventually.Patience);
                }
                catch (FsRecException)
                {
                    refused.Signal();
                }
            }))];
            Array.ForEach(threads, static t => t.Start());
            Array.ForEach(threads, static t => t.Join());
            Assert.Equal((1, 0), (held, refused.CurrentCount));
        }
    }

    // As on a full disk, where the file is made and nothing can be written to it: it would be waited for without end.
    [Fact]
    public void A_lock_that_cannot_be_written_is_not_there()
    {
        string path = _run.In("some.lock");

        Assert.Throws<IOException>(() => OutputLock.TryCreate(path, static _ => throw new IOException("No space left on device.")));

        Assert.False(File.Exists(path));
        Assert.True(OutputLock.TryCreate(path, static stream => stream.WriteByte(1)));
        Assert.False(OutputLock.TryCreate(path, static stream => stream.WriteByte(2)));
    }
}
