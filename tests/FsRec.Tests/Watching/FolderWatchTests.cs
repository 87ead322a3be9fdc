using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using FsRec.Formats;
using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Tests.Formats;
using FsRec.Tests.Formats.Images;
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
        Assert.DoesNotContain(_messages, static m => m.Text.Contains("Ctrl+C", StringComparison.Ordinal));
        Watch(static options => options with { Once = false, Timeout = TimeSpan.FromMilliseconds(100) });
        Assert.Single(_messages, static m => !m.IsWarning && m.Text == "1 series known, waiting; Ctrl+C ends.");
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

    // As SerialEM writes it, each image a file: names with the folder of its own computer, foci in µm, lines that end as Windows has them.
    [Fact]
    public void What_an_mdoc_lists_is_a_series_in_its_order_with_its_foci()
    {
        float[][] frames = _object.Frames(_object.Drift());
        IReadOnlyList<double> foci = _object.Parameters.SelectedFoci;
        Directory.CreateDirectory(_folder.File("listed"));
        Directory.CreateDirectory(_folder.File("plain"));
        var text = new StringBuilder("PixelSpacing = 1\r\nVoltage = 300\r\nImageSeries = 1\r\n\r\n[T = SerialEM: Digitized on CETA]\r\n\r\n");
        for (int n = 0; n < frames.Length; n++)
        {
            // By their names they come the other way round.
            string name = $"z{frames.Length - n}.npy";
            WriteNumPy(_folder.File($"listed/{name}"), frames[n]);
            WriteNumPy(_folder.File($"plain/z{n}.npy"), frames[n]);
            text.Append(CultureInfo.InvariantCulture, $"[Image = D:\\data\\{name}]\r\nTiltAngle = 0.0\r\nDefocus = {foci[n] / 1000:0.00000000}\r\nTargetDefocus = -1\r\nExposureTime = 0.5\r\n\r\n");
        }

        File.WriteAllText(_folder.File("listed/series.mdoc"), text.ToString());
        string last = _folder.File("listed/z1.npy");
        File.Move(last, last + ".later");
        WatchOptions Change(WatchOptions o) => o with { Quiet = TimeSpan.FromMilliseconds(200), Parameters = _object.Parameters, Run = new RunOptions { Method = RestorationMethod.Wiener } };

        // A file that is listed and not there yet is waited for.
        (WatchSummary summary, WatchedSeries[] ended) = Watch(Change);
        Assert.Equal(new WatchSummary(1, 0, 0, 1), summary);
        Assert.Contains("z1.npy' is not there", Assert.Single(_messages, static m => m.Id == WarningIds.SeriesNotWhole).Text, StringComparison.Ordinal);
        Assert.Equal("plain/z", Assert.Single(ended).Name);
        File.Move(last + ".later", last);
        // Foci that the files say have none of the parameters' in their way.
        (summary, ended) = Watch(o => Change(o) with { Parameters = _object.Parameters with { Foci = [] } });
        WatchedSeries listed = ended.Single(static s => s.Name == "listed/series.mdoc");
        Assert.True(listed.State == WatchState.Done, listed.ToString());
        Assert.Equal(File.ReadAllBytes(_folder.File("plain/results/z.wav")), File.ReadAllBytes(_folder.File("listed/results/series.wav")));
    }

    // Files of microscopes' programs, of ../shared; the watch says of each what it is, and none ends it.
    [Fact]
    public void Files_of_other_programs_are_series_or_say_why_not()
    {
        string formats = SharedFiles.Require();
        foreach (string kind in (string[])["dm", "emd", "mrc", "ser", "tiff"])
        {
            Directory.CreateDirectory(_folder.File(kind));
            foreach (string file in Directory.GetFiles(Path.Combine(formats, kind)))
            {
                File.WriteAllBytes(_folder.File($"{kind}/{Path.GetFileName(file)}"), File.ReadAllBytes(file));
            }
        }

        (WatchSummary summary, WatchedSeries[] ended) = Watch(static o => o with { Quiet = TimeSpan.FromMilliseconds(100), ThrottleLimit = 2 });

        Assert.Equal(0, summary.Incomplete);
        Assert.True(summary.Failed > 10, summary.ToString());
        Assert.All(ended, static s => Assert.True(s.State is WatchState.Done || s.Error is { Text.Length: > 20 }, s.ToString()));
        // Its tags say the foci, which are the same for both frames; nobody has to give them.
        WatchedSeries tagged = ended.Single(static s => s.Name == "emd/velox-tem-stack.emd");
        Assert.Contains(tagged.Warnings, static w => w.Text.Contains("same focus for all images", StringComparison.Ordinal));
        Assert.Equal(new WatchSummary(0, 0, 0, 0), Watch(static o => o with { Quiet = TimeSpan.FromMilliseconds(100) }).Summary);
    }

    [Fact]
    public void Frames_without_a_header_alone_are_told_of_once_with_what_they_need()
    {
        Directory.CreateDirectory(_folder.File("shots"));
        float[][] frames = _object.Frames(WeakObject.NoDrift());
        for (int n = 0; n < frames.Length; n++)
        {
            RawFrameFile.Write(_folder.File($"shots/img_{n:000}.raw"), frames[n]);
        }

        Assert.Equal(new WatchSummary(0, 0, 0, 1), Watch(static o => o with { Once = false, Timeout = TimeSpan.FromMilliseconds(100) }).Summary);
        string told = Assert.Single(_messages, static m => m.Id == WarningIds.SeriesNotWhole).Text;
        Assert.Contains("shots' is not run: it holds 8 files without a header, img_000.raw to img_007.raw", told, StringComparison.Ordinal);
        Assert.Contains("Give Dimensions and Pixeltype, and the Sampling, Voltage and Foci that such files do not tell, by --set, or put a parameter file beside them.", told, StringComparison.Ordinal);

        // Values that say it are enough.
        Calibration shape = _object.Parameters.Image.Calibration;
        KeyValuePair<string, string>[] values =
        [
            new("Dimensions", FormattableString.Invariant($"[{shape.Rows},{shape.Columns}]")), new("Sampling", "0.05"), new("Voltage", "300"), new("C3", "10000"), new("Foci", "[-200,-60]"),
        ];
        (WatchSummary summary, WatchedSeries[] ended) = Watch(o => o with { Quiet = TimeSpan.FromMilliseconds(50), Values = values });
        Assert.True(summary == new WatchSummary(1, 0, 0, 0), ended.FirstOrDefault()?.ToString());
        Assert.Equal(8, Assert.Single(ended).Frames);
        Assert.DoesNotContain(_messages, static m => m.Id == WarningIds.SeriesNotWhole);
    }

    [Fact]
    public void Frames_of_a_parameter_file_in_another_folder_are_no_series_by_themselves()
    {
        string file = Parameters("a");
        ReconstructionParameters parameters = ParameterFile.Read(file);
        Directory.CreateDirectory(_folder.File("z"));
        ParameterFile.Write(parameters with { BaseDirectory = _folder.File("z"), Files = parameters.Files with { InputPath = "../a" } }, _folder.File("z/series.fsr"));
        File.Delete(file);

        Assert.Equal(new WatchSummary(1, 0, 0, 0), Watch().Summary);
        Assert.DoesNotContain(_messages, static m => m.Id == WarningIds.SeriesNotWhole);
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
        Assert.True(first.Wait(Eventually.Patience, TestContext.Current.CancellationToken));

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
        Assert.Contains(lines, static line => line.StartsWith("fsrec_last_resolution_metres", StringComparison.Ordinal) && Value(line) is > 1e-11 and < 1e-9);
        Assert.Contains(lines, static line => line.StartsWith("fsrec_series_running", StringComparison.Ordinal) && Value(line) == 0);
    }

    [Fact]
    public void Metrics_of_a_watch_that_was_stopped_tell_of_nothing_at_work()
    {
        ReconstructionParameters endless = ParameterFile.Read(Parameters("a")).With("LinearIterations", "1000000000");
        ParameterFile.Write(endless, _folder.File("a/series.fsr"));
        string file = _folder.File("fsrec.prom");
        using var stop = new CancellationTokenSource();
        bool Running() => File.ReadAllLines(file).Any(static line => line.StartsWith("fsrec_series_running", StringComparison.Ordinal) && Value(line) == 1);

        // The look that begins the series writes them, on another thread than the series.
        var atWork = new SynchronousProgress(_ =>
        {
            if (Eventually.Holds(() => File.Exists(file) && Running()))
            {
                stop.Cancel();
            }
        });
        var options = new WatchOptions { Folder = _folder.Path, Interval = TimeSpan.FromMilliseconds(30), Metrics = file };
        Assert.ThrowsAny<OperationCanceledException>(() => FolderWatch.Run(options, static _ => { }, new RunContext { Threads = 1, Progress = atWork, CancellationToken = stop.Token }));

        Assert.False(Running());
    }

    [Fact]
    public void A_fault_of_the_program_is_the_failure_of_one_series()
    {
        _ = Parameters("a");
        _ = Parameters("b");
        bool thrown = false;
        var faulty = new SynchronousProgress(_ =>
        {
            if (!thrown)
            {
                thrown = true;
                throw new InvalidOperationException("odd");
            }
        });
        List<WatchedSeries> ended = [];

        WatchSummary summary = FolderWatch.Run(
            new WatchOptions { Folder = _folder.Path, Interval = TimeSpan.FromMilliseconds(30), Once = true }, ended.Add, new RunContext { Threads = 1, Progress = faulty });

        Assert.Equal(new WatchSummary(1, 1, 0, 0), summary);
        Assert.Equal(("a/series.fsr", "ProgramFault"), (ended[0].Name, ended[0].Error!.Id));
        Assert.Contains("InvalidOperationException: odd", ended[0].Error!.Text, StringComparison.Ordinal);
    }

    private static double Value(string line) => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);

    private sealed class SynchronousProgress(Action<RunProgress> told) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => told(value);
    }

    // NumPy's format 1.0: the magic, the length of the header, a dictionary of Python that ends a multiple of 64 bytes, pixels.
    private void WriteNumPy(string path, float[] frame)
    {
        Calibration shape = _object.Parameters.Image.Calibration;
        string header = FormattableString.Invariant($"{{'descr': '<f4', 'fortran_order': False, 'shape': ({shape.Rows}, {shape.Columns}), }}").PadRight(117) + "\n";
        File.WriteAllBytes(path, [0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. Encoding.ASCII.GetBytes(header), .. MemoryMarshal.AsBytes(frame.AsSpan())]);
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

    [Fact]
    public void A_look_that_finds_nothing_or_nothing_new_says_which()
    {
        Watch();
        Assert.Contains(_messages, static m => m.Text.Contains("Found no series: neither a parameter file that fits '*.fsr' nor a file of images", StringComparison.Ordinal));

        Parameters("one");
        Assert.Equal(1, Watch().Summary.Done);
        Assert.DoesNotContain(_messages, static m => m.Text.StartsWith("Found no", StringComparison.Ordinal) || m.Text.StartsWith("Nothing is new", StringComparison.Ordinal));

        Assert.Equal(new WatchSummary(0, 0, 0, 0), Watch().Summary);
        Assert.Contains(_messages, static m => m.Text.StartsWith("Nothing is new: the journal tells of the one series", StringComparison.Ordinal));
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
