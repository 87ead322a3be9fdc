using FsRec.Parameters;
using FsRec.Reconstructions;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Tests.Series;

namespace FsRec.Tests.Runs;

/// <summary>A run that was stopped is taken up where it was.</summary>
public sealed class ResumeTests : IDisposable
{
    private readonly RunFolder _run = new(drift: true);
    private readonly List<RunMessage> _messages = [];

    public void Dispose() => _run.Dispose();

    [Fact]
    public void Linear_iterations_end_with_the_same_bits()
    {
        FocalSeries series = SeriesReader.Read(_run.Parameters);
        AlignedSeries start = AlignedSeries.Unmoved(series);
        var options = new ReconstructionOptions { Iterations = 6 };
        Reconstruction whole = LinearReconstruction.Run(start, options);

        Stop(series, start, options, "Reconstruction", 3);
        Checkpoint checkpoint = Taken(series, resume: true);
        Assert.NotEqual(start.Displacements, checkpoint.Start!.Displacements);
        Reconstruction resumed = checkpoint.Run(checkpoint.Start!, null, options).Reconstruction;

        Assert.Contains(_messages, static m => m.Text.StartsWith("Taken up after 3 linear and 0 nonlinear", StringComparison.Ordinal));
        Assert.Equal(whole.Displacements, resumed.Displacements);
        Assert.Equal(whole.History, resumed.History);
        Assert.True(whole.Wave.Interleaved.SequenceEqual(resumed.Wave.Interleaved));
        Assert.False(File.Exists(_run.Out("rec_state.fsrec")), "The state of a run that is done is still there.");
    }

    [Fact]
    public void The_refinement_ends_at_the_same_wave()
    {
        FocalSeries series = SeriesReader.Read(_run.Parameters);
        AlignedSeries start = AlignedSeries.Unmoved(series);
        var options = new ReconstructionOptions { Iterations = 2, Method = RestorationMethod.Nonlinear };
        NonlinearResult whole = WaveReconstruction.Run(start, null, options).Nonlinear!;

        Stop(series, start, options, "Nonlinear refinement", 3);
        Checkpoint checkpoint = Taken(series, resume: true);
        NonlinearResult resumed = checkpoint.Run(checkpoint.Start!, null, options).Nonlinear!;

        Assert.Contains(_messages, static m => m.Text.StartsWith("Taken up after 2 linear and 3 nonlinear", StringComparison.Ordinal));
        Assert.Equal(whole.Iterations.Take(3), resumed.Iterations.Take(3));
        Assert.Equal(Enumerable.Range(1, resumed.Iterations.Count), resumed.Iterations.Select(static i => i.Iteration));
        Assert.Equal(whole.Iterations[^1].ReducedChiSquare, resumed.Iterations[^1].ReducedChiSquare, 0.02);
        Assert.InRange(DisplacementAlgebra.Rms(DisplacementAlgebra.Subtract(whole.Reconstruction.Displacements, resumed.Reconstruction.Displacements)), 0, 0.05);
    }

    [Fact]
    public void Aberrations_that_are_fitted_are_taken_up_too()
    {
        FocalSeries series = SeriesReader.Read(_run.Parameters.With("Refineaberrations", "C3").With("NonlinearIterations", "6").With("NonlinearTolerance", "0"));
        AlignedSeries start = AlignedSeries.Unmoved(series);
        var options = new ReconstructionOptions { Iterations = 2, Method = RestorationMethod.Nonlinear };
        AberrationUncertainty whole = Assert.Single(WaveReconstruction.Run(start, null, options).Reconstruction.Uncertainty!.Aberrations);

        Stop(series, start, options, "Nonlinear refinement", 10);
        Checkpoint checkpoint = Taken(series, resume: true);
        AberrationUncertainty resumed = Assert.Single(checkpoint.Run(checkpoint.Start!, null, options).Reconstruction.Uncertainty!.Aberrations);

        Assert.Contains(_messages, static m => m.Text.StartsWith("Taken up after 2 linear and 10 nonlinear", StringComparison.Ordinal));
        Assert.True(whole.Change > 0, "It was not fitted.");
        Assert.Equal((whole.Name, whole.Given, whole.IsTaken), (resumed.Name, resumed.Given, resumed.IsTaken));
        Assert.InRange(Math.Abs(whole.Change - resumed.Change), 0, 0.5 * whole.Error);
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

    private Checkpoint Taken(FocalSeries series, bool resume, Reporter? reporter = null, CancellationToken token = default) => new(
        series, resume, new RunContext { Progress = reporter, Message = _messages.Add, CancellationToken = token }, TimeSpan.Zero);

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
}
