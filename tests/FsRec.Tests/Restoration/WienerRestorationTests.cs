using FsRec.Reconstructions;
using FsRec.Refinement;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Series;
using FsRec.Simulation;
using FsRec.Tests.Simulation;

namespace FsRec.Tests.Restoration;

public class WienerRestorationTests(ITestOutputHelper output)
{
    private static readonly SimulationParameters Crystal = new()
    {
        Calibration = new Calibration(192, 192, 0.045, 0.045),
        FirstFocus = -190,
        FrameCount = 12,
        Drift = new DriftModel { LargestStep = 1 },
    };

    /// <summary>
    /// A crystal of 0.5 rad at its true places. Measured 0.122, 0.142 and 0.145; 0.155, 0.161 and 0.167 with the squares left in the frames and
    /// amplitude and phase independent.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Squares_of_the_scattered_wave_do_not_pass_for_the_wave(int seed)
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(Crystal with { Seed = seed });
        ExitWave wave = WienerRestoration.Run(simulated.TrueAligned());
        double error = simulated.WaveError(wave);
        output.WriteLine(FormattableString.Invariant($"seed {seed}: {error:0.0000}"));
        Assert.InRange(error, 0, 0.15);
    }

    /// <summary>
    /// 0.2 electrons in each pixel: most pixels are 0, and less the squares of a wave nearly so. An image that was computed is not looked at for what a camera does to
    /// one; the wave is less than the noise, and says so.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Frames_of_single_electrons_are_restored(int seed)
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(Crystal with { Seed = seed, Calibration = new Calibration(96, 96, 0.045, 0.045), Dose = 1 });
        Reconstruction wiener = WienerReconstruction.Run(simulated.TrueAligned());
        Assert.All(wiener.Wave.GetAmplitude(), static v => Assert.True(float.IsFinite(v)));
        Assert.InRange(wiener.Uncertainty!.ReducedChiSquare, 0.7, 1.3);
    }

    /// <summary>
    /// Limit lies far beyond where an envelope of 20 nm, taken for one of 4 nm, lets anything through: 99.98 % of the electrons would be scattered where noise
    /// over next to no transfer passes for the specimen's power, 5.7 % where powers go on from the last that the frames tell.
    /// </summary>
    [Theory]
    [InlineData(10, 8)]
    [InlineData(20, 8)]
    [InlineData(20, 10)]
    public void What_the_frames_do_not_tell_is_not_amplified(double focusSpread, double limit)
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(Crystal with { Calibration = new Calibration(96, 96, 0.045, 0.045), FrameCount = 8, Limit = limit });
        FocalSeries series = simulated.Series.WithMicroscope(simulated.Series.Microscope with { FocusSpread = focusSpread });
        Reconstruction wiener = WienerReconstruction.Run(new AlignedSeries(series, simulated.TrueAligned().Displacements));
        output.WriteLine(FormattableString.Invariant($"{100 * wiener.ScatteredFraction:0.00} %"));
        Assert.InRange(wiener.ScatteredFraction, 0.005, 0.1);
    }

    /// <summary>The residual of a linear wave is what its own iterations found; that of any other wave is the same thing, and the history stays that of the alignment.</summary>
    [Fact]
    public void A_residual_means_the_same_whatever_restored_the_wave()
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(Crystal with { Calibration = new Calibration(128, 128, 0.045, 0.045) });
        Reconstruction linear = LinearReconstruction.Run(simulated.TrueAligned(), new ReconstructionOptions { Iterations = 2 });
        Reconstruction held = LinearReconstruction.Held(linear, 1, CancellationToken.None);
        Assert.Equal(1, held.ResidualRms / linear.ResidualRms, 1e-4);
        Assert.Equal(1, held.ScatteredFraction / linear.ScatteredFraction, 1e-4);
        Reconstruction wiener = WienerReconstruction.Run(linear);
        Reconstruction refined = NonlinearReconstruction.Run(linear, new NonlinearOptions { Iterations = 3, KeepLinearWhereBetter = false });
        output.WriteLine(FormattableString.Invariant($"linear {linear.ResidualRms:g4}, Wiener {wiener.ResidualRms:g4}, nonlinear {refined.ResidualRms:g4}"));
        Assert.Equal(linear.History, refined.History);
        Assert.Equal(3, refined.NonlinearHistory.Count);
        Assert.NotEqual(linear.ResidualRms, wiener.ResidualRms);
        Assert.NotEqual(linear.ResidualRms, refined.ResidualRms);
    }
}
