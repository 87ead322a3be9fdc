using FsRec.Alignment;
using FsRec.Optics;
using FsRec.Reconstructions;
using FsRec.Refinement;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Simulation;
using FsRec.Tests.Simulation;

namespace FsRec.Tests.Alignment;

/// <summary>Frames that do not belong get no weight and are named; those that do are not.</summary>
public class FrameMembershipTests(ITestOutputHelper output)
{
    private static readonly SimulationParameters Crystal = new()
    {
        Calibration = new Calibration(144, 144, 0.045, 0.045),
        FirstFocus = -190,
        FrameCount = 12,
        Drift = new DriftModel { LargestStep = 2 },
    };

    private static readonly SimulationParameters Gold = Crystal with
    {
        Specimen = SpecimenKind.GoldParticle,
        Microscope = new Microscope { Voltage = 200, C3 = 1.2e6, Semiconvergence = 0.1, FocusSpread = 4, ImageSpread = 20 },
        FocusErrors = new FocusErrors { RandomRms = 1.5, StepError = 0.03 },
    };

    [Fact]
    public void A_blank_frame_and_one_of_another_specimen_get_no_weight()
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(Crystal);
        FocalSeries series = With(simulated, (3, Blank(simulated)), (8, SeriesSimulator.Simulate(Gold).GetCounts(8)));
        AlignedSeries spoilt = new(series, simulated.TrueDisplacements);

        Reconstruction wiener = WienerReconstruction.Run(Start(spoilt));
        Reconstruction clean = WienerReconstruction.Run(Start(simulated.TrueAligned()));

        Assert.Equal([3, 8], wiener.Uncertainty!.OutlierImages);
        Assert.Equal([3, 8], wiener.Uncertainty.Frames.Where(static f => f.Weight == 0).Select(static f => f.ImageNumber));
        // Mean and tilt are those of the frames that belong: with the free ones among them errors of 2 to 20 px were stated.
        Assert.All(
            wiener.Uncertainty.Frames.Zip(clean.Uncertainty!.Frames).Where(static f => f.First.Weight > 0),
            static f => Assert.InRange(f.First.DxError / f.Second.DxError, 0.7, 1.6));
        (double error, double cleanError) = (simulated.WaveError(wiener.Wave), simulated.WaveError(clean.Wave));
        output.WriteLine(FormattableString.Invariant($"wave error {error:0.0000} with two frames of weight 0, {cleanError:0.0000} with them as they should be"));
        // Ten frames of noise instead of twelve.
        Assert.InRange(error, 0, 1.1 * cleanError);
        string[] told = [.. RunWarnings.Of(new RestorationResult(wiener, null, null)).Take(2).Select(static w => w.ToString())];
        Assert.StartsWith("OutlierImage: image 3 shows next to nothing", told[0], StringComparison.Ordinal);
        Assert.StartsWith("OutlierImage: image 8 does not show what the others predict", told[1], StringComparison.Ordinal);

        NonlinearResult refined = NonlinearReconstruction.Refine(Start(spoilt), new NonlinearOptions { Iterations = 8, KeepLinearWhereBetter = false });
        Assert.Equal([3, 8], refined.Reconstruction.Uncertainty!.OutlierImages);
        Assert.InRange(refined.Iterations[^1].ReducedChiSquare, 0.7, 1.3);
        Assert.True(refined.FrameChiSquares[8] > 1.5 * refined.FrameChiSquares[7], "The frame of another specimen fits.");
    }

    [Fact]
    public void The_alignment_names_them_and_finds_the_others()
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(Crystal);
        FocalSeries series = With(simulated, (3, Blank(simulated)), (8, SeriesSimulator.Simulate(Gold).GetCounts(8)));

        PrealignmentResult result = ModelAlignment.Run(series);

        Assert.Equal([3, 8], result.OutlierImages);
        int[] kept = [.. Enumerable.Range(0, series.Count).Where(static n => n is not (3 or 8))];
        IReadOnlyList<FrameDisplacement> errors = DisplacementAlgebra.WithoutTilt(
            [.. DisplacementAlgebra.Subtract(result.Aligned.Displacements, simulated.TrueDisplacements).Where(static d => d.ImageNumber is not (3 or 8))],
            [.. kept.Select(n => series.Foci[n])]);
        Assert.InRange(DisplacementAlgebra.Largest(errors), 0, 0.2);
        // A frame without a place of its own is where its neighbours are.
        Assert.InRange(DisplacementAlgebra.Largest([.. DisplacementAlgebra.Subtract(result.Aligned.Displacements, simulated.TrueDisplacements).Where(static d => d.ImageNumber is 3 or 8)]), 0, 4);
    }

    [Theory]
    [InlineData(0, -17)]
    [InlineData(7, 12)]
    public void A_frame_of_another_focus_has_no_weight_there_and_the_refinement_finds_the_focus(int frame, double error)
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(Gold with { FocusErrors = new FocusErrors { RandomRms = 0.5 }, Dose = 3000 });
        double[] truth = [.. simulated.TrueFoci.Select(static f => f.Defocus)];
        double[] stated = [.. simulated.Series.Foci];
        stated[frame] = truth[frame] - error;
        AlignedSeries aligned = ModelAlignment.Run(simulated.Series.WithFoci(stated)).Aligned;

        Reconstruction wiener = WienerReconstruction.Run(Start(aligned));
        Assert.Equal([frame], wiener.Uncertainty!.OutlierImages);
        Assert.InRange(wiener.Uncertainty.Frames[frame].FittingFocus - truth[frame], -3, 3);
        Assert.StartsWith($"FocusDoubtful: image {frame} does not show", RunWarnings.Of(new RestorationResult(wiener, null, null)).First(static w => w.Id != WarningIds.Misfit).ToString(), StringComparison.Ordinal);

        Reconstruction refined = NonlinearReconstruction.Refine(Start(aligned), new NonlinearOptions { Iterations = 30 }).Reconstruction;
        double[] off = [.. refined.Series.Foci.Zip(truth, static (a, b) => a - b)];
        double mean = off.Where((_, n) => n != frame).Average();
        output.WriteLine(FormattableString.Invariant($"fits at {wiener.Uncertainty.Frames[frame].FittingFocus:0.0}, refined {refined.Series.Foci[frame]:0.00}, true {truth[frame]:0.00} nm; off by {off[frame] - mean:0.000} nm"));
        Assert.InRange(off[frame] - mean, -1, 1);
        Assert.Empty(refined.Uncertainty!.OutlierImages);
    }

    [Theory]
    [InlineData("crystal", 1000)]
    [InlineData("crystal", 30)]
    [InlineData("gold", 1000)]
    [InlineData("weak", 1000)]
    [InlineData("reversing", 1000)]
    public void No_frame_of_a_sound_series_is_named(string specimen, double dose)
    {
        SimulationParameters parameters = specimen switch
        {
            "gold" => Gold,
            "reversing" => Crystal with
            {
                Microscope = new Microscope { Voltage = 300, C3 = -15000, Semiconvergence = 0.1, FocusSpread = 3, ImageSpread = 20 },
                FirstFocus = -10,
                LastFocus = 12,
            },
            "weak" => Crystal with { Specimen = SpecimenKind.Weak },
            _ => Crystal,
        };
        SimulatedSeries simulated = SeriesSimulator.Simulate(parameters with { Dose = dose, Seed = 4 });

        Reconstruction wiener = WienerReconstruction.Run(Start(new AlignedSeries(simulated.Series, simulated.TrueDisplacements)));

        Assert.Empty(wiener.Uncertainty!.OutlierImages);
        PrealignmentResult aligned = ModelAlignment.Run(simulated.Series);
        Assert.Empty(aligned.OutlierImages);
        // A phase of 0.02 rad at most, in frames of 128²: too little to find frames by, and they are left near their neighbours.
        Assert.Equal(specimen == "weak", aligned.FaintImages.Count > 0);
        Assert.InRange(DisplacementAlgebra.Rms(aligned.Aligned.Displacements), 0, 5);
    }

    private static Reconstruction Start(AlignedSeries aligned) => LinearReconstruction.FromWave(
        aligned, new ExitWave(aligned.Series.Calibration, new float[2 * aligned.Series.Calibration.PixelCount]));

    private static FocalSeries With(SimulatedSeries simulated, params (int Index, float[] Frame)[] others)
    {
        float[][] frames = [.. Enumerable.Range(0, simulated.Series.Count).Select(simulated.GetCounts)];
        foreach ((int index, float[] frame) in others)
        {
            frames[index] = frame;
        }

        return new FocalSeries(simulated.Series.Parameters, frames);
    }

    /// <summary>Counts without a specimen.</summary>
    private static float[] Blank(SimulatedSeries simulated)
    {
        var random = new Random(5);
        double mean = simulated.Parameters.CountsPerPixel;
        return [.. Enumerable.Range(0, simulated.Series.Calibration.PixelCount).Select(_ => (float)MathNet.Numerics.Distributions.Poisson.Sample(random, mean))];
    }
}
