using FsRec.ImageModel;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Reconstructions;
using FsRec.Refinement;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Simulation;
using FsRec.Tests.Parameters;
using MathNet.Numerics.LinearAlgebra;

namespace FsRec.Tests.Refinement;

public class AberrationTests(ITestOutputHelper output)
{
    // A wide convergence and a high dose, which tell much of the aberrations: the images are a sum over tilts, finer than the model's.
    private static readonly SimulationParameters Telling = new()
    {
        Specimen = SpecimenKind.GoldParticle,
        Calibration = new Calibration(128, 128, 0.05, 0.05),
        Microscope = new Microscope { Voltage = 200, C3 = 1.2e6, Semiconvergence = 0.15, FocusSpread = 4, ImageSpread = 20 },
        FirstFocus = -170,
        LastFocus = -50,
        FrameCount = 8,
        Dose = 2000,
        Limit = 5,
        Drift = DriftModel.None,
        SpatialCoherence = SpatialCoherence.Tilts,
    };

    [Fact]
    public void A_wrong_C3_comes_nearer_to_the_truth_and_its_error_is_stated()
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(Telling with { NominalMicroscope = Telling.Microscope with { C3 = 1.5e6 } });

        NonlinearResult result = Refine(simulated, RefinedAberrations.C3, 24);

        AberrationUncertainty c3 = Assert.Single(result.Reconstruction.Uncertainty!.Aberrations);
        output.WriteLine(c3.ToString());
        Assert.True(c3.IsTaken);
        Assert.Equal(("C3", 1.5e6), (c3.Name, c3.Given));
        Assert.Equal(c3.Value, result.Reconstruction.Series.Microscope.C3, 1.0);
        Assert.InRange(Math.Abs(c3.Value - 1.2e6), 0, 1.5e5);
        Assert.InRange(c3.Error, 1e3, 1e5);
    }

    [Fact]
    public void What_the_frames_do_not_tell_is_not_invented()
    {
        SimulationParameters silent = Telling with { Microscope = Telling.Microscope with { Semiconvergence = 0.05 }, Dose = 1000 };
        SimulatedSeries simulated = SeriesSimulator.Simulate(silent);

        NonlinearResult result = Refine(simulated, RefinedAberrations.C3 | RefinedAberrations.A1 | RefinedAberrations.A2 | RefinedAberrations.B2, 24);

        foreach (AberrationUncertainty a in result.Reconstruction.Uncertainty!.Aberrations)
        {
            output.WriteLine(a.ToString());
            Assert.True(a.Change > 0, "It was not looked at.");
            Assert.False(a.IsTaken, a.ToString());
            Assert.Equal(a.Given, a.Value, 1e-6 * Math.Max(1, Math.Abs(a.Given)));
        }

        Assert.Equal(["C3", "A1", "A2", "B2"], result.Reconstruction.Uncertainty!.Aberrations.Select(static a => a.Name));
        Assert.Equal(silent.Microscope.C3, result.Reconstruction.Series.Microscope.C3, 1.0);
        Assert.Equal(0, result.Reconstruction.Series.Microscope.B2, 1e-6);
        Assert.Equal(4, RunWarnings.Of(new RestorationResult(result.Reconstruction, result.Reconstruction, result)).Count(static w => w.Id == WarningIds.AberrationKept));
    }

    // C3 and the mean focus move together; without the focus, C3 alone explains what both did.
    [Fact]
    public void An_aberration_that_is_given_up_hands_its_part_to_those_that_go_with_it()
    {
        Matrix<double> covariance = Matrix<double>.Build.DenseOfArray(new[,] { { 4.0, -1.8 }, { -1.8, 1.0 } });

        AberrationChoice choice = AberrationChoice.Of([0, 7], new AberrationStep([10, 0, 0, 0, 0, 0, 0, -2]), covariance, new Microscope { C3 = 100 }, -50);

        // 10 − (−1.8 / 1)·(−2), with the variance 4 − 1.8².
        Assert.Equal(6.4, choice.Step.Values[0], 1e-9);
        Assert.Equal(0, choice.Step.Focus);
        Assert.Equal([true, false], choice.Aberrations.Select(static a => a.IsTaken));
        Assert.Equal(Math.Sqrt(0.76), choice.Aberrations[0].Error, 1e-9);
        Assert.Equal((106.4, -50), (choice.Aberrations[0].Value, choice.Aberrations[1].Value));
    }

    // 3 · 150 nm of B2 and 3 · 10 nm of A1 are expected at most; beyond, the one that is not the lens's takes the other along.
    [Theory]
    [InlineData(440, true)]
    [InlineData(460, false)]
    public void Where_one_aberration_is_too_large_for_a_lens_none_is_taken(double coma, bool taken)
    {
        Matrix<double> covariance = Matrix<double>.Build.DenseDiagonal(4, 4, 1);

        AberrationChoice choice = AberrationChoice.Of([1, 2, 5, 6], new AberrationStep([0, 20, 0, 0, 0, coma, 0, 0]), covariance, new Microscope { C3 = 6e5 }, -50);

        Assert.Equal(taken ? coma : 0, choice.Step.Values[5]);
        Assert.Equal(taken ? 20 : 0, choice.Step.Values[1]);
        Assert.All(choice.Aberrations, a => Assert.Equal((taken, !taken), (a.IsTaken, a.IsImplausible)));
        Assert.Equal(coma, choice.Aberrations[1].Change, 1e-9);
        Assert.Equal(!taken, choice.Aberrations[0].ToString().Contains("more than three times", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Off", RefinedAberrations.None, "Off")]
    [InlineData("no", RefinedAberrations.None, "Off")]
    [InlineData("On", RefinedAberrations.C3, "C3")]
    [InlineData("c3", RefinedAberrations.C3, "C3")]
    [InlineData("[B2,A1]", RefinedAberrations.A1 | RefinedAberrations.B2, "A1, B2")]
    [InlineData("C3, C1", RefinedAberrations.C3 | RefinedAberrations.C1, "C1, C3")]
    public void Names_are_read_and_printed(string text, RefinedAberrations expected, string printed)
    {
        ParameterKey key = ParameterKeys.Find("Refineaberrations")!;

        Assert.True(key.TryRead(text, Prm.Read(), out ReconstructionParameters? read, out _));

        Assert.Equal(expected, read!.Restoration.RefineAberrations);
        Assert.Equal(printed, key.Print(read));
    }

    [Theory]
    [InlineData("C7")]
    [InlineData("C3, On")]
    [InlineData("A1 C5")]
    [InlineData("[]")]
    public void Other_names_are_refused(string text)
    {
        ParameterKey key = ParameterKeys.Find("Refineaberrations")!;

        Assert.False(key.TryRead(text, Prm.Read(), out _, out ParameterFinding? finding));

        Assert.Contains("C1, C3, A1, A2, B2", finding!.ToString());
    }

    private static NonlinearResult Refine(SimulatedSeries simulated, RefinedAberrations which, int iterations)
    {
        Calibration frame = simulated.Series.Calibration;
        var start = new AlignedSeries(simulated.Series, simulated.TrueDisplacements);
        return NonlinearReconstruction.Refine(
            LinearReconstruction.FromWave(start, new ExitWave(frame, new float[2 * frame.PixelCount])),
            new NonlinearOptions { Iterations = iterations, RefineAberrations = which });
    }
}
