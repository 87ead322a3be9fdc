using FsRec.Formats;
using FsRec.Parameters;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Simulation;
using FsRec.Tests.Formats;

namespace FsRec.Tests.Runs;

/// <summary>Series that are written frame by frame: never two in one.</summary>
public sealed class SeriesOutputsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<RunMessage> _messages = [];

    public void Dispose() => _folder.Dispose();

    private RunContext Context => new() { Message = _messages.Add };

    [Fact]
    public void A_shorter_series_of_the_same_name_leaves_nothing_of_the_longer()
    {
        Simulated(7).Write(_folder.Path, "made", context: Context);
        SimulatedSeries shorter = Simulated(4);

        shorter.Write(_folder.Path, "made", context: Context);

        Assert.Equal(4, Frames().Length);
        // As it would be read without the parameter file.
        FocalSeries read = SeriesReader.Read(ParameterFile.Read(_folder.File("made.fsr")));
        Assert.Equal(shorter.Series.GetFrame(3), read.GetFrame(3));
        Assert.Contains(_messages, static m => m.Id == WarningIds.FilesRemoved && m.Text.Contains("was removed: made004.raw, made005.raw, made006.raw", StringComparison.Ordinal));
        Assert.DoesNotContain(_messages, static m => m.Id == WarningIds.OtherFrames);
    }

    [Fact]
    public void Frames_that_nobody_knows_of_are_left_and_told_of()
    {
        Simulated(4).Write(_folder.Path, "made", context: Context);
        File.WriteAllText(_folder.File("made009.raw"), "somebody's");
        // A frame that was changed afterwards is somebody's too; other names are none of this series.
        File.WriteAllText(_folder.File("made003.raw"), "changed");
        File.WriteAllText(_folder.File("made_ali_float32_003.raw"), "another");

        Simulated(2).Write(_folder.Path, "made", context: Context);

        Assert.Equal(["made000.raw", "made001.raw", "made003.raw", "made009.raw", "made_ali_float32_003.raw"], Frames());
        RunMessage warning = Assert.Single(_messages, static m => m.Id == WarningIds.OtherFrames);
        Assert.Contains("'made003.raw' and 1 more", warning.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_series_that_is_not_written_to_its_end_leaves_the_one_before_whole()
    {
        string prm = Simulated(3).Write(_folder.Path, "made");
        byte[][] before = [.. Frames().Append("made_truth.wav").Select(name => File.ReadAllBytes(_folder.File(name)))];
        Directory.CreateDirectory(_folder.File("made004.raw/in the way"));

        Assert.Throws<FsRecException>(() => Simulated(5).Write(_folder.Path, "made"));

        Assert.Equal(3, ParameterFile.Read(prm).Files.ImageCount);
        Assert.Equal(before, [.. Frames().Append("made_truth.wav").Select(name => File.ReadAllBytes(_folder.File(name)))]);
        Assert.DoesNotContain(_folder.Names(), static name => name.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void What_a_process_that_was_killed_left_half_written_is_removed()
    {
        string left = _folder.File(".made001.raw.00000000-0-000000000000.tmp");
        string own = Path.GetFileName(AtomicFile.TemporaryName(left));
        left = _folder.File(".made001.raw." + own.Split('.')[^2].Split('-')[0] + "-999999999-0123456789ab.tmp");
        File.WriteAllText(left, "half");

        Simulated(2).Write(_folder.Path, "made");

        Assert.False(File.Exists(left));
    }

    [Fact]
    public void Frames_that_the_series_is_read_from_are_not_removed()
    {
        string prm = Simulated(6).Write(_folder.Path, "made");
        FocalSeries last = SeriesReader.Read(ParameterFile.Read(prm).With("Range", "[[3,5]]"));
        OutputFile[] files = [.. Enumerable.Range(0, 3).Select(n => new OutputFile(_folder.File(RawFrameFile.Name("made", n)), "image", file => SeriesExport.WriteRaw(file, last, n)))];

        SeriesOutputs.Save(files, _folder.Path, "made", last, "export", false, Context);

        Assert.Equal(6, Frames().Length);
        Assert.Contains(_messages, static m => m.Text.Contains("the series is read from it", StringComparison.Ordinal));
        Assert.Single(_messages, static m => m.Id == WarningIds.OtherFrames);
    }

    [Fact]
    public void Results_of_the_same_name_are_another_set()
    {
        string prm = Simulated(3).Write(_folder.Path, "made");
        ReconstructionParameters parameters = ParameterFile.Read(prm).With([new("OUTPUTPATH", _folder.Path), new("OUTPUTFILENAME", "made"), new("LinearIterations", "2")]);

        ReconstructionRun.Run(parameters, new RunOptions(), new RunContext());
        Assert.Equal(3, Frames().Length);
        Simulated(2).Write(_folder.Path, "made");

        Assert.True(File.Exists(_folder.File("made.wav")));
        Assert.Equal(2, Frames().Length);
    }

    private string[] Frames() => [.. _folder.Names().Where(static name => name.EndsWith(".raw", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static SimulatedSeries Simulated(int frames) => SeriesSimulator.Simulate(SimulationParameters.Demo with
    {
        Calibration = new Calibration(64, 64, 0.05, 0.05),
        FrameCount = frames,
        Drift = DriftModel.None,
        Seed = frames,
    });
}
