using FsRec.Parameters;
using FsRec.Restoration;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Tests.Series;

namespace FsRec.Tests.Runs;

/// <summary>States of other runs, builds and frames, and damaged ones, are refused in a sentence.</summary>
public sealed class RefusedStateTests : IDisposable
{
    private readonly RunFolder _run = new(drift: true);
    private readonly List<RunMessage> _messages = [];

    public void Dispose() => _run.Dispose();

    private Checkpoint Taken(FocalSeries series, bool resume, Reporter? reporter = null, CancellationToken token = default) => new(
        series, resume ? StateUse.Resume : StateUse.Keep, new RunContext { Progress = reporter, Message = _messages.Add, CancellationToken = token }, TimeSpan.Zero);

    /// <summary>Runs until a stage has done so many iterations.</summary>
    private void Stop(FocalSeries series, AlignedSeries start, ReconstructionOptions options, string stage, int after)
    {
        using var stop = new CancellationTokenSource();
        var reporter = new Reporter(report =>
        {
            if (report.Stage == stage && report.Done == after)
            {
                stop.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => Taken(series, resume: false, reporter, stop.Token).Run(start, null, options));
        Assert.True(File.Exists(_run.Out("rec_state.fsrec")));
    }

    [Theory]
    [InlineData("Limit", "3", "parameters")]
    [InlineData("Comkernel", "4", "parameters")]
    public void A_state_of_other_parameters_is_refused(string key, string value, string what)
    {
        FocalSeries series = SeriesReader.Read(_run.Parameters);
        Stop(series, AlignedSeries.Unmoved(series), new ReconstructionOptions { Iterations = 6 }, "Reconstruction", 2);

        var exception = Assert.Throws<DataException>(() => Taken(series.WithParameters(series.Parameters.With(key, value)), resume: true));

        Assert.Contains($"other {what}", exception.Message, StringComparison.Ordinal);
        Assert.Contains("rec_state.fsrec", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"{key}={ParameterKeys.Find(key)!.Print(series.Parameters)}, not {value}.", exception.Message, StringComparison.Ordinal);
        Assert.Contains("--resume takes the same options", exception.Message, StringComparison.Ordinal);
        // How far a run goes may change.
        Taken(series.WithParameters(series.Parameters.With("LinearIterations", "40")), resume: true);
    }

    [Fact]
    public void A_state_of_other_frames_is_refused()
    {
        FocalSeries series = SeriesReader.Read(_run.Parameters);
        Stop(series, AlignedSeries.Unmoved(series), new ReconstructionOptions { Iterations = 6 }, "Reconstruction", 2);
        float[][] frames = [.. Enumerable.Range(0, series.Count).Select(series.GetFrame)];
        frames[1][7] += 0.5f;

        var exception = Assert.Throws<DataException>(() => Taken(new FocalSeries(series.Parameters, frames), resume: true));

        Assert.Contains("other frames", exception.Message, StringComparison.Ordinal);
    }

    // Pixels that changed places leave the mean of a frame as it was.
    [Fact]
    public void A_state_of_frames_with_the_same_means_and_other_pixels_is_refused()
    {
        FocalSeries series = SeriesReader.Read(_run.Parameters);
        Stop(series, AlignedSeries.Unmoved(series), new ReconstructionOptions { Iterations = 6 }, "Reconstruction", 2);
        byte[] pixels = File.ReadAllBytes(_run.In("img_004.raw"));
        byte[] first = pixels[..4];
        pixels.AsSpan(4, 4).CopyTo(pixels);
        first.CopyTo(pixels, 4);
        File.WriteAllBytes(_run.In("img_004.raw"), pixels);
        FocalSeries other = SeriesReader.Read(_run.Parameters);
        Assert.Equal(series.Marks.Select(static m => m.Mean), other.Marks.Select(static m => m.Mean));

        Assert.Contains("other frames", Assert.Throws<DataException>(() => Taken(other, resume: true)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_state_is_refused_and_a_missing_one_starts_anew()
    {
        FocalSeries series = SeriesReader.Read(_run.Parameters);
        Stop(series, AlignedSeries.Unmoved(series), new ReconstructionOptions { Iterations = 6 }, "Reconstruction", 2);
        byte[] state = File.ReadAllBytes(_run.Out("rec_state.fsrec"));
        File.WriteAllBytes(_run.Out("rec_state.fsrec"), state[..^9]);
        Assert.Throws<DataException>(() => Taken(series, resume: true));
        File.WriteAllText(_run.Out("rec_state.fsrec"), "something else");
        Assert.Throws<DataException>(() => Taken(series, resume: true));
        File.Delete(_run.Out("rec_state.fsrec"));

        Assert.Null(Taken(series, resume: true).Start);
        _run.Run(new RunOptions { Resume = true });
        Assert.Contains(_run.Messages, static m => !m.IsWarning && m.Text.Contains("starts from the beginning", StringComparison.Ordinal));
        Assert.Contains("rec.wav", _run.Outputs());
    }

    [Fact]
    public void Any_damage_to_a_state_is_seen()
    {
        FocalSeries series = SeriesReader.Read(_run.Parameters);
        Stop(series, AlignedSeries.Unmoved(series), new ReconstructionOptions { Iterations = 6 }, "Reconstruction", 2);
        byte[] state = File.ReadAllBytes(_run.Out("rec_state.fsrec"));
        var random = new Random(1);
        for (int i = 0; i < 200; i++)
        {
            byte[] damaged = [.. state];
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(_run.Out("rec_state.fsrec"), damaged);
            Assert.Throws<DataException>(() => Taken(series, resume: true));
        }
    }

    [Fact]
    public void A_state_of_another_method_or_another_start_is_refused()
    {
        FocalSeries series = SeriesReader.Read(_run.Parameters);
        Stop(series, AlignedSeries.Unmoved(series), new ReconstructionOptions { Iterations = 6 }, "Reconstruction", 2);

        Assert.Contains("other options", Assert.Throws<DataException>(() => Taken(series.WithRestoration(RestorationMethod.Wiener), resume: true)).Message, StringComparison.Ordinal);
        StateFile.Write(
            _run.Out("rec_state.fsrec"),
            StateFile.Read(_run.Out("rec_state.fsrec"), OptionNames.Console) is var state ? state with { Fingerprint = InputFingerprint.Of(series.WithRestoration(RestorationMethod.Nonlinear), false) } : null!);
        Assert.Contains("add --nonlinear.", Assert.Throws<DataException>(() => Taken(series, resume: true)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "add -Method Nonlinear.",
            Assert.Throws<DataException>(() => new Checkpoint(series, StateUse.Resume, new RunContext { Names = OptionNames.PowerShell })).Message,
            StringComparison.Ordinal);
        StateFile.Write(_run.Out("rec_state.fsrec"), state);
        Assert.Contains(
            "from an earlier run's files",
            Assert.Throws<DataException>(() => new Checkpoint(series, StateUse.Resume, new RunContext(), usesPrevious: true)).Message,
            StringComparison.Ordinal);
        // Further than what is asked for.
        Assert.Contains(
            "after 2 iterations, and 1 is asked for",
            Assert.Throws<DataException>(() => Taken(series, resume: true) is var c ? c.Run(c.Start!, null, new ReconstructionOptions { Iterations = 1 }) : null).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("build")]
    [InlineData("processor")]
    public void A_state_of_another_build_or_processor_is_refused(string what)
    {
        FocalSeries series = SeriesReader.Read(_run.Parameters);
        Stop(series, AlignedSeries.Unmoved(series), new ReconstructionOptions { Iterations = 6 }, "Reconstruction", 2);
        RunState state = StateFile.Read(_run.Out("rec_state.fsrec"), OptionNames.Console);
        StateFile.Write(
            _run.Out("rec_state.fsrec"),
            state with { Fingerprint = what == "build" ? state.Fingerprint with { Build = "another" } : state.Fingerprint with { Processor = "another" } });

        Assert.Contains($"another {what}", Assert.Throws<DataException>(() => Taken(series, resume: true)).Message, StringComparison.Ordinal);
    }
}
