using FsRec.Alignment;
using FsRec.Formats;
using FsRec.Fourier;
using FsRec.Parameters;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Tests.Restoration;
using FsRec.Tests.Series;

namespace FsRec.Tests.Runs;

public sealed class ReconstructionRunTests : IDisposable
{
    private readonly RunFolder _run = new(drift: true);

    public void Dispose() => _run.Dispose();

    // What makes peaks is not advised to a run that has it.
    [Theory]
    [InlineData("prealignonly", "sequential", "a run with --prealignonly shows none")]
    [InlineData("boxcar", "sequential", "a run with --boxcar shows none")]
    [InlineData("crossvalidate", "sequential", "a run with --crossvalidate shows none")]
    [InlineData("1", "sequential", "Make 2 iterations or more, --liniter.")]
    [InlineData("2", "model", "Methprealign=sequential has them")]
    [InlineData("2", "sequential", null)]
    public void Where_there_are_no_correlation_peaks_it_is_said_why_none_are_shown(string what, string method, string? expected)
    {
        _run.Parameters = _run.Parameters.With("Methprealign", method);
        RunOptions options = what switch
        {
            "prealignonly" => new() { PrealignOnly = true },
            "boxcar" => new() { Boxcar = 2 },
            "crossvalidate" => new() { CrossValidate = 3 },
            _ => new() { Iterations = int.Parse(what, System.Globalization.CultureInfo.InvariantCulture) },
        };

        _run.Run(options with { ShowAlignment = true });

        string[] told = [.. _run.Warnings.Where(static warning => warning.StartsWith(WarningIds.NothingToShow, StringComparison.Ordinal))];
        if (expected is null)
        {
            Assert.Empty(told);
            Assert.Contains("rec_alignment_002.png", _run.Outputs());
            return;
        }

        Assert.Contains(expected, Assert.Single(told), StringComparison.Ordinal);
        Assert.Equal(method == "model", told[0].Contains("Methprealign=sequential", StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_writes_wave_filtered_wave_and_displacements_and_nothing_else()
    {
        RunResult result = _run.Run();

        Assert.Equal(["rec.wav", "rec_dxy.csv", "rec_filt.wav"], _run.Outputs());
        Assert.Equal([_run.Out("rec.wav"), _run.Out("rec_filt.wav"), _run.Out("rec_dxy.csv")], result.Files);
        // Two iterations do not bring the frames to rest, and the parameters ask for no more.
        Assert.StartsWith("NotConverged: the last of 2 iterations", Assert.Single(_run.Warnings), StringComparison.Ordinal);
        Reconstruction reconstruction = Assert.IsType<Reconstruction>(result.Reconstruction);
        Assert.Equal(2, reconstruction.History.Count);
        Assert.Null(result.Prealignment);
        Calibration shape = _run.Parameters.Image.Calibration;
        Assert.Equal(reconstruction.Wave.Interleaved.ToArray(), WaveFile.Read(_run.Out("rec.wav"), shape).Interleaved.ToArray());
        Assert.Equal(reconstruction.FilteredWave.Interleaved.ToArray(), WaveFile.Read(_run.Out("rec_filt.wav"), shape).Interleaved.ToArray());
        Assert.InRange(DisplacementAlgebra.Largest(DisplacementAlgebra.Subtract(DisplacementFile.Read(_run.Out("rec_dxy.csv")), result.Aligned.Displacements)), 0, 1e-6);
    }

    [Fact]
    public void Fewer_iterations_than_asked_for_by_the_parameters_are_told_without_doubt()
    {
        _run.Parameters = _run.Parameters.With("LinearIterations", "4");

        RunResult result = _run.Run(new RunOptions { Iterations = 2 });

        Assert.False(result.IsDoubtful);
        Assert.Empty(_run.Warnings);
        Assert.Contains(_run.Messages, static m => m.Text.StartsWith("The last of 2 iterations still moved a frame", StringComparison.Ordinal) && m.Text.Contains("fewer than LinearIterations, 4", StringComparison.Ordinal));
    }

    [Fact]
    public void It_is_what_the_library_computes_from_the_same_frames()
    {
        RunResult result = _run.Run();

        Reconstruction direct = LinearReconstruction.Run(
            AlignedSeries.Unmoved(new FocalSeries(_run.Parameters, _run.Frames)), new ReconstructionOptions { Iterations = 2 });
        Assert.Equal(direct.Displacements, result.Aligned.Displacements);
        Assert.Equal(direct.Wave.Interleaved.ToArray(), result.Reconstruction!.Wave.Interleaved.ToArray());
    }

    [Fact]
    public void The_number_of_iterations_may_be_given()
    {
        Assert.Equal(3, _run.Run(new RunOptions { Iterations = 3 }).Reconstruction!.History.Count);
    }

    [Fact]
    public void With_pre_alignment_the_displacements_start_from_it()
    {
        _run.Parameters = _run.Parameters with { Alignment = _run.Parameters.Alignment with { Prealignment = true } };

        RunResult result = _run.Run(new RunOptions { Iterations = 1 });

        // The first iteration moves nothing.
        Assert.Equal(Prealignment.Run(new FocalSeries(_run.Parameters, _run.Frames)).Aligned.Displacements, result.Aligned.Displacements);
        Assert.NotNull(result.Prealignment);
    }

    [Fact]
    public void Prealignonly_writes_the_displacements_alone()
    {
        RunResult result = _run.Run(new RunOptions { PrealignOnly = true });

        Assert.Equal(["rec_dxy.csv"], _run.Outputs());
        Assert.NotNull(result.Prealignment);
        Assert.Null(result.Reconstruction);
    }

    [Fact]
    public void Saveintermediaterec_writes_each_iterations_wave_the_last_being_the_result()
    {
        _run.Parameters = _run.Parameters with { Linear = _run.Parameters.Linear with { SaveIntermediate = true, Iterations = 3 } };

        _run.Run();

        Assert.Equal(["rec.wav", "rec_001.wav", "rec_002.wav", "rec_003.wav", "rec_dxy.csv", "rec_filt.wav"], _run.Outputs());
        Dictionary<string, string> contents = _run.Contents();
        Assert.Equal(contents["rec.wav"], contents["rec_003.wav"]);
        Assert.NotEqual(contents["rec_001.wav"], contents["rec_003.wav"]);
    }

    [Fact]
    public void Savealigned_writes_frames_that_lie_on_one_another()
    {
        _run.Parameters = _run.Parameters with { Linear = _run.Parameters.Linear with { SaveAligned = true, Iterations = 8 } };

        _run.Run();

        Assert.Equal(8, _run.Outputs().Count(static name => name.StartsWith("rec_ali_float32_", StringComparison.Ordinal)));
        Calibration shape = _run.Parameters.Image.Calibration;
        float[][] aligned = [.. Enumerable.Range(0, 8).Select(n =>
        {
            var frame = new float[shape.PixelCount];
            RawFrameFile.Read(_run.Out(RawFrameFile.Name("rec_ali_float32_", n)), shape, frame);
            return frame;
        })];
        // Neighbours differ by their focus too; without drift they would differ by this.
        double still = NeighbourDifference(_run.Object.Frames(WeakObject.NoDrift()));
        double before = NeighbourDifference(_run.Frames);
        double after = NeighbourDifference(aligned);
        Assert.True(before > 1.1 * still, $"{before} against {still}");
        Assert.InRange(after, 0.98 * still, 1.02 * still);
    }

    [Fact]
    public void Images_of_a_range_keep_their_numbers()
    {
        _run.Parameters = _run.Parameters.With([new("Range", "[[2,4],7]"), new("Savealigned", "Yes")]);

        RunResult result = _run.Run();

        Assert.Equal(
            ["rec.wav", "rec_ali_float32_002.raw", "rec_ali_float32_003.raw", "rec_ali_float32_004.raw", "rec_ali_float32_007.raw", "rec_dxy.csv", "rec_filt.wav"],
            _run.Outputs());
        Assert.Equal([2, 3, 4, 7], DisplacementFile.Read(_run.Out("rec_dxy.csv")).Select(static d => d.ImageNumber));
        Assert.Equal([-160, -140, -120, -60], result.Aligned.Series.Foci);
    }

    [Fact]
    public void A_failing_run_leaves_the_earlier_results_as_they_were()
    {
        _run.Run();
        Dictionary<string, string> before = _run.Contents();
        File.WriteAllBytes(_run.In("img_006.raw"), new byte[100]);

        Assert.Throws<DataException>(() => _run.Run(new RunOptions { Iterations = 3 }));

        Assert.Equal(before, _run.Contents());
    }

    [Fact]
    public void An_interrupted_run_leaves_the_earlier_results_as_they_were()
    {
        _run.Run();
        Dictionary<string, string> before = _run.Contents();
        using var interrupted = new CancellationTokenSource();
        var reporter = new Reporter(report =>
        {
            if (report.Stage == "Reconstruction" && report.Done == 2)
            {
                interrupted.Cancel();
            }
        });

        Assert.ThrowsAny<OperationCanceledException>(() => _run.Run(new RunOptions { Iterations = 500 }, reporter, interrupted.Token));

        // The state, from which it goes on, is all there is besides.
        Assert.True(File.Exists(_run.Out("rec_state.fsrec")));
        File.Delete(_run.Out("rec_state.fsrec"));
        Assert.Equal(before, _run.Contents());
    }

    [Fact]
    public void A_first_run_that_is_interrupted_leaves_its_state_alone()
    {
        using var interrupted = new CancellationTokenSource();
        var reporter = new Reporter(report =>
        {
            if (report.Stage == "Reconstruction" && report.Done == 2)
            {
                interrupted.Cancel();
            }
        });

        Assert.ThrowsAny<OperationCanceledException>(() => _run.Run(new RunOptions { Iterations = 500 }, reporter, interrupted.Token));

        Assert.Equal(["rec_state.fsrec"], _run.AllOutputs());
    }

    [Fact]
    public void Boxcar_writes_whole_sums_of_neighbours_and_parameters_to_reconstruct_them()
    {
        _run.Run(new RunOptions { Boxcar = 3 });

        // Again over the sums of before, and over those of another width beside them.
        _run.Run(new RunOptions { Boxcar = 4 });
        foreach (string path in Directory.EnumerateFiles(Path.GetDirectoryName(_run.Out("x"))!, "*_boxcar_4*"))
        {
            File.Delete(path);
        }

        RunResult result = _run.Run(new RunOptions { Boxcar = 3 });

        Assert.Equal(
            ["rec_boxcar_3.fsr", "rec_boxcar_3_float32_000.raw", "rec_boxcar_3_float32_001.raw", "rec_dxy.csv"], _run.Outputs());
        Assert.Null(result.Reconstruction);
        Assert.Contains("last 2 of 8 frames", Assert.Single(_run.Warnings), StringComparison.Ordinal);
        Calibration shape = _run.Parameters.Image.Calibration;
        var sum = new float[shape.PixelCount];
        RawFrameFile.Read(_run.Out("rec_boxcar_3_float32_001.raw"), shape, sum);
        float[][] frames = [.. Enumerable.Range(3, 3).Select(n => result.Aligned.Series.GetFrame(n))];
        Assert.All(Enumerable.Range(0, sum.Length), i => Assert.Equal(frames[0][i] + frames[1][i] + frames[2][i], sum[i], 5e-6));

        var summed = SeriesReader.Read(ParameterFile.Read(_run.Out("rec_boxcar_3.fsr")));
        // Means of −200, −180, −160 and of −140, −120, −100.
        Assert.Equal([-180, -120], summed.Foci.Select(static z => Math.Round(z, 6)));
    }

    [Fact]
    public void Showarea_writes_a_picture_beside_the_rest()
    {
        _run.Run(new RunOptions { ShowArea = true, PrealignOnly = true });

        Assert.Equal(["rec_area.png", "rec_dxy.csv"], _run.Outputs());
    }

    private static double NeighbourDifference(float[][] frames) => Math.Sqrt(Enumerable.Range(1, frames.Length - 1).Average(
        n => AreaStatistics.MeanSquaredDifference(frames[n], frames[n - 1])));
}
