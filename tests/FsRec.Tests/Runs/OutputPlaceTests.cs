using System.Diagnostics;
using System.Text.Json;
using FsRec.Parameters;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Watching;

namespace FsRec.Tests.Runs;

/// <summary>The place of some results beside others, behind links, with names of every length, with what is no file in it, and by clocks that are set.</summary>
public sealed class OutputPlaceTests : IDisposable
{
    private readonly RunFolder _run = new(drift: true);

    public void Dispose() => _run.Dispose();

    private OutputFiles Files => OutputFiles.Of(_run.Parameters);

    private ReconstructionParameters Named(string name) => _run.Parameters with { Files = _run.Parameters.Files with { OutputFileName = name } };

    /// <summary>A whole set of three iterations under the names of a process that died, and of two iterations in its place; what is to be there in the end.</summary>
    private Dictionary<string, string> LeaveSet(out string[] ready)
    {
        _run.Run(new RunOptions { Iterations = 3 });
        Dictionary<string, string> after = _run.Contents();
        RunRecord record = RunRecordFile.Read(Files)!;
        var moves = new Dictionary<string, string>();
        foreach (string name in record.Files.Keys)
        {
            string hidden = Path.GetFileName(AtomicFile.TemporaryName(_run.Out(name))).Replace($"-{Environment.ProcessId}-", "-999999999-", StringComparison.Ordinal);
            File.Copy(_run.Out(name), _run.In(hidden));
            moves[hidden] = name;
        }

        _run.Run(new RunOptions { Iterations = 2 });
        foreach (string hidden in moves.Keys)
        {
            File.Move(_run.In(hidden), _run.Out(hidden));
        }

        File.WriteAllText(RunRecordFile.Pending(Files), JsonSerializer.Serialize(new PendingSet { Moves = moves, Removals = [], Record = record }, RunJson.Default.PendingSet));
        ready = [.. moves.Keys];
        return after;
    }

    [Fact]
    public void A_set_that_waits_is_not_cleared_away_by_a_run_whose_name_begins_alike()
    {
        _run.Parameters = Named("rec10");
        Dictionary<string, string> after = LeaveSet(out _);

        _run.Parameters = Named("rec1");
        _run.Run();
        _run.Parameters = Named("rec10");
        Reconstruction read = PreviousOutput.Read(SeriesReader.Read(_run.Parameters), new RunContext());

        Assert.Equal(8, read.Displacements.Count);
        Assert.Equal(after, _run.Contents().Where(static file => file.Key.StartsWith("rec10", StringComparison.Ordinal)).ToDictionary());
    }

    [Fact]
    public void A_set_of_which_a_file_is_lost_is_not_completed_by_the_file_of_the_run_before()
    {
        LeaveSet(out string[] ready);
        File.Delete(_run.Out(ready[0]));

        string message = Assert.Throws<DataException>(() => PreviousOutput.Read(SeriesReader.Read(_run.Parameters), new RunContext())).Message;

        Assert.Contains("vanished", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_of_a_run_of_another_name_is_not_written_over()
    {
        _run.Run();
        Dictionary<string, string> before = _run.Contents();
        ReconstructionParameters parameters = _run.Parameters;

        _run.Parameters = Named("rec_filt");
        string message = Assert.Throws<FsRecException>(() => _run.Run()).Message;

        Assert.Contains("rec_filt.wav", message, StringComparison.Ordinal);
        Assert.Contains("named 'rec'", message, StringComparison.Ordinal);
        Assert.Equal(before, _run.Contents());
        _run.Run(new RunOptions { Force = true });
        // And the other way round.
        _run.Parameters = parameters;
        Assert.Contains("named 'rec_filt'", Assert.Throws<FsRecException>(() => _run.Run()).Message, StringComparison.Ordinal);
        // One that only begins alike is in nobody's way.
        _run.Parameters = Named("rec_filter");
        _run.Run();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Recorded_frames_are_not_written_over_through_links(bool folder)
    {
        string link = _run.In("../link");
        ReconstructionParameters parameters = _run.Parameters;
        if (folder)
        {
            // The results go where the frames lie, by another name of the folder.
            Directory.CreateSymbolicLink(link, _run.In(""));
            parameters = parameters with { Files = parameters.Files with { OutputPath = link } };
        }
        else
        {
            // The frames are links to where the results go.
            Directory.CreateDirectory(_run.Out(""));
            for (int n = 0; n < _run.Frames.Length; n++)
            {
                string file = $"img_{n:000}.raw";
                File.Move(_run.In(file), _run.Out(file));
                File.CreateSymbolicLink(_run.In(file), _run.Out(file));
            }
        }

        FocalSeries series = SeriesReader.Read(parameters);
        string target = Path.Combine(OutputFiles.Of(parameters).Folder, "img_003.raw");

        Assert.Equal(target, SourceGuard.Conflict(series, [Path.Combine(OutputFiles.Of(parameters).Folder, "rec.wav"), target]));
        Assert.Contains("read from", Assert.Throws<FsRecException>(() => SourceGuard.Require(series, [target])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_in_a_circle_are_names_like_others()
    {
        Directory.CreateDirectory(_run.Out(""));
        Directory.CreateSymbolicLink(_run.Out("one"), _run.Out("two"));
        Directory.CreateSymbolicLink(_run.Out("two"), _run.Out("one"));

        Assert.Null(SourceGuard.Conflict(SeriesReader.Read(_run.Parameters), [_run.Out("one/rec.wav")]));
    }

    [Fact]
    public void A_name_that_is_too_long_is_found_before_the_work()
    {
        _run.Parameters = Named(new string('x', 200));

        string message = Assert.Throws<FsRecException>(() => _run.Run()).Message;

        Assert.Contains("Nothing was done", message, StringComparison.Ordinal);
        Assert.Empty(_run.AllOutputs());
        _run.Parameters = Named(new string('x', 150));
        _run.Run();
    }

    [Fact]
    public void A_frame_that_is_written_again_while_a_run_is_at_work_is_told_and_the_result_doubtful()
    {
        var meanwhile = new RunDocument(Files.Report, "report", (path, _) =>
        {
            File.WriteAllText(path, "page");
            File.SetLastWriteTimeUtc(_run.In("img_003.raw"), DateTime.UtcNow.AddMinutes(-1));
        });

        RunResult result = _run.Run(new RunOptions { Documents = [meanwhile] });

        Assert.Contains(_run.Messages, static m => m.Id == WarningIds.InputChanged && m.Text.Contains("img_003.raw", StringComparison.Ordinal));
        Assert.Equal(RunOutcome.Doubtful, RunRecordFile.Read(Files)!.Outcome);
        Assert.Equal(RunOutcome.Doubtful, result.Record!.Outcome);
        _run.Run();
        Assert.DoesNotContain(_run.Messages, static m => m.Id == WarningIds.InputChanged);
    }

    [Fact]
    public void A_lock_of_the_future_that_says_nothing_is_not_waited_for_until_then()
    {
        Directory.CreateDirectory(_run.Out(""));
        File.WriteAllText(_run.Out("rec_run.lock"), "");
        File.SetLastWriteTimeUtc(_run.Out("rec_run.lock"), DateTime.UtcNow.AddDays(1));
        using var patience = new CancellationTokenSource(Eventually.Patience);

        OutputLock.Take(Files, new RunContext { CancellationToken = patience.Token }).Dispose();

        Assert.Empty(_run.AllOutputs());
    }

    [Fact]
    public void A_living_run_keeps_its_place_when_the_clock_is_set()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells when a process started by a clock that nobody sets.");
        LockOwner owner = LockOwner.Current();
        Assert.NotNull(owner.Birth);

        Assert.Equal(ProcessLife.Alive, (owner with { Started = owner.Started.AddHours(-1) }).Life());
        Assert.Equal(ProcessLife.Gone, (owner with { Birth = owner.Birth + "1" }).Life());
    }

    [Fact]
    public void Pipes_and_devices_in_the_place_of_results_are_not_waited_for()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no mkfifo, nor a /dev/zero.");
        Directory.CreateDirectory(_run.Out(""));
        using var patience = new CancellationTokenSource(Eventually.Patience);

        // Results of others, whose records are taken.
        Make("rec_autofocus.csv");
        File.CreateSymbolicLink(_run.Out("rec_foci.csv"), "/dev/zero");
        _run.Run(cancellationToken: patience.Token);
        Assert.Equal(0, RunRecordFile.Read(Files)!.Others["rec_foci.csv"].Bytes);

        Make(".rec_run.json.pending");
        Assert.Contains("empty", Within(() => _run.Run()).Message, StringComparison.Ordinal);
        File.Delete(_run.Out(".rec_run.json.pending"));

        File.Delete(_run.Out("rec.wav"));
        Make("rec.wav");
        Assert.Contains("is a pipe", Within(() => _run.Run()).Message, StringComparison.Ordinal);

        // A pipe that is waited for is so in a call that hears of no stop.
        FsRecException Within(Action run)
        {
            Task<FsRecException> task = Task.Run(() => Assert.ThrowsAny<FsRecException>(run));
            Assert.True(task.Wait(Eventually.Patience));
            return task.Result;
        }

        void Make(string name)
        {
            using var make = Process.Start("mkfifo", [_run.Out(name)]);
            make.WaitForExit();
        }
    }

    [Fact]
    public void A_log_is_added_to_logs_only_and_costs_nothing_where_it_cannot_be_written()
    {
        string frame = _run.In("img_002.raw");
        byte[] recorded = File.ReadAllBytes(frame);

        Assert.Contains("no log", Assert.Throws<FsRecException>(() => RunEventLog.Open(frame)).Message, StringComparison.Ordinal);
        Assert.Equal(recorded, File.ReadAllBytes(frame));

        Assert.Contains("no journal", Assert.Throws<FsRecException>(() => WatchJournal.Open(frame, retryFailed: false)).Message, StringComparison.Ordinal);
        Assert.Contains("no metrics", Assert.Throws<FsRecException>(() => WatchMetrics.RequireOwn(frame)).Message, StringComparison.Ordinal);
        Assert.Equal(recorded, File.ReadAllBytes(frame));
        WatchMetrics.RequireOwn(_run.In("none.prom"));
        File.WriteAllText(_run.In("some.prom"), WatchMetrics.Text("in", [], 0, 0));
        WatchMetrics.RequireOwn(_run.In("some.prom"));

        // After a line that was cut short the next one is whole.
        string log = _run.In("log.jsonl");
        File.WriteAllText(log, "{\"run\":\"kil");
        using (var events = RunEventLog.Open(log))
        {
            events.Write("next", "started", new RunEvent());
        }

        string[] lines = File.ReadAllLines(log);
        Assert.Equal(2, lines.Length);
        Assert.Equal("next", JsonDocument.Parse(lines[1]).RootElement.GetProperty("run").GetString());

        if (OperatingSystem.IsLinux())
        {
            using var full = RunEventLog.Open("/dev/full");
            full.Write("next", "started", new RunEvent());
        }
    }

    [Fact]
    public async Task A_journal_that_is_a_device_is_not_read_without_end()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "devices are those of Linux");
        File.CreateSymbolicLink(_run.In("endless.jsonl"), "/dev/zero");

        await Task.Run(() => WatchJournal.Open(_run.In("endless.jsonl"), retryFailed: false).Dispose(), TestContext.Current.CancellationToken)
            .WaitAsync(Eventually.Patience, TestContext.Current.CancellationToken);
    }
}
