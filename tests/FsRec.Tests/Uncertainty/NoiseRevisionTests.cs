using FsRec.Comparison;
using FsRec.Parameters;
using FsRec.Reconstructions;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Simulation;

namespace FsRec.Tests.Uncertainty;

/// <summary>
/// Frames whose noise has another spectrum than was given are reconstructed once more with that of their residuals; the bar is that of the project, an error that grows by less than a
/// tenth. Frames as they were said to be are left alone, to the last bit.
/// </summary>
public class NoiseRevisionTests(ITestOutputHelper output)
{
    // A scintillator's, all noise being that of electrons before the blur.
    private static readonly double[] Mtf = [.. Enumerable.Range(0, 21).Select(static i => Sinc(i / 20.0) * ((0.5 * Math.Exp(-Math.Pow(i / 7.0, 2))) + 0.5))];
    private static readonly CurveSource Transfer = CurveSource.Of(Mtf);
    private static readonly CurveSource Noise = CurveSource.Of([.. Mtf.Select(static m => m * m)]);

    private static readonly SimulationParameters Parameters = SimulationParameters.Demo with
    {
        Specimen = SpecimenKind.LightAtoms,
        Calibration = new Calibration(256, 240, 0.04, 0.04),
        Microscope = SimulationParameters.Demo.Microscope with { FocusSpread = 6 },
        FrameCount = 10,
        Drift = new DriftModel { LargestStep = 0 },
        Dose = 300,
        Detector = new() { Mtf = Transfer, Nps = Noise },
        Reconstruction = SimulationParameters.Demo.Reconstruction with
        {
            Restoration = new() { Method = RestorationMethod.Wiener },
            Linear = new LinearParameters { Iterations = 0 },
        },
    };

    /// <summary>What is said of the detector, and what the warning says of it.</summary>
    public static TheoryData<string, string> Wrong => new()
    {
        { "nothing", "MTF = √NPS" },
        { "MTF alone", "MTF is as given" },
        { "NPS^1.2", "no series tells whether it is right" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_spectrum_costs_less_than_a_tenth(string said, string told)
    {
        DetectorParameters nominal = said switch
        {
            "nothing" => new(),
            "MTF alone" => new() { Mtf = Transfer },
            _ => new() { Mtf = Transfer, Nps = CurveSource.Of([.. Mtf.Select(static m => Math.Pow(m, 2.4))]) },
        };
        (double right, _) = Restored(Parameters, WaveReconstruction.Run);
        SimulationParameters wrong = Parameters with { NominalDetector = nominal };
        (double once, RestorationResult first) = Restored(wrong, static (aligned, _, _, _, token) => new RestorationResult(WienerReconstruction.Run(aligned, cancellationToken: token), null, null));
        (double error, RestorationResult result) = Restored(wrong, WaveReconstruction.Run);
        output.WriteLine($"{right} {once} {error}; colour {first.Reconstruction.Uncertainty!.NoiseColour}, {first.Reconstruction.Uncertainty}, {first.Reconstruction.Uncertainty.ResidualNoise}");
        RevisedNoise noise = Assert.IsType<RevisedNoise>(result.Reconstruction.Uncertainty!.Noise);
        output.WriteLine($"{noise} {result.Reconstruction.Uncertainty}");
        Assert.InRange(error / right, 0.9, 1.1);
        Assert.InRange(result.Reconstruction.Uncertainty.ReducedChiSquare, 0.95, 1.05);
        Assert.InRange(noise.Spectrum[^1] / (Mtf[^1] * Mtf[^1]), 0.75, 1.33);
        RunMessage message = Assert.Single(RunWarnings.Of(result), static w => w.Id == WarningIds.NoiseColour);
        Assert.Contains("taken from the residuals", message.Text, StringComparison.Ordinal);
        Assert.Contains(told, message.Text, StringComparison.Ordinal);
        Assert.Contains(result.Reconstruction.Series.Parameters.Origins, static o => o.Key == "NPS" && o.From == NoiseRevision.Origin);
        Assert.Equal(nominal.Nps?.ToString(), noise.Instead);
    }

    [Theory]
    [InlineData(SpecimenKind.LightAtoms, 10, 300, 6)]
    [InlineData(SpecimenKind.Crystal, 4, 1000, 6)]
    [InlineData(SpecimenKind.GoldParticle, 6, 3000, 4)]
    [InlineData(SpecimenKind.GoldParticle, 12, 200, 8)]
    public void Frames_of_the_noise_that_is_given_are_left_alone(SpecimenKind specimen, int frames, double dose, double limit)
    {
        foreach (bool blurred in (bool[])[false, true])
        {
            for (int seed = 1; seed <= 3; seed++)
            {
                SimulationParameters white = Parameters with
                {
                    Specimen = specimen,
                    FrameCount = frames,
                    Dose = dose,
                    Limit = limit,
                    Seed = seed,
                    Detector = blurred ? Parameters.Detector : new(),
                };
                SimulatedSeries series = SeriesSimulator.Simulate(white, 2);
                RestorationResult result = WaveReconstruction.Run(AlignedSeries.Unmoved(series.Series));
                output.WriteLine($"{specimen} {frames} {blurred} {seed}: colour {result.Reconstruction.Uncertainty!.NoiseColour}, {result.Reconstruction.Uncertainty}");
                Assert.Null(result.Reconstruction.Uncertainty.Noise);
                Assert.Null(result.Reconstruction.Uncertainty.ResidualNoise);
                Assert.Equal(WienerReconstruction.Run(AlignedSeries.Unmoved(series.Series)).Wave.Interleaved, result.Reconstruction.Wave.Interleaved);
            }
        }
    }

    [Fact]
    public void Left_out_frames_are_held_against_the_wave_with_the_noise_that_was_found()
    {
        SimulatedSeries series = SeriesSimulator.Simulate(Parameters with { NominalDetector = new(), FrameCount = 12 }, 2);
        CrossValidationResult result = CrossValidation.Run(AlignedSeries.Unmoved(series.Series), 3);
        output.WriteLine(result.ToString());
        Assert.InRange(result.ReducedChiSquare, 0.95, 1.3);
    }

    [Fact]
    public void Frames_are_freed_of_another_noise_as_if_they_were_read_with_it()
    {
        SimulatedSeries series = SeriesSimulator.Simulate(Parameters with { NominalDetector = new DetectorParameters { Nps = CurveSource.Of([1, 0.5]) } }, 2);
        FocalSeries other = series.Series.WithDetector(Parameters.Detector);
        SimulatedSeries right = SeriesSimulator.Simulate(Parameters, 2);
        float[] expected = [.. right.Series.Frame(3)];
        float[] found = [.. other.Frame(3)];
        Assert.All(Enumerable.Range(0, expected.Length), i => Assert.Equal(expected[i], found[i], 1e-4));
        float[] recorded = right.Series.GetFrame(3);
        float[] again = other.GetFrame(3);
        Assert.All(Enumerable.Range(0, recorded.Length), i => Assert.Equal(recorded[i], again[i], 1e-4));
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x / 2) / (Math.PI * x / 2);

    private static (double Error, RestorationResult Result) Restored(
        SimulationParameters parameters, Func<AlignedSeries, ExitWave?, ReconstructionOptions?, IProgress<RunProgress>?, CancellationToken, RestorationResult> reconstruct)
    {
        SimulatedSeries series = SeriesSimulator.Simulate(parameters, 2);
        RestorationResult result = reconstruct(AlignedSeries.Unmoved(series.Series), null, null, null, TestContext.Current.CancellationToken);
        return (WaveComparison.Compare(result.Reconstruction.Wave, series.TrueWave, WaveComparisonOptions.From(series.Series.Parameters)).RelativeError, result);
    }
}
