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

public class ModelAlignmentTests(ITestOutputHelper output)
{
    private static readonly SimulationParameters Reversing = new()
    {
        Specimen = SpecimenKind.Crystal,
        Calibration = new Calibration(192, 192, 0.045, 0.045),
        Microscope = new Microscope { Voltage = 300, C3 = -15000, Semiconvergence = 0.1, FocusSpread = 3, ImageSpread = 20 },
        FirstFocus = -10,
        LastFocus = 14,
        FrameCount = 13,
        Drift = new DriftModel { LargestStep = 3 },
        Limit = 7,
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void No_frame_is_lost_where_the_contrast_reverses(int seed) => AllWithinHalfAPixel(Reversing with { Seed = seed });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void The_frame_that_shows_nearly_nothing_is_not_lost(int seed) =>
        // One frame at 1 nm, where amplitude and what scattered beams make with one another cancel. What the theory misses of it is more than the rest:
        // it must not be taken for an outlier for that, and where a lattice vector leads to a place no worse it is to be named.
        AllWithinHalfAPixel(Reversing with { FocusErrors = new FocusErrors { Offset = 5 }, Seed = seed }, orNamed: true);

    // A rival that is a hundred times less likely is no place to stay at, though it takes a thousand to leave it on the way.
    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void At_the_end_a_frame_takes_the_likeliest_of_its_places(int seed)
    {
        const int frame = 3;
        SimulatedSeries simulated = SeriesSimulator.Simulate(Reversing with { FocusErrors = new FocusErrors { Offset = 5 }, Seed = seed });
        using var aligner = new ModelAligner(simulated.Series, 1, null, default);
        aligner.Start(simulated.TrueDisplacements);
        aligner.Judge();
        RivalPlace rival = aligner.Hold(everywhere: true, refresh: false).Rivals[frame].MaxBy(static r => r.Odds);
        Assert.InRange(rival.Odds, 1e-3, 0.1);
        aligner.Start([.. aligner.Places.Select((p, n) => new FrameDisplacement(n, n == frame ? rival.Dx : p.Dx, n == frame ? rival.Dy : p.Dy))]);

        Settling settled = ModelAlignment.Settle(aligner, simulated.Series, null);

        IReadOnlyList<FrameDisplacement> errors = DisplacementAlgebra.WithoutTilt(
            DisplacementAlgebra.Subtract(aligner.Displacements, simulated.TrueDisplacements), simulated.Series.Foci);
        output.WriteLine(FormattableString.Invariant($"{DisplacementAlgebra.Largest(errors):0.00} px; odds {settled.Last.Rivals[frame].Sum(static r => r.Odds):0.0000}"));
        Assert.InRange(DisplacementAlgebra.Largest(errors), 0, 1);
    }

    [Fact]
    public void A_jump_of_forty_pixels_is_found()
    {
        double[] jump = [.. Enumerable.Range(0, 13).Select(static n => n < 6 ? -20.0 : 20)];
        AllWithinHalfAPixel(Reversing with
        {
            Drift = new DriftModel { Displacements = [.. jump.Select(static (x, n) => new FrameDisplacement(n, x, -0.2 * n))] },
        });
    }

    // Each would be put where chance has it agree with the others, and what agrees adds up to structure.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Frames_of_nothing_but_noise_stay_where_they_are(int seed)
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(Reversing with { Specimen = SpecimenKind.Vacuum, Dose = 60, Drift = DriftModel.None, Seed = seed });

        PrealignmentResult result = ModelAlignment.Run(simulated.Series);

        Assert.All(result.Aligned.Displacements, static d => Assert.Equal((0.0, 0.0), (d.Dx, d.Dy)));
        Assert.Equal(simulated.Series.ImageNumbers, result.FaintImages);
        string warning = Assert.Single(RunWarnings.Of(result), static w => w.Id == "FaintImage").ToString();
        Assert.Contains("no image says enough", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_thick_particle_with_wrong_foci_is_aligned() => AllWithinHalfAPixel(new SimulationParameters
    {
        Specimen = SpecimenKind.GoldParticle,
        Calibration = new Calibration(176, 176, 0.045, 0.045),
        Microscope = new Microscope { Voltage = 200, C3 = 1.2e6, Semiconvergence = 0.1, FocusSpread = 4, ImageSpread = 20 },
        FirstFocus = -190,
        FrameCount = 14,
        FocusErrors = new FocusErrors { RandomRms = 1.5, StepError = 0.03 },
    });

    [Fact]
    public void From_the_frames_alone_to_the_wave()
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(Reversing);
        Reconstruction oracle = NonlinearReconstruction.Run(
            LinearReconstruction.Run(simulated.TrueAligned(), new ReconstructionOptions { Iterations = 1 }),
            new NonlinearOptions { RefineDisplacements = false, RefineFoci = false, Iterations = 20 });
        AlignedSeries aligned = ModelAlignment.Run(simulated.Series).Aligned;

        NonlinearResult result = NonlinearReconstruction.Refine(
            LinearReconstruction.FromWave(aligned, WienerRestoration.Run(aligned)), new NonlinearOptions { Iterations = 20 });

        double error = simulated.WaveError(result.Reconstruction);
        double oracleError = simulated.WaveError(oracle);
        output.WriteLine(FormattableString.Invariant(
            $"wave error {error:0.0000}, oracle {oracleError:0.0000}; displacements {simulated.DisplacementError(aligned.Displacements):0.0000} then {simulated.DisplacementError(result.Reconstruction.Displacements):0.0000} px; {result}"));
        Assert.InRange(error, 0, 1.1 * oracleError);
        Assert.InRange(simulated.DisplacementError(result.Reconstruction.Displacements), 0, 0.03);
    }

    private void AllWithinHalfAPixel(SimulationParameters parameters, bool orNamed = false)
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(parameters);

        PrealignmentResult result = ModelAlignment.Run(simulated.Series);

        IReadOnlyList<FrameDisplacement> errors = DisplacementAlgebra.WithoutTilt(
            DisplacementAlgebra.Subtract(result.Aligned.Displacements, simulated.TrueDisplacements), simulated.Series.Foci);
        output.WriteLine(FormattableString.Invariant(
            $"{result.Rounds.Count - 1} sweeps, largest error {DisplacementAlgebra.Largest(errors):0.000} px, RMS {DisplacementAlgebra.Rms(errors):0.000} px"));
        // A frame whose place is not certain may be farther off if it is named.
        int[] named = orNamed ? [.. result.UncertainPlaces.Where(static p => !p.WithFollowing).Select(static p => p.ImageNumber).Distinct()] : [];
        output.WriteLine($"named: {string.Join(", ", named)}; {string.Join(" | ", RunWarnings.Of(result))}");
        Assert.Empty(result.OutlierImages);
        Assert.InRange(named.Length, 0, 1);
        int[] kept = [.. Enumerable.Range(0, simulated.Series.Count).Where(n => !named.Contains(simulated.Series.ImageNumbers[n]))];
        IReadOnlyList<FrameDisplacement> others = DisplacementAlgebra.WithoutTilt(
            DisplacementAlgebra.Subtract([.. kept.Select(n => result.Aligned.Displacements[n])], [.. kept.Select(n => simulated.TrueDisplacements[n])]),
            [.. kept.Select(n => simulated.Series.Foci[n])]);
        Assert.InRange(DisplacementAlgebra.Largest(others), 0, 0.5);
    }
}
