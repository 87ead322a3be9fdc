using FsRec.Parameters;
using FsRec.Reconstructions;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Tests.Restoration;
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

        Assert.Contains(_messages, static m => m.Text.StartsWith("Taken up after 3 linear", StringComparison.Ordinal));
        Assert.Equal(whole.Displacements, resumed.Displacements);
        Assert.Equal(whole.History, resumed.History);
        Assert.True(whole.Wave.Interleaved.SequenceEqual(resumed.Wave.Interleaved));
        // It is of use until the results are whole.
        Assert.True(File.Exists(_run.Out("rec_state.fsrec")));
        checkpoint.Remove();
        Assert.False(File.Exists(_run.Out("rec_state.fsrec")), "The state of a run that is done is still there.");
    }

    // Frames that move by several pixels, round an area whose surroundings are kept: what is kept must not hang on where a frame lay before.
    [Theory]
    [InlineData("sequential", false)]
    [InlineData("sequential-com", false)]
    [InlineData("sequential-com", true)]
    [InlineData("model", false)]
    public void Iterations_end_with_the_same_bits_wherever_they_were_stopped(string method, bool foreign)
    {
        FocalSeries series = Drifting(method, foreign);
        var options = new ReconstructionOptions { Iterations = 7 };
        AlignedSeries start = foreign ? FsRec.Alignment.Prealignment.Run(series).Aligned : AlignedSeries.Unmoved(series);
        Reconstruction whole = WaveReconstruction.Run(start, null, options).Reconstruction;
        Assert.True(method == "model" || whole.History.Count == 7);
        for (int after = 1; after < whole.History.Count; after++)
        {
            Stop(series, start, options, "Reconstruction", after);
            Checkpoint checkpoint = Taken(series, resume: true);
            Reconstruction resumed = checkpoint.Run(checkpoint.Start!, null, options).Reconstruction;

            Assert.Equal(whole.Aligned.Outliers, resumed.Aligned.Outliers);
            Assert.Equal(whole.Displacements, resumed.Displacements);
            Assert.Equal(whole.History, resumed.History);
            Assert.True(whole.Wave.Interleaved.SequenceEqual(resumed.Wave.Interleaved), $"The wave after a stop at iteration {after} is another.");
        }
    }

    [Fact]
    public void Which_frames_do_not_belong_is_part_of_the_state()
    {
        FocalSeries series = Drifting("sequential-com", foreign: true);
        var options = new ReconstructionOptions { Iterations = 4 };
        AlignedSeries start = new(series, AlignedSeries.Unmoved(series).Displacements)
        {
            Method = PrealignmentMethods.Sequential,
            Outliers = [.. Enumerable.Range(0, series.Count).Select(static n => n is 2 or 5)],
        };

        Stop(series, start, options, "Reconstruction", 2);

        Assert.Equal(start.Outliers, Taken(series, resume: true).Start!.Outliers);
    }

    [Fact]
    public void A_run_that_was_stopped_after_its_last_iteration_makes_no_further_one()
    {
        FocalSeries series = SeriesReader.Read(_run.Parameters.With([new("StopWhenAligned", "On"), new("Alignmentprecision", "0.1")]));
        AlignedSeries start = AlignedSeries.Unmoved(series);
        var options = new ReconstructionOptions { Iterations = 30 };
        Reconstruction whole = LinearReconstruction.Run(start, options);
        Assert.InRange(whole.History.Count, 3, 29);

        Stop(series, start, options, "Reconstruction", whole.History.Count);
        Checkpoint checkpoint = Taken(series, resume: true);
        Reconstruction resumed = checkpoint.Run(checkpoint.Start!, null, options).Reconstruction;

        Assert.Equal(whole.History, resumed.History);
        Assert.True(whole.Wave.Interleaved.SequenceEqual(resumed.Wave.Interleaved));
    }

    // Stages end after 4 and 12 iterations. Of this weak object the linear wave is kept and frames are refined in 12; with aberrations the lens is free
    // from the 14th iteration on, in three times as many.
    [Theory]
    [InlineData("Off", 1)]
    [InlineData("Off", 3)]
    [InlineData("Off", 4)]
    [InlineData("Off", 7)]
    [InlineData("Off", 12)]
    [InlineData("C3", 2)]
    [InlineData("C3", 12)]
    [InlineData("C3", 20)]
    [InlineData("C3", 13)]
    [InlineData("C3", 41)]
    public void A_refinement_goes_on_where_it_was_and_ends_with_the_same_bits(string aberrations, int after)
    {
        FocalSeries series = Refined(aberrations);
        AlignedSeries start = AlignedSeries.Unmoved(series);
        var options = new ReconstructionOptions { Iterations = 2 };
        RestorationResult unbroken = WaveReconstruction.Run(start, null, options);
        Reconstruction whole = unbroken.Reconstruction;

        Stop(series, start, options, "Nonlinear refinement", after);
        var iterations = new List<int>();
        var reporter = new Reporter(report =>
        {
            if (report.Stage == "Nonlinear refinement")
            {
                iterations.Add(report.Done);
            }
        });
        Checkpoint checkpoint = Taken(series, resume: true, reporter);
        RestorationResult taken = checkpoint.Run(checkpoint.Start!, null, options);
        Reconstruction resumed = taken.Reconstruction;

        Assert.Contains(_messages, m => m.Text.Contains($"the refinement goes on after {Counted.Of(after, "iteration")}.", StringComparison.Ordinal));
        // Not one of the iterations is made twice.
        Assert.Equal(Enumerable.Range(after + 1, whole.NonlinearHistory.Count - after), iterations);
        Assert.Equal(whole.NonlinearHistory, resumed.NonlinearHistory);
        Assert.Equal(whole.Displacements, resumed.Displacements);
        Assert.Equal(whole.Series.Foci, resumed.Series.Foci);
        Assert.Equal(whole.Series.Microscope, resumed.Series.Microscope);
        Assert.True(whole.Wave.Interleaved.SequenceEqual(resumed.Wave.Interleaved));
        Assert.Equal(unbroken.Nonlinear!.FrameChiSquares, taken.Nonlinear!.FrameChiSquares);
    }

    [Fact]
    public void A_refinement_that_is_stopped_again_and_again_leaves_the_files_of_an_unbroken_one()
    {
        _run.Parameters = Refined("Off").Parameters;
        _run.Run();
        Dictionary<string, string> unbroken = _run.Contents();
        Directory.Delete(_run.Out(""), recursive: true);
        int stops = 0;
        for (bool done = false; !done; stops++)
        {
            using var stop = new CancellationTokenSource();
            int made = 0;
            var reporter = new Reporter(report =>
            {
                if (report.Stage == "Nonlinear refinement" && ++made == 3)
                {
                    stop.Cancel();
                }
            });
            try
            {
                _run.Run(new RunOptions { Resume = stops > 0 }, reporter, stop.Token);
                done = true;
            }
            catch (OperationCanceledException)
            {
                Assert.Equal(["rec_state.fsrec"], _run.AllOutputs());
            }
        }

        Assert.InRange(stops, 4, 6);
        Assert.Equal(unbroken, _run.Contents());
    }

    [Fact]
    public void A_refinement_of_another_number_of_iterations_is_done_anew()
    {
        FocalSeries series = Refined("Off");
        AlignedSeries start = AlignedSeries.Unmoved(series);
        var options = new ReconstructionOptions { Iterations = 2 };
        Stop(series, start, options, "Nonlinear refinement", 5);
        FocalSeries other = series.WithParameters(series.Parameters.With("NonlinearIterations", "6"));
        Reconstruction whole = WaveReconstruction.Run(AlignedSeries.Unmoved(other), null, options).Reconstruction;

        Checkpoint checkpoint = Taken(other, resume: true);
        Reconstruction resumed = checkpoint.Run(checkpoint.Start!, null, options).Reconstruction;

        Assert.Equal(whole.NonlinearHistory, resumed.NonlinearHistory);
        Assert.True(whole.Wave.Interleaved.SequenceEqual(resumed.Wave.Interleaved));
    }

    private FocalSeries Drifting(string method, bool foreign)
    {
        var weak = new WeakObject(160, 144);
        float[][] frames = weak.Frames([.. weak.Drift().Select(static d => d with { Dx = 4.3 * d.Dx, Dy = 5.1 * d.Dy })]);
        if (foreign)
        {
            frames[5] = SmallSeries.Noise(frames[5].Length, 1, 0.02, seed: 4);
        }

        return new FocalSeries(
            weak.Parameters.With([new("AREA", "[64,64]"), new("Methprealign", method)]) with { Files = _run.Parameters.Files },
            frames);
    }

    private FocalSeries Refined(string aberrations) => SeriesReader.Read(_run.Parameters.With([
        new("Restoration", "Nonlinear"), new("Refineaberrations", aberrations), new("NonlinearIterations", "14"), new("NonlinearTolerance", "0")]));

    [Fact]
    public void Iterations_that_align_to_the_model_end_with_the_same_bits()
    {
        FocalSeries series = SeriesReader.Read(_run.Parameters.With("Methprealign", "model"));
        AlignedSeries start = FsRec.Alignment.Prealignment.Run(series).Aligned;
        var options = new ReconstructionOptions { Iterations = 5 };
        Reconstruction whole = WaveReconstruction.Run(start, null, options).Reconstruction;

        Stop(series, start, options, "Reconstruction", 2);
        Checkpoint checkpoint = Taken(series, resume: true);
        Reconstruction resumed = checkpoint.Run(checkpoint.Start!, null, options).Reconstruction;

        Assert.Equal(whole.Displacements, resumed.Displacements);
        Assert.True(whole.Wave.Interleaved.SequenceEqual(resumed.Wave.Interleaved));
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    public void Resume_is_not_ignored_by_modes_that_reconstruct_nothing(bool boxcar, bool prealign, bool steps)
    {
        var options = new RunOptions { Resume = true, Boxcar = boxcar ? 2 : null, PrealignOnly = prealign, StepAnalysis = steps };

        Assert.Contains("--resume", Assert.Throws<ParameterException>(() => _run.Run(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_that_cannot_be_written_warns_and_the_run_goes_on()
    {
        FocalSeries series = SeriesReader.Read(_run.Parameters);
        Directory.CreateDirectory(_run.Out("rec_state.fsrec/in the way"));

        RestorationResult result = Taken(series, resume: false).Run(AlignedSeries.Unmoved(series), null, new ReconstructionOptions { Iterations = 3 });

        Assert.Equal(3, result.Reconstruction.History.Count);
        Assert.Contains("the run goes on", Assert.Single(_messages, static m => m.IsWarning).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_state_outlives_results_that_cannot_be_written()
    {
        using var stop = new CancellationTokenSource();
        var reporter = new Reporter(report =>
        {
            // After all that is looked at beforehand.
            if (report.Stage == "Reconstruction" && report.Done == 2 && !Directory.Exists(_run.Out("rec.wav")))
            {
                Directory.CreateDirectory(_run.Out("rec.wav"));
            }
        });

        string message = Assert.Throws<FsRecException>(() => _run.Run(new RunOptions { Iterations = 3 }, reporter)).Message;
        Assert.Contains("rec.wav", message + _run.Out("rec.wav"), StringComparison.Ordinal);
        Assert.Contains("--resume", message, StringComparison.Ordinal);
        Directory.Delete(_run.Out("rec.wav"));

        RunResult resumed = _run.Run(new RunOptions { Iterations = 3, Resume = true });

        Assert.Contains(_run.Messages, static m => m.Text.StartsWith("Taken up after 3 linear", StringComparison.Ordinal));
        RunResult whole = _run.Run(new RunOptions { Iterations = 3 });
        Assert.True(whole.Reconstruction!.Wave.Interleaved.SequenceEqual(resumed.Reconstruction!.Wave.Interleaved));
    }

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
}
