using FsRec.Alignment;
using FsRec.Formats;
using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Sweeps;
using FsRec.Tests.Runs;

namespace FsRec.Tests.Sweeps;

public sealed class SweepTests : IDisposable
{
    private static readonly SweepAxis[] TwoLimits = [new SweepAxis("Limit", ["3.0", "3.6"])];

    private readonly RunFolder _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Each_run_is_the_run_of_its_parameters_alone()
    {
        SweepRow[] rows = Rows(Sweep([new SweepAxis("Limit", ["3.0", "3.6"]), new SweepAxis("LinearIterations", ["1", "2"])], throttle: 3));

        Assert.Equal(4, rows.Length);
        foreach (SweepRow row in rows)
        {
            RunResult alone = ReconstructionRun.Run(
                _run.Parameters.With(row.Point.Values).With("OUTPUTFILENAME", "alone"), new RunOptions(), new RunContext { Threads = 1 });
            Assert.Equal(alone.Reconstruction!.ResidualRms, row.ResidualRms);
            Assert.Equal(alone.Reconstruction.ScatteredFraction, row.ScatteredFraction);
            Assert.Equal(alone.Reconstruction.History.Count, row.Iterations);
            Assert.Equal(alone.Reconstruction.Wave.Interleaved.ToArray(), row.ReadWave().Interleaved.ToArray());
            Assert.Equal(alone.Reconstruction.FilteredWave.Interleaved.ToArray(), row.ReadWave(filtered: true).Interleaved.ToArray());
            Assert.All(row.Files, file => Assert.StartsWith(row.OutputFolder + Path.DirectorySeparatorChar, file, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_parameter_file_of_a_run_makes_it_again()
    {
        SweepRow row = Rows(Sweep(TwoLimits))[1];
        string wave = Path.Combine(row.OutputFolder, "rec.wav");
        byte[] before = File.ReadAllBytes(wave);
        File.Delete(wave);

        ReconstructionRun.Run(ParameterFile.Read(Path.Combine(row.OutputFolder, "rec.fsr")), new RunOptions(), new RunContext());

        Assert.Equal(before, File.ReadAllBytes(wave));
    }

    [Fact]
    public void What_is_complete_is_read_back_and_what_is_not_is_done_again()
    {
        SweepRow[] first = Rows(Sweep(TwoLimits));
        string wave = Path.Combine(first[0].OutputFolder, "rec.wav");
        File.Delete(wave);
        DateTime kept = File.GetLastWriteTimeUtc(Path.Combine(first[1].OutputFolder, "rec.wav"));

        SweepRow[] second = Rows(Sweep(TwoLimits));

        Assert.Equal([false, true], second.Select(static row => row.IsReadBack));
        Assert.True(File.Exists(wave));
        Assert.Equal(kept, File.GetLastWriteTimeUtc(Path.Combine(second[1].OutputFolder, "rec.wav")));
        SweepRow same = second[1] with { IsReadBack = false, Parameters = first[1].Parameters, Files = first[1].Files, Point = first[1].Point };
        Assert.Equal(first[1], same);
        Assert.Equal(first[1].Files, second[1].Files);
    }

    [Theory]
    [InlineData("rec.wav", false)]
    [InlineData("rec_sweep.json", false)]
    [InlineData("rec_sweep.json", true)]
    public void Half_a_file_is_no_result(string name, bool empty)
    {
        SweepRow[] first = Rows(Sweep(TwoLimits));
        string path = Path.Combine(first[0].OutputFolder, name);
        byte[] all = File.ReadAllBytes(path);
        File.WriteAllBytes(path, empty ? [] : all[..(all.Length / 2)]);

        Assert.Equal([false, true], Rows(Sweep(TwoLimits)).Select(static row => row.IsReadBack));
        Assert.InRange(new FileInfo(path).Length, all.Length - 8, all.Length + 8);
    }

    [Fact]
    public void Other_frames_other_parameters_or_other_options_are_no_result()
    {
        Sweep(TwoLimits);
        Assert.All(Rows(Sweep(TwoLimits)), static row => Assert.True(row.IsReadBack));

        _run.Parameters = _run.Parameters with { Linear = _run.Parameters.Linear with { FilterCutoff = 0.2 } };
        Assert.All(Rows(Sweep(TwoLimits)), static row => Assert.False(row.IsReadBack));
        Assert.All(Rows(Sweep(TwoLimits, run: new RunOptions { Iterations = 1 })), static row => Assert.False(row.IsReadBack));

        float[] frame = [.. _run.Frames[1]];
        frame[7] *= 1.01f;
        RawFrameFile.Write(_run.In("img_001.raw"), frame);
        Assert.All(Rows(Sweep(TwoLimits, run: new RunOptions { Iterations = 1 })), static row => Assert.False(row.IsReadBack));
        Assert.All(Rows(Sweep(TwoLimits, run: new RunOptions { Iterations = 1 })), static row => Assert.True(row.IsReadBack));
        Assert.All(Rows(Sweep(TwoLimits, run: new RunOptions { Iterations = 1 }, redo: true)), static row => Assert.False(row.IsReadBack));
    }

    [Fact]
    public void A_run_that_fails_leaves_the_others_alone()
    {
        List<SweepOutcome> ended = Sweep([new SweepAxis("Limit", ["3", "1000", "none", "3.6"])]);

        Assert.Equal([true, false, false, true], ended.Select(static outcome => outcome.Row is not null));
        Assert.Contains("Nyquist", ended[1].Failure!.Message, StringComparison.Ordinal);
        Assert.Contains("none", ended[2].Failure!.Message, StringComparison.Ordinal);
        Assert.Equal("Limit=1000", ended[1].Point.ToString());
    }

    [Fact]
    public void Missing_frames_fail_the_runs_that_need_them()
    {
        File.Delete(_run.In("img_000.raw"));

        List<SweepOutcome> ended = Sweep([new SweepAxis("Range", ["[0,1,2]", "[1,2,3]"])]);

        Assert.Contains("img_000.raw", Assert.IsType<DataException>(ended[0].Failure).Message, StringComparison.Ordinal);
        Assert.NotNull(ended[1].Row);
        Assert.Equal([1, 2, 3], ended[1].Row!.Parameters.SelectedImages);
    }

    // Rows that share their frames do not share what is wrong with one of them, whichever comes first.
    [Theory]
    [InlineData("MTF", "none.csv", "[1,0.9,0.8]", "none.csv")]
    [InlineData("MTF", "[1,0.9,0.8]", "none.csv", "none.csv")]
    [InlineData("NPS", "none.csv", "[1,0.9,0.8]", "none.csv")]
    [InlineData("Foci", "[1,2,3]", "[-60,60]", "3")]
    public void What_is_wrong_with_a_row_fails_that_row_alone(string key, string first, string second, string named)
    {
        List<SweepOutcome> ended = Sweep([new SweepAxis(key, [first, second]), new SweepAxis("Limit", ["3.0", "3.6"])]);

        SweepOutcome[] failed = [.. ended.Where(static outcome => outcome.Row is null)];
        Assert.Equal(2, failed.Length);
        Assert.All(failed, outcome =>
        {
            Assert.Contains(named, outcome.Point.ToString(), StringComparison.Ordinal);
            Assert.Contains(named, outcome.Failure!.Message, StringComparison.Ordinal);
        });
        Assert.Equal(2, ended.Count(static outcome => outcome.Row is not null));
    }

    [Fact]
    public void A_row_that_is_stopped_goes_on_where_it_was()
    {
        SweepAxis[] axes = [new SweepAxis("LinearIterations", ["8"])];
        double whole = Rows(Sweep(axes, redo: true))[0].ResidualRms;
        using var stop = new CancellationTokenSource();
        var reporter = new FsRec.Tests.Series.Reporter(report =>
        {
            if (report.Detail.Contains("Reconstruction 5/8", StringComparison.Ordinal))
            {
                stop.Cancel();
            }
        });
        Assert.Throws<OperationCanceledException>(() => FsRec.Sweeps.Sweep.Run(
            _run.Parameters, SweepPoint.Grid(axes), new SweepOptions { Redo = true }, static _ => { }, new RunContext { Progress = reporter, CancellationToken = stop.Token }));
        var told = new List<string>();

        List<SweepOutcome> ended = [];
        FsRec.Sweeps.Sweep.Run(_run.Parameters, SweepPoint.Grid(axes), new SweepOptions(), ended.Add, new RunContext { Message = message => told.Add(message.Text) });

        Assert.Contains(told, static text => text.Contains("Taken up after 5 linear iterations", StringComparison.Ordinal));
        SweepRow row = Rows(ended)[0];
        Assert.False(row.IsReadBack);
        Assert.Equal(whole, row.ResidualRms);
        Assert.DoesNotContain(Directory.EnumerateFiles(row.OutputFolder), static file => file.EndsWith("_state.fsrec", StringComparison.Ordinal));
    }

    [Fact]
    public void A_state_of_another_row_is_no_reason_to_fail()
    {
        SweepAxis[] axes = [new SweepAxis("Limit", ["3.0"])];
        string folder = FsRec.Sweeps.Sweep.FolderOf(_run.Parameters, SweepPoint.Grid(axes)[0]);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "rec_state.fsrec"), "something else");

        Assert.Single(Rows(Sweep(axes)));
    }

    [Fact]
    public void Frames_are_read_once()
    {
        var seen = new Recorder();

        Sweep([new SweepAxis("Limit", ["3.0", "3.6"]), new SweepAxis("Comkernel", ["2", "3"])], throttle: 2, progress: seen);

        Assert.Equal(_run.Frames.Length, seen.Stages.Count(static stage => stage == "Reading frames"));
    }

    [Theory]
    [InlineData("Limit", "3.6", true)]
    [InlineData("Focusspread", "7", true)]
    [InlineData("LinearIterations", "9", true)]
    [InlineData("OUTPUTFILENAME", "other", true)]
    [InlineData("Comkernel", "2", false)]
    [InlineData("Alignmentfilter", "[0.9,3]", false)]
    [InlineData("AREA", "[20,20]", false)]
    [InlineData("Maxprealign", "1", false)]
    [InlineData("Alignmentprecision", "0.02", false)]
    public void A_pre_alignment_is_shared_where_it_is_the_same(string key, string value, bool shared)
    {
        ReconstructionParameters first = _run.Parameters;
        ReconstructionParameters second = first.With(key, value);
        var context = new RunContext();
        var inputs = new SweepInputs([first, second], context);

        PrealignmentResult one = inputs.Prealign(inputs.Series(first).Series, context);
        PrealignmentResult two = inputs.Prealign(inputs.Series(second).Series, context);

        Assert.Equal(shared, ReferenceEquals(one.Rounds, two.Rounds));
        PrealignmentResult alone = Prealignment.Run(new FocalSeries(second, _run.Frames));
        Assert.Equal(alone.Aligned.Displacements, two.Aligned.Displacements);
        Assert.Same(second, two.Aligned.Series.Parameters);
    }

    [Fact]
    public void A_pre_alignment_by_inverted_contrast_depends_on_the_optics()
    {
        ReconstructionParameters first = _run.Parameters.With("Invertprealign", "Yes");
        ReconstructionParameters second = first.With("C3", "2E4");
        var context = new RunContext();
        var inputs = new SweepInputs([first, second], context);

        Assert.NotSame(inputs.Prealign(inputs.Series(first).Series, context).Rounds, inputs.Prealign(inputs.Series(second).Series, context).Rounds);
    }

    [Fact]
    public void A_sweep_that_is_stopped_goes_on_where_it_was()
    {
        using var stop = new CancellationTokenSource();
        List<SweepOutcome> ended = [];
        SweepAxis[] axes = [new SweepAxis("Limit", ["3", "3.3", "3.6"])];

        Assert.Throws<OperationCanceledException>(() => FsRec.Sweeps.Sweep.Run(
            _run.Parameters,
            SweepPoint.Grid(axes),
            new SweepOptions(),
            outcome =>
            {
                ended.Add(outcome);
                stop.Cancel();
            },
            new RunContext { CancellationToken = stop.Token }));

        Assert.Single(ended);
        Assert.Equal([true, false, false], Rows(Sweep(axes)).Select(static row => row.IsReadBack));
    }

    [Fact]
    public void Only_options_of_a_reconstruction_are_taken() =>
        Assert.Throws<FsRecException>(() => Sweep(TwoLimits, run: new RunOptions { UsePrevious = true }));

    private static SweepRow[] Rows(IEnumerable<SweepOutcome> ended) =>
        [.. ended.Select(static outcome => outcome.Failure is null ? outcome.Row! : throw outcome.Failure).OrderBy(static row => row.Point.Name, StringComparer.Ordinal)];

    private List<SweepOutcome> Sweep(
        IEnumerable<SweepAxis> axes, int throttle = 1, RunOptions? run = null, bool redo = false, IProgress<RunProgress>? progress = null)
    {
        List<SweepOutcome> ended = [];
        FsRec.Sweeps.Sweep.Run(
            _run.Parameters,
            SweepPoint.Grid(axes),
            new SweepOptions { ThrottleLimit = throttle, Run = run ?? new RunOptions(), Redo = redo },
            ended.Add,
            new RunContext { Progress = progress, Threads = 2 });
        return ended;
    }

    private sealed class Recorder : IProgress<RunProgress>
    {
        public List<string> Stages { get; } = [];

        public void Report(RunProgress value)
        {
            lock (Stages)
            {
                Stages.Add(value.Stage);
            }
        }
    }
}
