using FsRec.Restoration;
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
}
