using System.Diagnostics;
using System.Text.Json;
using FsRec.Parameters;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Tests.Series;

namespace FsRec.Tests.Runs;

/// <summary>Results are all or nothing, of one run, and nobody else's while they are written.</summary>
public sealed class OutputSetTests : IDisposable
{
    private readonly RunFolder _run = new(drift: true);

    public void Dispose() => _run.Dispose();

    private static RunDocument Other(string path) => new(path, "another program's", static (file, _) => File.WriteAllText(file, ""));

    private OutputFiles Files => OutputFiles.Of(_run.Parameters);

    [Fact]
    public void The_record_names_run_parameters_inputs_and_files()
    {
        _run.Run();

        using var json = JsonDocument.Parse(File.ReadAllBytes(_run.Out("rec_run.json")));
        JsonElement root = json.RootElement;
        Assert.Equal("4", root.GetProperty("parameters").GetProperty("Limit").GetProperty("value").GetString());
        Assert.Equal(2, root.GetProperty("threads").GetInt32());
        Assert.Contains("bits", root.GetProperty("processor").GetString(), StringComparison.Ordinal);
        JsonElement first = root.GetProperty("inputs")[0];
        byte[] frame = File.ReadAllBytes(_run.In("img_000.raw"));
        Assert.Equal(frame.Length, first.GetProperty("bytes").GetInt64());
        Assert.Equal(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(frame)), first.GetProperty("sha256").GetString(), ignoreCase: true);
        Assert.Equal(["rec.wav", "rec_dxy.csv", "rec_filt.wav"], root.GetProperty("files").EnumerateObject().Select(static f => f.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["rec.wav", "rec_dxy.csv", "rec_filt.wav", "rec_run.json"], _run.AllOutputs());
    }

    [Fact]
    public void Looking_at_a_file_stops_in_the_middle()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.Throws<OperationCanceledException>(() => FileRecord.Of(_run.In("img_000.raw"), stop.Token));
        Assert.Throws<OperationCanceledException>(() => InputRecord.Of(SeriesReader.Open(_run.Parameters), 1, stop.Token));
    }

    [Fact]
    public void Folders_outside_of_the_parameter_files_own_are_listed()
    {
        string home = _run.In("");
        _run.Parameters = _run.Parameters with { BaseDirectory = home, Files = _run.Parameters.Files with { InputPath = ".", OutputPath = "../out" } };

        _run.Run();

        Assert.Equal([Path.GetFullPath(_run.Out("")).TrimEnd('/')], Record().Outside.Select(static f => f.TrimEnd('/')));
    }

    [Fact]
    public void Whatever_a_killed_run_had_put_in_place_the_next_one_finishes()
    {
        _run.Run(new RunOptions { Iterations = 3 });
        Dictionary<string, string> after = _run.Contents();
        RunRecord record = Record();
        string[] names = [.. record.Files.Keys];
        for (int moved = 0; moved <= names.Length; moved++)
        {
            _run.Run(new RunOptions { Iterations = 2 });
            // The set of three iterations is whole under other names, and some of it was moved when the process died.
            foreach (string name in names)
            {
                File.WriteAllBytes(_run.Out("." + name + ".ready"), Content(name));
            }

            var pending = new PendingSet { Moves = names.ToDictionary(static n => "." + n + ".ready", static n => n), Removals = [], Record = record };
            File.WriteAllText(RunRecordFile.Pending(Files), JsonSerializer.Serialize(pending, RunJson.Default.PendingSet));
            foreach (string name in names.Take(moved))
            {
                File.Move(_run.Out("." + name + ".ready"), _run.Out(name), overwrite: true);
            }

            Reconstruction read = PreviousOutput.Read(SeriesReader.Read(_run.Parameters), new RunContext());

            Assert.Equal(8, read.Displacements.Count);
            Assert.Equal(after, _run.Contents());
            Assert.Equal(record.Run, Record().Run);
        }

        byte[] Content(string name) => _keep.TryGetValue(name, out byte[]? kept) ? kept : _keep[name] = Made(name);
        byte[] Made(string name)
        {
            _run.Run(new RunOptions { Iterations = 3 });
            foreach (string n in names)
            {
                _keep[n] = File.ReadAllBytes(_run.Out(n));
            }

            _run.Run(new RunOptions { Iterations = 2 });
            return _keep[name];
        }
    }

    private readonly Dictionary<string, byte[]> _keep = [];

    [Fact]
    public void Half_written_files_of_a_dead_process_are_removed_and_others_left()
    {
        _run.Run();
        string name = Path.GetFileName(AtomicFile.TemporaryName(_run.Out("rec.wav")));
        string dead = name.Replace($"-{Environment.ProcessId}-", "-999999999-", StringComparison.Ordinal);
        string[] theirs = [name, dead.Replace("rec", "other", StringComparison.Ordinal), ".rec.wav.tmp"];
        string[] ours = [dead, "." + dead.Replace(".tmp", ".wav.tmp", StringComparison.Ordinal).Replace(".wav.tmp", ".tmp", StringComparison.Ordinal)];
        foreach (string file in theirs.Concat(ours))
        {
            File.WriteAllText(_run.Out(file), "half");
        }

        _run.Run();

        Assert.Equal(theirs.Order(StringComparer.Ordinal), _run.AllOutputs().Where(static n => n.EndsWith(".tmp", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_written_besides_is_looked_at_before_the_work_as_the_results_are()
    {
        string frame = _run.In("img_002.raw");
        byte[] recorded = File.ReadAllBytes(frame);
        string folder = Directory.CreateDirectory(_run.In("besides.tif")).FullName;

        Assert.Contains("read from", Assert.Throws<FsRecException>(() => _run.Run(new RunOptions { Saved = [Other(frame)] })).Message, StringComparison.Ordinal);
        Assert.Contains("is a folder", Assert.Throws<FsRecException>(() => _run.Run(new RunOptions { Saved = [Other(folder)] })).Message, StringComparison.Ordinal);

        Assert.Equal(recorded, File.ReadAllBytes(frame));
        Assert.Empty(_run.AllOutputs());
    }

    [Fact]
    public void A_report_is_one_of_the_files_of_its_run()
    {
        RunResult? told = null;
        var report = new RunDocument(Files.Report, "report", (path, result) =>
        {
            told = result;
            File.WriteAllText(path, "page");
        });
        Assert.Contains(Files.Report, PlannedOutputs.Of(_run.Parameters, new RunOptions { Documents = [report] }));
        Assert.DoesNotContain(Files.Report, PlannedOutputs.Of(_run.Parameters, new RunOptions { Documents = [report], PrealignOnly = true }));

        RunResult run = _run.Run(new RunOptions { Documents = [report] });

        Assert.Equal(["rec.wav", "rec_dxy.csv", "rec_filt.wav", "rec_report.html", "rec_run.json"], _run.AllOutputs());
        Assert.Contains("rec_report.html", Record().Files.Keys);
        Assert.Equal(run.Files, told!.Files);
        Assert.Contains(Files.Report, run.Files);
        Assert.Equal(Record().Run, run.RunId);
        // It goes with its run, as the next one has none.
        _run.Run();
        Assert.Equal(["rec.wav", "rec_dxy.csv", "rec_filt.wav", "rec_run.json"], _run.AllOutputs());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_report_that_fails_or_is_stopped_leaves_the_results_before(bool stopped)
    {
        _run.Run();
        Dictionary<string, string> before = _run.Contents();
        string record = File.ReadAllText(Files.Record);
        var report = new RunDocument(Files.Report, "report", (path, _) =>
        {
            File.WriteAllText(path, "half");
            throw stopped ? new OperationCanceledException() : new FsRecException("No picture.", new IOException("No space left on device."));
        });
        var options = new RunOptions { Iterations = 3, Documents = [report] };

        Exception exception = Assert.ThrowsAny<Exception>(() => _run.Run(options));

        if (stopped)
        {
            Assert.IsType<OperationCanceledException>(exception);
        }
        else
        {
            Assert.Contains("rec_report.html", exception.Message, StringComparison.Ordinal);
            Assert.Contains("No space left", exception.Message, StringComparison.Ordinal);
        }

        // The state of the three iterations is kept, so that they need not be done again.
        Assert.True(File.Exists(Files.State));
        File.Delete(Files.State);
        Assert.Equal(before, _run.Contents());
        Assert.Equal(record, File.ReadAllText(Files.Record));
    }

    [Fact]
    public void A_report_that_is_made_later_joins_its_run_and_no_other()
    {
        RunResult first = _run.Run();
        var output = new OutputFile(Files.Report, "report", static path => File.WriteAllText(path, "page"));

        ReconstructionOutputs.SaveDocument(output, first.RunId, Files, false, new RunContext());

        Assert.Equal(first.RunId, Record().Run);
        Assert.True(Record().Files["rec_report.html"].IsOf(Files.Report));
        RunResult second = _run.Run(new RunOptions { Iterations = 3 });
        Assert.False(File.Exists(Files.Report));
        ReconstructionOutputs.SaveDocument(output, first.RunId, Files, false, new RunContext());
        Assert.True(File.Exists(Files.Report));
        Assert.Equal(second.RunId, Record().Run);
        Assert.DoesNotContain("rec_report.html", Record().Files.Keys);
    }

    [Theory]
    [InlineData("files")]
    [InlineData("others")]
    [InlineData("parameters")]
    [InlineData("inputs")]
    [InlineData("run")]
    public void A_record_in_which_something_is_null_is_none(string member)
    {
        _run.Run();
        var json = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(Files.Record))!.AsObject();
        json[member] = null;
        File.WriteAllText(Files.Record, json.ToJsonString());
        Assert.Null(RunRecordFile.Read(Files));
        if (member is "files" or "others")
        {
            json[member] = new System.Text.Json.Nodes.JsonObject { ["rec.wav"] = null };
            File.WriteAllText(Files.Record, json.ToJsonString());
            Assert.Null(RunRecordFile.Read(Files));
        }

        Assert.Equal(8, PreviousOutput.Read(SeriesReader.Read(_run.Parameters), new RunContext()).Displacements.Count);
    }

    [Theory]
    [InlineData("""{ "moves": null, "removals": [], "record": null }""")]
    [InlineData("""{ "moves": { "a": null }, "removals": [], "record": null }""")]
    [InlineData("""{ "moves": {}, "removals": [ null ], "record": null }""")]
    [InlineData("""{ "moves": {}, "removals": [], "record": null }""")]
    public void A_waiting_set_in_which_something_is_null_is_told_of(string content)
    {
        Directory.CreateDirectory(_run.Out(""));
        File.WriteAllText(RunRecordFile.Pending(Files), content);

        Assert.Contains("damaged", Assert.Throws<DataException>(() => _run.Run()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rec_filt.wav")]
    [InlineData("rec_dxy.csv")]
    public void What_cannot_be_written_is_found_before_the_work(string name)
    {
        _run.Run();
        Dictionary<string, string> before = _run.Contents();
        var file = new FileInfo(_run.Out(name)) { IsReadOnly = true };
        var stages = new List<string>();
        var reporter = new Reporter(report => stages.Add(report.Stage));

        string message = Assert.Throws<FsRecException>(() => _run.Run(new RunOptions { Iterations = 3 }, reporter)).Message;

        Assert.Contains(name, message, StringComparison.Ordinal);
        Assert.Contains("read-only", message, StringComparison.Ordinal);
        Assert.DoesNotContain("Reconstruction", stages);
        Assert.Equal(before, _run.Contents());
        _run.Run(new RunOptions { Iterations = 3, Force = true });
        file.Refresh();
        Assert.True(file.IsReadOnly);
        Assert.NotEqual(before[name], _run.Contents()[name]);
        file.IsReadOnly = false;
        File.Delete(_run.Out(name));
        Directory.CreateDirectory(_run.Out(name));
        Assert.Contains("is a folder", Assert.Throws<FsRecException>(() => _run.Run()).Message, StringComparison.Ordinal);
        Directory.Delete(_run.Out(name));
    }

    [Fact]
    public void A_boxcar_that_is_stopped_leaves_no_part_of_the_sums()
    {
        using var stop = new CancellationTokenSource();
        var reporter = new Reporter(report =>
        {
            if (report.Stage == "Summing frames" && report.Done == 2)
            {
                stop.Cancel();
            }
        });

        Assert.ThrowsAny<OperationCanceledException>(() => _run.Run(new RunOptions { Boxcar = 2 }, reporter, stop.Token));

        Assert.Empty(_run.AllOutputs());
    }

    [Fact]
    public void An_output_folder_of_another_system_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "It is a folder of this system.");
        _run.Parameters = _run.Parameters with { Files = _run.Parameters.Files with { OutputPath = "Z:/out" } };

        Assert.Contains("OUTPUTPATH", Assert.Throws<FsRecException>(() => _run.Run()).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists("Z:"));
    }

    [Fact]
    public void A_pipe_is_no_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no mkfifo.");
        File.Delete(_run.In("img_002.raw"));
        using (Process make = Process.Start("mkfifo", [_run.In("img_002.raw")]))
        {
            make.WaitForExit();
        }

        Assert.Contains("pipe", Assert.Throws<DataException>(() => _run.Run()).Message, StringComparison.Ordinal);
        File.Delete(_run.In("img_002.raw"));
    }

    [Fact]
    public void More_than_the_memory_holds_is_refused_with_the_figure()
    {
        _run.Parameters = _run.Parameters with
        {
            Image = _run.Parameters.Image with { Calibration = new Calibration(40_000, 40_000, 0.05, 0.05) },
            Files = _run.Parameters.Files with { ImageCount = 300 },
            Foci = [-300, 0],
        };

        // 300 frames of 1.6 GP at 4 bytes, and as much for their spectra.
        string message = Assert.Throws<MemoryException>(() => _run.Run()).Message;
        Assert.Matches(@"about \d{4}\.\d GB", message);
        Assert.Contains("--force", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_reconstruction_leaves_is_what_a_run_leaves()
    {
        RunResult result = _run.Run(new RunOptions { Method = RestorationMethod.Nonlinear, Iterations = 2 });

        IEnumerable<string> told = ReconstructionOutputs.Of(result.Reconstruction!, Files).Select(static f => f.Path);

        Assert.Equal(result.Files.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
        Assert.Contains(Files.FrameUncertainty, told);
        // All of it is guarded, before it is known whether foci will differ.
        IReadOnlyList<string> planned = PlannedOutputs.Of(_run.Parameters, new RunOptions { Method = RestorationMethod.Nonlinear });
        Assert.All(told, path => Assert.Contains(path, planned));
    }

    [Fact]
    public void A_read_only_result_is_not_removed_by_a_run_that_does_not_make_it()
    {
        var report = new RunDocument(Files.Report, "report", static (path, _) => File.WriteAllText(path, "mine"));
        _run.Run(new RunOptions { Documents = [report] });
        File.SetAttributes(Files.Report, FileAttributes.ReadOnly);

        _run.Run(new RunOptions { Iterations = 1 });

        Assert.Equal("mine", File.ReadAllText(Files.Report));
        Assert.DoesNotContain("rec_report.html", Record().Files.Keys);
        Assert.Contains("rec_report.html", Record().Others.Keys);

        File.SetAttributes(Files.Report, FileAttributes.Normal);
        _run.Run(new RunOptions { Documents = [report] });
        File.SetAttributes(Files.Report, FileAttributes.ReadOnly);
        _run.Run(new RunOptions { Iterations = 1, Force = true });
        Assert.False(File.Exists(Files.Report));
    }

    private RunRecord Record() => RunRecordFile.Read(Files)!;
}
