using FsRec.Formats;
using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Tests.Formats;
using FsRec.Tests.Restoration;
using FsRec.Watching;

namespace FsRec.Tests.Watching;

/// <summary>Series of a watched folder whose results would have the same names.</summary>
public sealed class WatchedOutputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WeakObject _object = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Below_a_destination_results_lie_as_the_series_do()
    {
        foreach (string name in (string[])["img.mrc", "day1/img.mrc", "day2/img.mrc", "mix/img.mrc", "mix/img.tif"])
        {
            Stack("in/" + name);
        }

        Assert.Equal(
            [
                ("day1/img.mrc", "day1/img/img"), ("day2/img.mrc", "day2/img/img"), ("img.mrc", "img/img"),
                ("mix/img.mrc", "mix/img/img"), ("mix/img.tif", "mix/img_tif/img_tif"),
            ],
            Outputs(Watch(Stacks(_folder.File("out"))), _folder.File("out")));
    }

    [Fact]
    public void Beside_its_frames_the_later_series_has_a_name_of_its_own_and_keeps_it()
    {
        Stack("in/mix/img.tif");
        (string, string) tif = ("mix/img.tif", "results/img");
        Assert.Equal([tif], Outputs(Watch(Stacks()), _folder.File("in/mix")));
        Stack("in/mix/img.mrc");
        (string, string) mrc = ("mix/img.mrc", "results/img_mrc");
        Assert.Equal([mrc], Outputs(Watch(Stacks()), _folder.File("in/mix")));
        byte[] kept = File.ReadAllBytes(_folder.File("in/mix/results/img_run.json"));
        int files = Directory.GetFiles(_folder.File("in/mix/results")).Length;

        // Frames that were recorded again: their results take the place of their own, in another watch too, whichever comes first.
        Stack("in/mix/img.mrc", 2);
        Assert.Equal([mrc], Outputs(Watch(Stacks()), _folder.File("in/mix")));
        Assert.Equal(kept, File.ReadAllBytes(_folder.File("in/mix/results/img_run.json")));
        Stack("in/mix/img.mrc", 3);
        Stack("in/mix/img.tif", 3);
        Assert.Equal([mrc, tif], Outputs(Watch(Stacks()), _folder.File("in/mix")));
        Assert.Equal(files, Directory.GetFiles(_folder.File("in/mix/results")).Length);
    }

    // The wave of img_filt would be the filtered one of img.
    [Theory]
    [InlineData("img", "img_filt", "results/img_filt_mrc")]
    [InlineData("img_filt", "img", "results/img_mrc")]
    public void A_series_that_is_called_as_a_result_of_another_has_a_name_of_its_own(string first, string second, string output)
    {
        Stack($"in/{first}.mrc");
        Assert.Equal([($"{first}.mrc", $"results/{first}")], Outputs(Watch(Stacks()), _folder.File("in")));
        byte[] kept = File.ReadAllBytes(_folder.File("in/results/img_filt.wav"));
        Stack($"in/{second}.mrc", 2);
        Assert.Equal([($"{second}.mrc", output)], Outputs(Watch(Stacks()), _folder.File("in")));
        Assert.Equal(kept, File.ReadAllBytes(_folder.File("in/results/img_filt.wav")));
    }

    [Fact]
    public void A_watch_that_was_killed_gives_the_same_names()
    {
        // The one that came first is the second by its name.
        Stack("in/img.tif");
        _ = Watch(Stacks());
        Stack("in/img.mrc");
        _ = Watch(Stacks());
        string journal = _folder.File("in/watch-folder.jsonl");
        string begun = File.ReadAllLines(journal).Single(static l => l.Contains("\"img.tif\"", StringComparison.Ordinal) && l.Contains("\"Started\"", StringComparison.Ordinal));
        File.WriteAllLines(journal, [begun]);

        Assert.Equal([("img.mrc", "results/img_mrc"), ("img.tif", "results/img")], Outputs(Watch(Stacks()), _folder.File("in")));
    }

    [Fact]
    public void A_name_that_is_given_to_all_series_is_that_of_one()
    {
        Stack("in/a.mrc");
        Stack("in/b.mrc");
        Stack("in/c.tif");
        WatchOptions options = Stacks(_folder.File("out")) with
        {
            Values = [KeyValuePair.Create("OUTPUTPATH", _folder.File("there")), KeyValuePair.Create("OUTPUTFILENAME", "same")],
        };

        Assert.Equal([("a.mrc", "there/same"), ("b.mrc", "there/same_mrc"), ("c.tif", "there/same_tif")], Outputs(Watch(options), _folder.Path));
    }

    [Fact]
    public void Parameter_files_of_the_same_results_are_told_of_and_nothing_is_lost()
    {
        string first = Parameters("a");
        string second = Parameters("b");

        WatchedSeries[] ended = Watch(Plain());

        Assert.Equal([WatchState.Done, WatchState.Failed], ended.Select(static s => s.State));
        Assert.Equal("OutputTaken", ended[1].Error!.Id);
        foreach (string part in (string[])["'a/series.fsr'", "'b/series.fsr'", $"'{_folder.File("all/rec")}'", "another OUTPUTFILENAME"])
        {
            Assert.Contains(part, ended[1].Error!.Text, StringComparison.Ordinal);
        }

        // The same by the journal, and the first one, done again, replaces its own results.
        Assert.Empty(Watch(Plain()));
        Assert.Equal("OutputTaken", Assert.Single(Watch(Plain() with { RetryFailed = true })).Error!.Id);
        Change(first, "LinearIterations=1", "LinearIterations=2");
        Assert.Equal(("a/series.fsr", WatchState.Done), Assert.Single(Watch(Plain()).Select(static s => (s.Name, s.State))));

        // Once the first one writes elsewhere the name is free, and the second one, which is as it was, is run.
        Change(first, "OUTPUTFILENAME=rec", "OUTPUTFILENAME=other");
        Assert.Equal(
            [("a/series.fsr", WatchState.Done, "other"), ("b/series.fsr", WatchState.Done, "rec")],
            Watch(Plain()).Concat(Watch(Plain())).Select(static s => (s.Name, s.State, s.OutputName)));
        Change(second, "LinearIterations=1", "LinearIterations=2");
        Assert.Equal("rec", Assert.Single(Watch(Plain())).OutputName);
    }

    [Fact]
    public void A_parameter_file_that_failed_has_no_results_to_keep()
    {
        string first = Parameters("a");
        Change(first, "Voltage=", "Voltage=-");
        Assert.Equal(WatchState.Failed, Assert.Single(Watch(Plain())).State);
        _ = Parameters("b");
        Assert.Equal(("b/series.fsr", WatchState.Done), Assert.Single(Watch(Plain()).Select(static s => (s.Name, s.State))));
        Change(first, "Voltage=-", "Voltage=");
        Assert.Equal("OutputTaken", Assert.Single(Watch(Plain())).Error!.Id);
    }

    [Fact]
    public void A_link_is_the_folder_that_it_leads_to()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right there.");
        _ = Parameters("a");
        string second = Parameters("b");
        Directory.CreateDirectory(_folder.File("all"));
        Directory.CreateSymbolicLink(_folder.File("link"), _folder.File("all"));
        Change(second, "OUTPUTPATH=../../all", "OUTPUTPATH=../../link");

        Assert.Equal("OutputTaken", Assert.Single(Watch(Plain()), static s => s.State == WatchState.Failed).Error!.Id);
    }

    [Fact]
    public void A_link_back_to_a_folder_above_shows_no_series_again()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right there.");
        Stack("in/day1/img.mrc");
        foreach (string link in (string[])["in/here", "in/day1/above", "in/day1/again"])
        {
            Directory.CreateSymbolicLink(_folder.File(link), _folder.File("in"));
        }

        // By another name it is there as well.
        Directory.CreateSymbolicLink(_folder.File("in/last"), "day1");

        Assert.Equal(["day1/img.mrc", "last/img.mrc"], new FolderScan(Stacks(), OptionNames.Console).Look().Select(static c => c.Name));
    }

    [Fact]
    public void A_series_waits_for_frames_whose_links_lead_to_nothing_yet()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a right there.");
        Stack("in/many_1.mrc");
        foreach (int n in (int[])[0, 2, 3])
        {
            Single($"elsewhere/img_{n}.mrc");
        }

        foreach (string name in (string[])["img_0.mrc", "img_1.mrc", "img_2.mrc", "img_3.mrc", "many_2.mrc", "other.mrc"])
        {
            File.CreateSymbolicLink(_folder.File("in/" + name), _folder.File("elsewhere/" + name));
        }

        IReadOnlyList<Candidate> found = new FolderScan(Stacks(), OptionNames.Console).Look();
        Assert.Equal(["img", "many_1.mrc"], found.Select(static c => c.Name));
        Assert.Equal(4, found[0].Files.Count);
        Assert.Contains("img_1.mrc' is not there", new Completeness(Stacks(), static _ => 1).Judge(found[0]).Waits);

        Single("elsewhere/img_1.mrc");
        Assert.NotNull(new Completeness(Stacks(), static _ => 1).Judge(found[0]).State);
    }

    [Fact]
    public void Frames_that_come_back_are_run_again_where_others_took_the_place_of_their_results()
    {
        string folder = _folder.File("in");
        Stack("in/img.mrc");
        byte[] first = File.ReadAllBytes(_folder.File("in/img.mrc"));
        DateTime time = File.GetLastWriteTimeUtc(_folder.File("in/img.mrc"));
        (string, string)[] own = [("img.mrc", "results/img")];
        Assert.Equal(own, Outputs(Watch(Stacks()), folder));
        Stack("in/img.mrc", 2);
        Assert.Equal(own, Outputs(Watch(Stacks()), folder));

        File.WriteAllBytes(_folder.File("in/img.mrc"), first);
        Assert.Equal(own, Outputs(Watch(Stacks()), folder));

        // With the time that it had, too, and once only.
        Stack("in/img.mrc", 3);
        Assert.Equal(own, Outputs(Watch(Stacks()), folder));
        File.WriteAllBytes(_folder.File("in/img.mrc"), first);
        File.SetLastWriteTimeUtc(_folder.File("in/img.mrc"), time);
        Assert.Equal(own, Outputs(Watch(Stacks()), folder));
        Assert.Empty(Watch(Stacks()));
    }

    // Where each series has its results, which are there and are its own.
    private static (string Name, string Output)[] Outputs(WatchedSeries[] ended, string folder) => [.. ended.OrderBy(static s => s.Name, StringComparer.Ordinal).Select(s =>
    {
        Assert.True(s.State == WatchState.Done, s.ToString());
        var files = new OutputFiles(s.OutputFolder!, s.OutputName!);
        Assert.Equal(s.RunId, RunRecord.Load(files.Record).Run);
        Assert.True(File.Exists(files.Wave));
        return (s.Name, Path.GetRelativePath(folder, files.WithEnding("")).Replace('\\', '/'));
    })];

    private static void Change(string file, string from, string to)
    {
        string text = File.ReadAllText(file);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace(from, to, StringComparison.Ordinal));
    }

    private void Stack(string name, float factor = 1)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
        float[][] frames = [.. _object.Frames(_object.Drift()).Select(frame => frame.Select(v => factor * v).ToArray())];
        string made = _folder.File("made" + Path.GetExtension(name));
        SeriesExport.Write(made, new FocalSeries(_object.Parameters, frames));
        File.Move(made, _folder.File(name), overwrite: true);
    }

    private void Single(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(name))!);
        SeriesExport.Write(_folder.File(name), new FocalSeries(_object.Parameters with { Foci = [0], Files = _object.Parameters.Files with { ImageCount = 1 } }, [_object.Frames(_object.Drift())[0]]));
    }

    private string Parameters(string name)
    {
        string folder = _folder.File("in/" + name);
        Directory.CreateDirectory(folder);
        float[][] frames = _object.Frames(_object.Drift());
        for (int n = 0; n < frames.Length; n++)
        {
            RawFrameFile.Write(Path.Combine(folder, $"img_{n:000}.raw"), frames[n]);
        }

        ReconstructionParameters parameters = _object.Parameters;
        string file = Path.Combine(folder, "series.fsr");
        ParameterFile.Write(
            parameters with
            {
                BaseDirectory = folder,
                Files = parameters.Files with { InputPath = ".", InputFileName = "img_", ImageCount = frames.Length, OutputPath = "../../all", OutputFileName = "rec" },
                Linear = parameters.Linear with { Iterations = 1 },
            },
            file);
        return file;
    }

    private WatchOptions Plain() => new() { Folder = _folder.File("in"), Interval = TimeSpan.FromMilliseconds(30), Once = true };

    private WatchOptions Stacks(string? destination = null) => Plain() with
    {
        Quiet = TimeSpan.FromMilliseconds(100),
        Parameters = _object.Parameters,
        Destination = destination,
        Run = new RunOptions { Method = RestorationMethod.Wiener },
    };

    private static WatchedSeries[] Watch(WatchOptions options)
    {
        List<WatchedSeries> ended = [];
        FolderWatch.Run(options, ended.Add, new RunContext { Threads = 1 });
        return [.. ended];
    }
}
