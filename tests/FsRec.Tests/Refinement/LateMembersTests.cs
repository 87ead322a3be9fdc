using FsRec.Optics;
using FsRec.Reconstructions;
using FsRec.Refinement;
using FsRec.Results;
using FsRec.Series;
using FsRec.Simulation;
using FsRec.Tests.Simulation;

namespace FsRec.Tests.Refinement;

/// <summary>Frames that take no part in a refinement, and that come to.</summary>
public sealed class LateMembersTests(ITestOutputHelper output)
{
    private const int Late = 4;

    private static readonly SimulationParameters Gold = new()
    {
        Specimen = SpecimenKind.GoldParticle,
        Calibration = new Calibration(128, 128, 0.045, 0.045),
        Microscope = new() { Voltage = 200, C3 = 1.2e6, Semiconvergence = 0.1, FocusSpread = 4, ImageSpread = 20 },
        FirstFocus = -190,
        LastFocus = -60,
        FrameCount = 10,
        FocusErrors = new FocusErrors { RandomRms = 1 },
        Drift = new DriftModel { LargestStep = 2 },
    };

    [Fact]
    public void A_sound_frame_that_was_left_out_and_misplaced_is_found_by_the_full_image()
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(Gold);

        NonlinearResult result = NonlinearReconstruction.Refine(LeftOut(simulated.TrueAligned(), 2.6, -3.1), new NonlinearOptions { Iterations = 20 });

        FrameUncertainty frame = result.Reconstruction.Uncertainty!.Frames[Late];
        double error = simulated.DisplacementError(result.Reconstruction.Displacements);
        output.WriteLine(FormattableString.Invariant($"{error:0.0000} px, chi-square {frame.ReducedChiSquare:0.000}, focus error {frame.FocusError:0.000} nm, {result.Iterations.Count} iterations"));
        Assert.Equal(1, frame.Weight);
        // Where it lay it would be 4 px / √10 by itself; the bound is that of the other test of gold.
        Assert.InRange(error, 0, 0.02);
        Assert.InRange(frame.ReducedChiSquare, 0.7, 1.2);
        Assert.Empty(result.Reconstruction.Uncertainty.OutlierImages);
        Assert.Equal(Enumerable.Range(1, result.Iterations.Count), result.Iterations.Select(static i => i.Iteration));
    }

    [Theory]
    [InlineData("transposed")]
    [InlineData("blank")]
    public void A_frame_that_shows_something_else_stays_out_and_moves_nothing(string fault)
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(Gold);
        FocalSeries series = simulated.Series;
        int size = series.Calibration.Rows;
        float[][] frames = [.. Enumerable.Range(0, series.Count).Select(series.GetFrame)];
        var random = new RandomStream(5, 0);
        frames[Late] = fault == "blank"
            ? [.. frames[Late].Select(_ => 1 + (0.05f * (float)random.Normal()))]
            : [.. Enumerable.Range(0, size * size).Select(i => frames[Late][(i % size * size) + (i / size)])];
        FocalSeries wrong = new(series.Parameters, frames);

        NonlinearResult result = NonlinearReconstruction.Refine(LeftOut(simulated.TrueAligned().Of(wrong), 0, 0), new NonlinearOptions { Iterations = 20 });

        FrameUncertainty[] after = [.. result.Reconstruction.Uncertainty!.Frames];
        Assert.Equal(0, after[Late].Weight);
        // What no datum holds stays as it was given: it must not make up for the mean of the others.
        Assert.Equal(series.Foci[Late], after[Late].Focus, 1e-9);
        int[] others = [.. Enumerable.Range(0, series.Count).Where(static n => n != Late)];
        Assert.Equal(others.Average(n => series.Foci[n]), others.Average(n => after[n].Focus), 1e-3);
    }

    private static AlignedSeries LeftOut(AlignedSeries aligned, double dx, double dy) => new(
        aligned.Series,
        [.. aligned.Displacements.Select((d, n) => n == Late ? d with { Dx = d.Dx + dx, Dy = d.Dy + dy } : d)])
    {
        Members = [.. Enumerable.Range(0, aligned.Series.Count).Select(static n => n != Late)],
    };
}
