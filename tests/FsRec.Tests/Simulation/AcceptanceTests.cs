using FsRec.Alignment;
using FsRec.Comparison;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Series;
using FsRec.Simulation;

namespace FsRec.Tests.Simulation;

/// <summary>What the linear reconstruction must reach on simulated series: the bars of acceptance, never to be loosened.</summary>
public class AcceptanceTests(ITestOutputHelper output)
{
    private static readonly SimulationParameters Square = new() { Calibration = new Calibration(256, 256, 0.045, 0.045) };
    private static readonly SimulationParameters Oblong = new() { Calibration = new Calibration(384, 640, 0.04, 0.05) };

    public static TheoryData<string> Shapes => ["square", "oblong"];

    // Where a weak object is transferred, the back-projection alone gives its wave. The bar is 1 %.
    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_weak_object_is_restored_to_one_per_cent(string shape)
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(Of(shape) with
        {
            Specimen = SpecimenKind.Weak,
            Dose = 0,
            Drift = new DriftModel { Periodic = true },
        });
        Reconstruction result = LinearReconstruction.Run(AlignedSeries.Unmoved(simulated.Series), new ReconstructionOptions { Iterations = 1 });

        // From the lower reconstruction limit to Limit, nothing fitted, over the whole frame; no frequency in between is cut off.
        WaveComparison comparison = WaveComparison.Compare(result.Wave, simulated.TrueWave, WaveComparisonOptions.From(simulated.Series.Parameters) with
        {
            CentralFraction = 1,
            FitShift = false,
            FitDefocus = false,
            PhaseFromMean = true,
        });
        output.WriteLine($"{shape}: {comparison}");
        Assert.InRange(comparison.RelativeError, 0, 0.01);
    }

    // The bar is 0.05 px RMS without mean and tilt.
    [Theory]
    [MemberData(nameof(Shapes))]
    public void Drift_is_found_to_a_twentieth_of_a_pixel(string shape)
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(Of(shape));
        Reconstruction result = LinearReconstruction.Run(Prealignment.Run(simulated.Series).Aligned);

        DisplacementComparison displacements = DisplacementComparison.Compare(result.Displacements, simulated.TrueDisplacements, simulated.Series.Foci);
        WaveComparison wave = WaveComparison.Compare(result.Wave, simulated.TrueWave, WaveComparisonOptions.From(simulated.Series.Parameters));
        output.WriteLine($"{shape}: {displacements}, mean {displacements.Mean}; {wave}");
        Assert.Equal(3.0, Of(shape).Drift.LargestStep);
        Assert.Equal(1000, Of(shape).Dose);
        Assert.Equal(20, result.History.Count);
        Assert.InRange(displacements.RmsWithoutTilt, 0, 0.05);
        // Frames taken for displaced by more than they are make a wave that lies so much back.
        Assert.Equal(-displacements.Mean.X, wave.FittedShift.X, 0.2);
        Assert.Equal(-displacements.Mean.Y, wave.FittedShift.Y, 0.2);
        // Measured 0.13 on either shape: the object is not weak.
        Assert.InRange(wave.RelativeError, 0, 0.15);
    }

    [Fact]
    public void One_thread_and_two_give_the_same_bits()
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(Square with { FrameCount = 9 });
        Reconstruction Run(int threads)
        {
            // A series of its own: spectra are kept with the frames.
            var series = new FocalSeries(simulated.Series.Parameters, [.. Enumerable.Range(0, 9).Select(simulated.GetCounts)]);
            return LinearReconstruction.Run(Prealignment.Run(series, threads).Aligned, new ReconstructionOptions { Threads = threads, Iterations = 4 });
        }

        Reconstruction one = Run(1);
        Reconstruction two = Run(2);

        Assert.Equal(one.Displacements, two.Displacements);
        Assert.True(one.Wave.Interleaved.SequenceEqual(two.Wave.Interleaved));
        Assert.Equal(one.History, two.History);
    }

    // A quarter of the reference area of 128 px is 32 px; the bar is that every frame is found, to the pixel.
    [Theory]
    [InlineData(SpecimenKind.Crystal, 1)]
    [InlineData(SpecimenKind.Crystal, 2)]
    [InlineData(SpecimenKind.LightAtoms, 1)]
    [InlineData(SpecimenKind.GoldParticle, 1)]
    public void Pre_alignment_finds_drift_of_a_quarter_of_the_area_per_frame(SpecimenKind kind, int seed)
    {
        // Steps of 32 px along one axis and up to 32 px along the other, back and forth within the room there is round the area.
        (double X, double Y)[] places =
        [
            (-16.3, -20.1), (16.2, 11.4), (-16.1, -13.7), (16, 18.9), (15.8, -13.2),
            (-16.4, 12), (15.7, -4.4), (-16.5, 21.3), (-16.2, -11), (15.9, 20.6),
        ];
        SimulatedSeries simulated = SeriesSimulator.Simulate(Square with
        {
            Calibration = new Calibration(256, 256, 0.05, 0.05),
            Specimen = kind,
            Seed = seed,
            FirstFocus = -120,
            LastFocus = -60,
            FrameCount = places.Length,
            Drift = new DriftModel { Displacements = [.. places.Select(static (p, n) => new FrameDisplacement(n, p.X, p.Y))] },
        });
        Assert.Equal(128, simulated.Series.ReferenceArea.Rows);

        PrealignmentResult result = Prealignment.Run(simulated.Series);

        DisplacementComparison displacements = DisplacementComparison.Compare(result.Aligned.Displacements, simulated.TrueDisplacements, simulated.Series.Foci);
        output.WriteLine($"{kind}: {displacements}");
        Assert.InRange(displacements.Largest, 0, 1);
    }

    private static SimulationParameters Of(string shape) => shape == "square" ? Square : Oblong;
}
