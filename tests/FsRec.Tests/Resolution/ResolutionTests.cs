using FsRec.Comparison;
using FsRec.Parameters;
using FsRec.Reconstructions;
using FsRec.Resolution;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Series;
using FsRec.Simulation;

namespace FsRec.Tests.Resolution;

public class ResolutionTests(ITestOutputHelper output)
{
    private static readonly SimulationParameters Small = new()
    {
        Calibration = new Calibration(256, 256, 0.045, 0.045),
        Specimen = SpecimenKind.Crystal,
        Drift = new DriftModel { LargestStep = 1 },
    };

    // Two halves agree by 1/7 where the whole agrees with the truth by one half; the bar is one ring in ten. Doses and seeds for which that
    // lies inside of the band.
    [Theory]
    [InlineData(RestorationMethod.Wiener, 30, 1)]
    [InlineData(RestorationMethod.Wiener, 30, 2)]
    [InlineData(RestorationMethod.Wiener, 100, 3)]
    [InlineData(RestorationMethod.Linear, 100, 4)]
    public void The_stated_resolution_is_that_against_the_truth(RestorationMethod method, double dose, int seed)
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(Small with { Dose = dose, Seed = seed });
        Reconstruction wave = Restore(simulated.Series, simulated.TrueDisplacements, method);
        ResolutionMeasurement found = ResolutionMeter.Measure(wave);
        WaveComparison truth = WaveComparison.Compare(wave.Wave, simulated.TrueWave, WaveComparisonOptions.From(wave.Series.Parameters));
        double reach = RingReach.Find([.. truth.Rings.Where(r => r.Frequency >= found.Band.Low).Select(static r => (r.Frequency, r.Correlation - 0.5, r.Frequency))])!.Value.Frequency ?? found.Band.High;
        output.WriteLine($"{found}; against the truth {reach:0.00} 1/nm");

        Assert.InRange((found.FrequencyAtOneSeventh ?? found.Band.High) / reach, 0.9, 1.1);
        Assert.False(found.HasSharedNoise, $"shared noise {found.SharedNoise}");
        Assert.Contains("0.6", found.Procedure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RestorationMethod.Linear, 1)]
    [InlineData(RestorationMethod.Linear, 2)]
    [InlineData(RestorationMethod.Wiener, 3)]
    public void Frames_of_noise_alone_have_no_resolution(RestorationMethod method, int seed)
    {
        ReconstructionParameters parameters = SeriesSimulator.Simulate(Small with { Dose = 0.3, FrameCount = 10 }).Series.Parameters;
        var random = new Random(seed);
        float[][] frames = [.. Enumerable.Range(0, 10).Select(_ => Enumerable.Range(0, 256 * 256).Select(_ => (float)(100 + (random.NextDouble() + random.NextDouble() + random.NextDouble()))).ToArray())];
        Reconstruction noise = Restore(new FocalSeries(parameters, frames), [.. Enumerable.Range(0, 10).Select(static n => new FrameDisplacement(n, 0, 0))], method);
        ResolutionMeasurement found = ResolutionMeter.Measure(noise);

        Assert.False(found.HalvesAgree, found.ToString());
        Assert.Equal(WarningIds.HalvesDisagree, Assert.Single(ResolutionWarnings.Of(found)).Id);
    }

    // Twenty frames of 0.3 electrons/Å² show the crystal's strongest reflections, and nothing else.
    [Fact]
    public void What_little_frames_show_is_not_called_nothing()
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(Small with { Dose = 0.3, Seed = 5 });
        ResolutionMeasurement found = ResolutionMeter.Measure(Restore(simulated.Series, simulated.TrueDisplacements, RestorationMethod.Linear));

        Assert.True(found.HalvesAgree);
        Assert.False(found.FrequencyAtHalfBit >= 0.5 * found.Band.High, found.ToString());
    }

    [Fact]
    public void Running_averages_are_noticed_also_where_they_were_averaged_on_the_specimen()
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(Small with { Dose = 100, Seed = 6, FrameCount = 12 });
        float[][] frames = [.. Enumerable.Range(0, 11).Select(n => simulated.GetCounts(n).Zip(simulated.GetCounts(n + 1), static (a, b) => a + b).ToArray())];
        ReconstructionParameters parameters = simulated.Series.Parameters;
        parameters = parameters with { Files = parameters.Files with { ImageCount = 11 }, Image = parameters.Image with { Range = null } };
        var series = new FocalSeries(parameters, frames);
        ResolutionMeasurement found = ResolutionMeter.Measure(Restore(series, [.. simulated.TrueDisplacements.Take(11)], RestorationMethod.Linear));
        output.WriteLine(found.ToString());

        // Each frame shares one of its two counts with the next: correlation one half.
        Assert.InRange(found.SharedNoise, 0.4, 0.6);
        Assert.True(found.HasSharedNoise);
        Assert.Contains("overstated", found.ToString(), StringComparison.Ordinal);
        Assert.Equal(WarningIds.SharedNoise, Assert.Single(ResolutionWarnings.Of(found)).Id);
    }

    [Fact]
    public void The_half_bit_criterion_is_that_of_the_paper()
    {
        // Of many frequencies 0.2071 / 1.2071 = 0.1716; of n = 100: (0.2071 + 0.19102) / (1.2071 + 0.09102) = 0.30669.
        SimulatedSeries simulated = SeriesSimulator.Simulate(Small with { Dose = 100 });
        ResolutionMeasurement found = ResolutionMeter.Measure(Restore(simulated.Series, simulated.TrueDisplacements, RestorationMethod.Linear));
        ResolutionRing ring = found.Rings.MinBy(static r => Math.Abs(r.Independent - 100));

        Assert.Equal(0.30669, (0.2071 + (1.9102 / 10)) / (1.2071 + (0.9102 / 10)), 1e-4);
        Assert.InRange(ring.HalfBit, 0.28, 0.33);
        Assert.All(found.Rings, static r => Assert.InRange(r.HalfBit, 0.1716, 1));
        Assert.InRange(found.IndependentShare, 0.3, 0.8);
    }

    [Fact]
    public void Three_frames_make_no_two_halves()
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(Small with { FrameCount = 3, Dose = 0, Calibration = new Calibration(64, 64, 0.1, 0.1), Limit = 4 });
        FsRecException e = Assert.Throws<FsRecException>(() => ResolutionMeter.Measure(Restore(simulated.Series, simulated.TrueDisplacements, RestorationMethod.Linear)));
        Assert.Contains("at least four frames", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_ring_does_not_decide_and_low_frequencies_may_lie_below()
    {
        (double, double, double)[] rings = [.. Enumerable.Range(0, 40).Select(static i => ((double)i, i is < 3 or > 30 ? -0.1 : i == 20 ? -0.2 : 0.5, 100.0))];
        Assert.InRange(RingReach.Find(rings)!.Value.Frequency!.Value, 30, 32);
        Assert.Null(RingReach.Find(rings[..30])!.Value.Frequency);
    }

    private static Reconstruction Restore(FocalSeries series, IReadOnlyList<FrameDisplacement> displacements, RestorationMethod method)
    {
        Reconstruction linear = LinearReconstruction.Run(new AlignedSeries(series, displacements), new ReconstructionOptions { Iterations = 1 });
        return method == RestorationMethod.Wiener ? WienerReconstruction.Run(linear) : linear;
    }
}
