using FsRec.Formats;
using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Tests.Formats;
using FsRec.Tests.Restoration;
using FsRec.Watching;

namespace FsRec.Tests.Watching;

/// <summary>A folder in which series appear.</summary>
public sealed class FolderWatchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WeakObject _object = new();
    private readonly List<RunMessage> _messages = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_complete_is_done_once_and_what_is_bad_stops_no_other()
    {
        string good = Parameters("b");
        string half = Parameters("c");
        File.Delete(Path.Combine(Path.GetDirectoryName(half)!, "img_007.raw"));
        Directory.CreateDirectory(_folder.File("a"));
        File.WriteAllText(_folder.File("a/bad.fsr"), "[OPTICS]\nVoltage=none\n");

        (WatchSummary summary, WatchedSeries[] ended) = Watch();

        Assert.Equal(new WatchSummary(1, 1, 0, 1), summary);
        Assert.Equal([("a/bad.fsr", WatchState.Failed), ("b/series.fsr", WatchState.Done)], ended.OrderBy(static s => s.Name).Select(static s => (s.Name, s.State)));
        Assert.Contains("Voltage", ended.Single(static s => s.State == WatchState.Failed).Error!.Text, StringComparison.Ordinal);
        Assert.Contains("img_007.raw' is not there", Assert.Single(_messages, static m => m.Id == WarningIds.SeriesNotWhole).Text, StringComparison.Ordinal);
        WatchedSeries done = ended.Single(static s => s.State == WatchState.Done);
        Assert.Equal(8, done.Frames);
        Assert.True(done is { Resolution: > 0, Drift: >= 0, ScatteredPercent: > 0 });
        Assert.True(File.Exists(Path.Combine(done.OutputFolder!, "rec_run.json")));

        Assert.Equal(new WatchSummary(0, 0, 0, 1), Watch().Summary);
        Assert.Equal(1, Watch(static o => o with { RetryFailed = true }).Summary.Failed);
        // A parameter file that has changed is another series.
        File.WriteAllText(good, File.ReadAllText(good).Replace("LinearIterations=1", "LinearIterations=2", StringComparison.Ordinal));
        Assert.Equal(WatchState.Done, Assert.Single(Watch().Ended, static s => s.Name == "b/series.fsr").State);
    }

    [Fact]
    public void Frames_that_were_only_touched_are_skipped()
    {
        string file = Parameters("b");
        Assert.Equal(1, Watch().Summary.Done);
        File.SetLastWriteTimeUtc(Path.Combine(Path.GetDirectoryName(file)!, "img_003.raw"), DateTime.UtcNow.AddHours(-1));

        Assert.Equal(new WatchSummary(0, 0, 1, 0), Watch().Summary);
        Assert.Equal(new WatchSummary(0, 0, 0, 0), Watch().Summary);
    }

    [Fact]
    public void Stacks_and_images_need_no_parameter_file()
    {
        var series = new FocalSeries(_object.Parameters, _object.Frames(_object.Drift()));
        Directory.CreateDirectory(_folder.File("stacks"));
        SeriesExport.Write(_folder.File("stacks/one.tif"), series);
        SeriesExport.Write(_folder.File("stacks/two.mrc"), series);
        Directory.CreateDirectory(_folder.File("images"));
        float[][] frames = _object.Frames(WeakObject.NoDrift());
        for (int n = 0; n < frames.Length; n++)
        {
            RawFrameFile.Write(_folder.File($"images/shot_{n}.raw"), frames[n]);
        }

        (WatchSummary summary, WatchedSeries[] ended) = Watch(o => o with { Quiet = TimeSpan.FromMilliseconds(200), Parameters = _object.Parameters });

        Assert.Equal(3, summary.Done + summary.Failed);
        Assert.Empty(ended.Where(static s => s.Error is not null).Select(static s => s.Error!.Text));
        Assert.Equal(["images/shot", "stacks/one.tif", "stacks/two.mrc"], ended.Select(static s => s.Name).Order());
        Assert.All(ended, static s => Assert.Equal(8, s.Frames));
        Assert.True(File.Exists(_folder.File("stacks/results/one_run.json")));
        Assert.Empty(Watch(o => o with { Quiet = TimeSpan.FromMilliseconds(200), Parameters = _object.Parameters }).Ended);
    }

    [Fact]
    public void A_sentinel_or_a_number_of_frames_says_when()
    {
        var series = new FocalSeries(_object.Parameters, _object.Frames(_object.Drift()));
        Directory.CreateDirectory(_folder.File("s"));
        SeriesExport.Write(_folder.File("s/one.tif"), series);

        Assert.Equal(1, Watch(static o => o with { Sentinel = "{name}.done" }).Summary.Incomplete);
        Assert.Contains("one.done", Assert.Single(_messages, static m => m.Id == WarningIds.SeriesNotWhole).Text, StringComparison.Ordinal);
        Assert.Equal(1, Watch(static o => o with { FrameCount = 9 }).Summary.Incomplete);
        File.WriteAllText(_folder.File("s/one.done"), "");
        Assert.Equal(1, Watch(static o => o with { Sentinel = "{name}.done" }).Summary.Done);
        SeriesExport.Write(_folder.File("s/two.tif"), series);
        Assert.Equal(1, Watch(static o => o with { FrameCount = 8 }).Summary.Done);
    }

    [Fact]
    public void A_watch_that_was_killed_goes_on_where_it_was()
    {
        _ = Parameters("a");
        Assert.Equal(1, Watch().Summary.Done);
        string journal = _folder.File("watch-folder.jsonl");
        string whole = File.ReadAllText(journal);

        // Killed before the line of the result was whole: the series is run again, as its line says nothing.
        File.WriteAllText(journal, whole[..^40]);
        Assert.Single(Watch().Ended);
        Assert.All(File.ReadAllLines(journal)[^1..], static line => Assert.StartsWith("{\"Name\"", line, StringComparison.Ordinal));
        Assert.Empty(Watch().Ended);
    }

    [Fact]
    public void A_series_that_ends_the_process_again_and_again_counts_as_failed()
    {
        _ = Parameters("a");
        _ = Parameters("b");
        Assert.Equal(2, Watch().Summary.Done);
        string journal = _folder.File("watch-folder.jsonl");
        string started = File.ReadAllLines(journal).First(static l => l.Contains("\"Started\"", StringComparison.Ordinal) && l.Contains("a/series.fsr", StringComparison.Ordinal));
        File.WriteAllLines(journal, [started, started, started]);

        WatchedSeries[] ended = Watch().Ended;

        Assert.Equal("ProcessEnded", ended.Single(static s => s.Name == "a/series.fsr").Error!.Id);
        Assert.NotEqual(WatchState.Failed, ended.Single(static s => s.Name == "b/series.fsr").State);
    }

    [Fact]
    public void Two_do_not_watch_with_one_journal()
    {
        using var held = new FileStream(_folder.File("watch-folder.jsonl.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        Assert.Contains("Another process", Assert.Throws<FsRecException>(() => Watch()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Series_that_appear_are_found_and_a_stop_is_heard()
    {
        using var stop = new CancellationTokenSource();
        var ended = new List<WatchedSeries>();
        using var first = new ManualResetEventSlim();
        Task<WatchSummary> watch = Task.Run(() => FolderWatch.Run(
            new WatchOptions { Folder = _folder.Path, Interval = TimeSpan.FromMilliseconds(50), ThrottleLimit = 2 },
            series =>
            {
                ended.Add(series);
                first.Set();
            },
            new RunContext { Threads = 1, CancellationToken = stop.Token }));
        _ = Parameters("later");
        Assert.True(first.Wait(TimeSpan.FromSeconds(60)));

        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => watch.GetAwaiter().GetResult());
        Assert.Equal(WatchState.Done, Assert.Single(ended).State);
    }

    [Fact]
    public void Metrics_are_as_Prometheus_reads_them()
    {
        _ = Parameters("a");
        string file = _folder.File("fsrec.prom");
        _ = Watch(o => o with { Metrics = file });

        string[] lines = File.ReadAllLines(file);
        Assert.All(lines, static line => Assert.Matches(@"^(# (HELP|TYPE) \w+ .+|\w+\{folder=""[^""]*""(,state=""\w+"")?\} (NaN|-?[0-9.eE+-]+))$", line));
        Assert.Contains(lines, static line => line.StartsWith("fsrec_series_total", StringComparison.Ordinal) && line.EndsWith("state=\"done\"} 1", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.StartsWith("fsrec_last_drift_pixels", StringComparison.Ordinal) && !line.EndsWith("NaN", StringComparison.Ordinal));
    }

    private string Parameters(string name)
    {
        string folder = _folder.File(name);
        Directory.CreateDirectory(folder);
        float[][] frames = _object.Frames(_object.Drift());
        for (int n = 0; n < frames.Length; n++)
        {
            RawFrameFile.Write(Path.Combine(folder, $"img_{n:000}.raw"), frames[n]);
        }

        ReconstructionParameters parameters = _object.Parameters;
        parameters = parameters with
        {
            BaseDirectory = folder,
            Files = parameters.Files with { InputPath = ".", InputFileName = "img_", ImageCount = frames.Length, OutputPath = "results", OutputFileName = "rec" },
            Linear = parameters.Linear with { Iterations = 1 },
        };
        string file = Path.Combine(folder, "series.fsr");
        ParameterFile.Write(parameters, file);
        return file;
    }

    private (WatchSummary Summary, WatchedSeries[] Ended) Watch(Func<WatchOptions, WatchOptions>? change = null)
    {
        _messages.Clear();
        var ended = new List<WatchedSeries>();
        var options = new WatchOptions { Folder = _folder.Path, Interval = TimeSpan.FromMilliseconds(30), Once = true };
        WatchSummary summary = FolderWatch.Run(change is null ? options : change(options), ended.Add, new RunContext
        {
            Threads = 1,
            Message = message =>
            {
                lock (_messages)
                {
                    _messages.Add(message);
                }
            },
        });
        return (summary, [.. ended]);
    }
}
