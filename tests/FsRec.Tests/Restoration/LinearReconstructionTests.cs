using FsRec.Alignment;
using FsRec.Parameters;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Series;
using FsRec.Tests.Series;

namespace FsRec.Tests.Restoration;

public sealed class LinearReconstructionTests(ITestOutputHelper output)
{
    private static readonly WeakObject Object = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_weak_object_is_recovered_from_aligned_frames(bool envelopes)
    {
        var weak = new WeakObject();
        ReconstructionParameters parameters = weak.Parameters with { Linear = weak.Parameters.Linear with { Envelopes = envelopes } };
        float[][] frames = weak.Frames(WeakObject.NoDrift());
        if (!envelopes)
        {
            parameters = parameters with { Microscope = parameters.Microscope with { Semiconvergence = 0, FocusSpread = 0, ImageSpread = 0 } };
            frames = Unblurred(parameters);
        }

        Reconstruction result = LinearReconstruction.Run(
            AlignedSeries.Unmoved(new FocalSeries(parameters, frames)), new ReconstructionOptions { Iterations = 1 });

        // What linear restoration leaves out is the square of the scattered amplitude, a hundredth.
        Assert.InRange(WeakObject.Difference(result.Wave, weak.Wave), 0, 0.03);
        Assert.Equal(WeakObject.Scattered, result.ScatteredFraction, 0.03 * WeakObject.Scattered);
    }

    [Fact]
    public void Drifting_frames_are_aligned_and_the_object_recovered()
    {
        FrameDisplacement[] drift = Object.Drift();

        Reconstruction result = LinearReconstruction.Run(AlignedSeries.Unmoved(Object.Series(drift)), new ReconstructionOptions { Iterations = 12 });

        foreach (IterationRecord record in result.History)
        {
            output.WriteLine(record.ToString());
        }

        IReadOnlyList<FrameDisplacement> wrong = DisplacementAlgebra.Subtract(result.Aligned.DisplacementsWithoutTilt, drift);
        output.WriteLine(FormattableString.Invariant($"largest error {DisplacementAlgebra.Largest(wrong):0.0000} px"));
        Assert.InRange(DisplacementAlgebra.Largest(wrong), 0, Object.Parameters.Alignment.Precision);
        Assert.InRange(result.History[^1].ResidualRms, 0, result.History[0].ResidualRms / 5);
    }

    [Fact]
    public void Iterations_after_iterations_are_as_many_at_once()
    {
        // The wave of a Reconstruction went to real space and back, at float32: not the same bits, but the same numbers.
        AlignedSeries start = AlignedSeries.Unmoved(Object.Series(Object.Drift()));
        Reconstruction atOnce = LinearReconstruction.Run(start, new ReconstructionOptions { Iterations = 5 });

        Reconstruction part = LinearReconstruction.Run(start, new ReconstructionOptions { Iterations = 2 });
        Reconstruction whole = LinearReconstruction.Continue(part, new ReconstructionOptions { Iterations = 3 });

        Assert.Equal([1, 2, 3], whole.History.Select(static r => r.Iteration));
        Assert.InRange(DisplacementAlgebra.Largest(DisplacementAlgebra.Subtract(whole.Displacements, atOnce.Displacements)), 0, 1e-3);
        Assert.InRange(WeakObject.Difference(whole.Wave, atOnce.Wave), 0, 1e-3);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(atOnce.History[i + 2].LargestMove, whole.History[i].LargestMove, 1e-3);
            Assert.Equal(atOnce.History[i + 2].ResidualRms, whole.History[i].ResidualRms, 1e-5);
        }
    }

    [Fact]
    public void To_continue_for_no_iteration_is_to_stay()
    {
        Reconstruction part = LinearReconstruction.Run(Object.Still(), new ReconstructionOptions { Iterations = 1 });

        Reconstruction same = LinearReconstruction.Continue(part, new ReconstructionOptions { Iterations = 0 });

        Assert.Same(part.Wave, same.Wave);
        Assert.Equal(part.Displacements, same.Displacements);
        Assert.Empty(same.History);
        Assert.InRange(WeakObject.Difference(part.FilteredWave, same.FilteredWave), 0, 1e-4);
    }

    [Fact]
    public void The_first_iteration_moves_nothing()
    {
        Reconstruction result = LinearReconstruction.Run(AlignedSeries.Unmoved(Object.Series(Object.Drift())), new ReconstructionOptions { Iterations = 1 });

        Assert.All(result.Displacements, static d => Assert.Equal((0.0, 0.0), (d.Dx, d.Dy)));
        Assert.Equal(0, result.History[0].LargestMove);
    }

    [Fact]
    public void It_stops_once_nothing_moves_when_told_to()
    {
        ReconstructionParameters stopping = Object.Parameters with { Linear = Object.Parameters.Linear with { StopWhenAligned = true, Iterations = 30 } };
        FocalSeries series = Object.Series(Object.Drift());

        Reconstruction stopped = LinearReconstruction.Run(AlignedSeries.Unmoved(series.WithParameters(stopping)));

        Assert.InRange(stopped.History.Count, 3, 29);
        Assert.InRange(stopped.History[^1].LargestMove, 0, stopping.Alignment.Precision);
        Assert.All(stopped.History.Skip(1).SkipLast(1), r => Assert.True(r.LargestMove >= stopping.Alignment.Precision || r.LargestMoveWithoutTilt >= stopping.Alignment.Precision));
    }

    [Fact]
    public void Otherwise_it_does_what_LinearIterations_says()
    {
        Reconstruction result = LinearReconstruction.Run(Object.Still());

        Assert.Equal(Enumerable.Range(1, 8), result.History.Select(static r => r.Iteration));
        Assert.All(result.History, static r => Assert.All(
            (double[])[r.LargestMove, r.LargestMoveWithoutTilt, r.ScatteredFraction, r.ResidualRms],
            static v => Assert.True(double.IsFinite(v) && v >= 0)));
        Assert.All(result.History, static r => Assert.True(r.LargestMoveWithoutTilt <= r.LargestMove + 1e-12 || r.LargestMove < 1e-3));
    }

    [Fact]
    public void The_wave_after_each_iteration_is_handed_out()
    {
        var seen = new List<(int Iteration, ExitWave Wave)>();

        Reconstruction result = LinearReconstruction.Run(
            Object.Still(), new ReconstructionOptions { Iterations = 3, AfterIteration = (iteration, wave) => seen.Add((iteration, wave)) });

        Assert.Equal([1, 2, 3], seen.Select(static s => s.Iteration));
        Assert.Equal(result.Wave.Interleaved.ToArray(), seen[^1].Wave.Interleaved.ToArray());
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        AlignedSeries start = AlignedSeries.Unmoved(Object.Series(Object.Drift()));

        Reconstruction one = LinearReconstruction.Run(start, new ReconstructionOptions { Iterations = 3, Threads = 1 });
        Reconstruction many = LinearReconstruction.Run(start, new ReconstructionOptions { Iterations = 3, Threads = 3 });

        Assert.Equal(one.Displacements, many.Displacements);
        Assert.Equal(one.History, many.History);
        Assert.Equal(one.Wave.Interleaved.ToArray(), many.Wave.Interleaved.ToArray());
    }

    [Fact]
    public void One_frame_is_not_enough()
    {
        ReconstructionParameters parameters = SmallSeries.Parameters(new Calibration(32, 32, 0.05, 0.05), 4, -50);
        var series = new FocalSeries(parameters, [SmallSeries.Noise(1024, 1, 0.1, 1)]);

        string message = Assert.Throws<FsRecException>(() => LinearReconstruction.Run(AlignedSeries.Unmoved(series))).Message;

        Assert.Contains("at least two frames", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void It_takes_an_iteration_to_reconstruct(int iterations) =>
        Assert.Throws<FsRecException>(() => LinearReconstruction.Run(Object.Still(), new ReconstructionOptions { Iterations = iterations }));

    [Fact]
    public void A_wave_of_another_shape_is_refused()
    {
        var wave = new ExitWave(new Calibration(72, 64, 0.05, 0.05), new float[2 * 64 * 72]);

        string message = Assert.Throws<FsRecException>(() => LinearReconstruction.FromWave(Object.Still(), wave)).Message;

        Assert.Contains("72×64", message, StringComparison.Ordinal);
        Assert.Contains("64×72", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_over_the_edge_names_the_image()
    {
        // The room round the area, half of 64 by 72, is 16 and 18 px.
        FrameDisplacement[] start = WeakObject.NoDrift();
        start[5] = new FrameDisplacement(5, 18.5, 0);

        string message = Assert.Throws<AlignmentException>(
            () => LinearReconstruction.Run(new AlignedSeries(Object.Series(WeakObject.NoDrift()), start))).Message;

        Assert.Contains("Image 5 ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_stops_soon_after_the_token_is_cancelled()
    {
        var large = new WeakObject(256, 256);
        AlignedSeries start = large.Still();
        using var cancelled = new CancellationTokenSource();
        int done = 0;
        var reporter = new Reporter(report =>
        {
            done = report.Stage == "Reconstruction" ? report.Done : done;
            if (done == 2)
            {
                cancelled.Cancel();
            }
        });

        Assert.ThrowsAny<OperationCanceledException>(
            () => LinearReconstruction.Run(start, new ReconstructionOptions { Iterations = 1000 }, reporter, cancelled.Token));

        // Between two frames: not even the iteration that it had begun is made.
        Assert.Equal(2, done);
    }

    /// <summary>The images of the object by a microscope without envelopes.</summary>
    private static float[][] Unblurred(ReconstructionParameters parameters)
    {
        var simulator = new FsRec.Optics.ImageSimulator(Object.Band);
        using FsRec.Optics.ImageWorkspace workspace = simulator.CreateWorkspace();
        return [.. parameters.SelectedFoci.Select(z =>
        {
            using FsRec.Fourier.ComplexPlane transfer = FsRec.Optics.FrameOptics.ImageTransfer(Object.Band, new FsRec.Optics.TransferFunction(parameters.Microscope, z), false);
            var frame = new float[parameters.Image.Calibration.PixelCount];
            simulator.Intensity(Object.Spectrum, transfer, new FsRec.Optics.ImageRegion(0, 0, 64, 72), frame, workspace);
            return frame;
        })];
    }
}
