using FsRec.Comparison;
using FsRec.Parameters;
using FsRec.Reconstructions;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Simulation;

namespace FsRec.Tests.Uncertainty;

/// <summary>A wave restored from frames of a detector: as good as from a detector without, where no electron is lost; and a wrong one is told.</summary>
public class DetectorUncertaintyTests(ITestOutputHelper output)
{
    private static readonly double[] Mtf = [.. Enumerable.Range(0, 21).Select(static i => Sinc(i / 20.0) * ((0.4 * Math.Exp(-Math.Pow(i / 8.0, 2))) + 0.6))];

    private static readonly SimulationParameters Parameters = SimulationParameters.Demo with
    {
        Specimen = SpecimenKind.LightAtoms,
        Calibration = new Calibration(256, 240, 0.04, 0.04),
        Microscope = SimulationParameters.Demo.Microscope with { FocusSpread = 6 },
        FrameCount = 10,
        Drift = new DriftModel { LargestStep = 0 },
        Dose = 300,
        Reconstruction = SimulationParameters.Demo.Reconstruction with
        {
            Restoration = new() { Method = RestorationMethod.Wiener },
            Linear = new LinearParameters { Iterations = 0 },
        },
    };

    // All noise is that of electrons before the blur: what is told of the wave is the same, whatever blurs it.
    private static readonly DetectorParameters Blurring = new() { Mtf = CurveSource.Of(Mtf), Nps = CurveSource.Of([.. Mtf.Select(static m => m * m)]) };

    [Fact]
    public void Where_no_electron_is_lost_the_wave_is_as_good_as_without_a_blur()
    {
        (double sharp, Reconstruction of) = Restored(Parameters);
        (double blurred, Reconstruction with) = Restored(Parameters with { Detector = Blurring });
        (double untold, Reconstruction without) = Restored(Parameters with { Detector = Blurring, NominalDetector = new() });
        output.WriteLine($"{sharp} {blurred} {untold}; {of.Uncertainty}; {with.Uncertainty}; {without.Uncertainty}");
        Assert.InRange(blurred / sharp, 0.95, 1.05);
        Assert.True(untold > 1.2 * blurred);
        // A ring more or less in which the series carries information.
        Assert.InRange(with.Uncertainty!.RelativeError / of.Uncertainty!.RelativeError, 0.9, 1.1);
        Assert.InRange(with.Uncertainty.ReducedChiSquare, 0.95, 1.05);
        Assert.InRange(with.Uncertainty.NoiseColour, 0.95, 1.05);
        Assert.DoesNotContain(Warnings(of), IsColour);
        Assert.DoesNotContain(Warnings(with), IsColour);
        RunMessage told = Assert.Single(Warnings(without), IsColour);
        Assert.Contains("is not white", told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_curves_of_another_detector_are_told()
    {
        (_, Reconstruction wrong) = Restored(Parameters with { NominalDetector = Blurring });
        output.WriteLine($"{wrong.Uncertainty}, {wrong.Uncertainty!.NoiseColour}");
        Assert.True(wrong.Uncertainty!.ReducedChiSquare < 0.9);
        RunMessage told = Assert.Single(Warnings(wrong), IsColour);
        Assert.Contains("not as NPS says", told.Text, StringComparison.Ordinal);
        Assert.True(RunWarnings.IsDoubt(told.Id));
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x / 2) / (Math.PI * x / 2);

    private static bool IsColour(RunMessage message) => message.Id == WarningIds.NoiseColour;

    private static IEnumerable<RunMessage> Warnings(Reconstruction reconstruction) => RunWarnings.Of(new RestorationResult(reconstruction, null, null));

    private static (double Error, Reconstruction Reconstruction) Restored(SimulationParameters parameters)
    {
        SimulatedSeries series = SeriesSimulator.Simulate(parameters, 2);
        Reconstruction reconstruction = WienerReconstruction.Run(AlignedSeries.Unmoved(series.Series), 2);
        return (WaveComparison.Compare(reconstruction.Wave, series.TrueWave, WaveComparisonOptions.From(series.Series.Parameters)).RelativeError, reconstruction);
    }
}
