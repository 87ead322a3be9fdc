using FsRec.Optics;
using FsRec.Reconstructions;
using FsRec.Refinement;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;
using FsRec.Simulation;
using FsRec.Tests.Simulation;

namespace FsRec.Tests.Refinement;

public class NonlinearReconstructionTests(ITestOutputHelper output)
{
    private static readonly Microscope Uncorrected = new() { Voltage = 200, C3 = 1.2e6, Semiconvergence = 0.1, FocusSpread = 4, ImageSpread = 20 };

    private static readonly SimulationParameters Gold = new()
    {
        Specimen = SpecimenKind.GoldParticle,
        Calibration = new Calibration(160, 144, 0.045, 0.045),
        Microscope = Uncorrected,
        FirstFocus = -190,
        LastFocus = -60,
    };

    [Fact]
    public void A_thick_particle_with_wrong_foci_and_displacements_is_found()
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(Gold with
        {
            FrameCount = 12,
            FocusErrors = new FocusErrors { RandomRms = 1.5, StepError = 0.03 },
            Drift = new DriftModel { LargestStep = 2 },
        });
        Reconstruction linear = LinearReconstruction.Run(simulated.TrueAligned(), new ReconstructionOptions { Iterations = 1 });
        Reconstruction start = Start(simulated, 0.3);

        NonlinearResult result = NonlinearReconstruction.Refine(start, new NonlinearOptions { Iterations = 40 });

        (double linearError, double error) = Report(simulated, linear, result);
        Assert.False(result.KeptLinear);
        ReconstructionUncertainty trust = result.Reconstruction.Uncertainty!;
        Assert.Equal(ReconstructionUncertainty.OfStrongObjects, trust.ErrorFactor);
        Assert.Contains("known to within a factor of 2", UncertaintyFigures.Of(trust)!.HowWellKnown, StringComparison.Ordinal);
        Assert.InRange(error, 0, 0.4 * linearError);
        Assert.InRange(simulated.DisplacementError(result.Reconstruction.Displacements), 0, 0.02);
        (double rms, double slope) = simulated.FocusError(result.Reconstruction.Series.Foci);
        Assert.InRange(rms, 0, 0.3);
        Assert.InRange(Math.Abs(slope), 0, 0.008);
        // The noise-free part of the misfit falls to less than half, by far.
        Assert.InRange(result.Iterations[^1].ReducedChiSquare - 1, -0.2, 0.1 * (result.Iterations[0].ReducedChiSquare - 1));
    }

    // A wave many times too strong, as the linear theory makes it of a thick particle: started from it as it is, the refinement ends in a
    // wave that explains the frames to a reduced chi-square of 2 and worse. Images are a sum over tilts, finer than the model's.
    [Fact]
    public void A_thick_particle_converges_from_a_wave_that_is_too_strong()
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(new SimulationParameters
        {
            Specimen = SpecimenKind.GoldParticle,
            Calibration = new Calibration(192, 192, 0.045, 0.045),
            Microscope = Uncorrected with { C3 = 0.2e6 },
            FirstFocus = -90,
            LastFocus = -20,
            FrameCount = 10,
            Drift = DriftModel.None,
            SpatialCoherence = SpatialCoherence.Tilts,
        });

        NonlinearResult result = NonlinearReconstruction.Refine(Start(simulated, 0), new NonlinearOptions { RefineDisplacements = false, RefineFoci = false });

        double error = simulated.WaveError(result.Reconstruction);
        output.WriteLine(FormattableString.Invariant($"wave error {error:0.0000}; {result}"));
        Assert.InRange(result.FrameChiSquares.Average(), 0.85, 1.02);
        Assert.InRange(error, 0, 0.15);
    }

    // Electrons that carry no image: left out of the model, the foci make up for them.
    [Fact]
    public void A_background_is_found()
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(Gold with
        {
            FrameCount = 10,
            FocusErrors = new FocusErrors { RandomRms = 1.5 },
            Drift = DriftModel.None,
            Background = 0.06,
        });
        Reconstruction start = Start(simulated, 0);

        Reconstruction without = NonlinearReconstruction.Refine(start, new NonlinearOptions()).Reconstruction;
        Reconstruction with = NonlinearReconstruction.Refine(start, new NonlinearOptions { RefineBackground = true }).Reconstruction;

        (double Foci, double Chi, double Background) Of(Reconstruction r) =>
            (simulated.FocusError(r.Series.Foci).Rms, r.Uncertainty!.ReducedChiSquare, r.Uncertainty.Frames.Average(static f => f.Background));
        output.WriteLine($"without {Of(without)}, with {Of(with)}, wave {simulated.WaveError(without):0.0000}, {simulated.WaveError(with):0.0000}");
        Assert.Equal(0, Of(without).Background);
        // Of the frame's mean, which the background is part of.
        Assert.All(with.Uncertainty!.Frames, static f => Assert.Equal(0.06 / 1.06, f.Background, 0.012));
        Assert.InRange(Of(with).Foci, 0, 0.7 * Of(without).Foci);
        Assert.InRange(Of(with).Chi, 0.85, Of(without).Chi - 0.02);
    }

    [Theory]
    [InlineData(SpecimenKind.Crystal, 1000)]
    [InlineData(SpecimenKind.Weak, 1000)]
    [InlineData(SpecimenKind.LightAtoms, 60)]
    public void The_wave_never_gets_worse(SpecimenKind specimen, double dose)
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(new SimulationParameters
        {
            Specimen = specimen,
            Calibration = new Calibration(128, 144, 0.045, 0.045),
            FirstFocus = -190,
            FrameCount = 12,
            Drift = new DriftModel { LargestStep = 2 },
            Dose = dose,
        });
        Reconstruction start = Start(simulated, 0.2);
        Reconstruction linear = LinearReconstruction.Run(start.Aligned, new ReconstructionOptions { Iterations = 1 });

        NonlinearResult result = NonlinearReconstruction.Refine(start, new NonlinearOptions { Iterations = 20 });

        (double linearError, double error) = Report(simulated, linear, result);
        Assert.InRange(error, 0, linearError);
    }

    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(new SimulationParameters
        {
            Calibration = new Calibration(64, 80, 0.05, 0.045),
            FrameCount = 4,
            Drift = new DriftModel { LargestStep = 1 },
            FirstFocus = -80,
        });
        Reconstruction start = Start(simulated, 0.1);

        Reconstruction one = NonlinearReconstruction.Run(start, new NonlinearOptions { Iterations = 10, Threads = 1 });
        Reconstruction three = NonlinearReconstruction.Run(start, new NonlinearOptions { Iterations = 10, Threads = 3 });

        Assert.Equal(one.Displacements, three.Displacements);
        Assert.Equal(one.Series.Foci, three.Series.Foci);
        Assert.True(one.Wave.Interleaved.SequenceEqual(three.Wave.Interleaved));
    }

    [Fact]
    public void Cancellation_stops_it()
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(new SimulationParameters
        {
            Calibration = new Calibration(48, 48, 0.05, 0.05),
            FrameCount = 3,
            Drift = DriftModel.None,
            FirstFocus = -80,
        });
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => NonlinearReconstruction.Run(Start(simulated, 0), null, null, source.Token));
    }

    /// <summary>Nominal foci, and displacements as far from the true ones as an alignment may leave them.</summary>
    private static Reconstruction Start(SimulatedSeries simulated, double error)
    {
        var random = new Random(3);
        FrameDisplacement[] displacements = [.. simulated.TrueDisplacements.Select(d => d with
        {
            Dx = d.Dx + (error * ((2 * random.NextDouble()) - 1)),
            Dy = d.Dy + (error * ((2 * random.NextDouble()) - 1)),
        })];
        return LinearReconstruction.FromWave(
            new AlignedSeries(simulated.Series, displacements),
            new ExitWave(simulated.Series.Calibration, new float[2 * simulated.Series.Calibration.PixelCount]));
    }

    private (double Linear, double Nonlinear) Report(SimulatedSeries simulated, Reconstruction linear, NonlinearResult result)
    {
        double linearError = simulated.WaveError(linear);
        double error = simulated.WaveError(result.Reconstruction);
        (double rms, double slope) = simulated.FocusError(result.Reconstruction.Series.Foci);
        output.WriteLine(FormattableString.Invariant(
            $"wave error {error:0.0000}, linear {linearError:0.0000}; displacements {simulated.DisplacementError(result.Reconstruction.Displacements):0.0000} px, foci {rms:0.000} nm, slope {100 * slope:0.00} %; {result}"));
        return (linearError, error);
    }
}
