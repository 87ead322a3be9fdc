using FsRec.Rendering;
using FsRec.Rendering.Phase;

namespace FsRec.Tests.Rendering;

public class PhaseTests(ITestOutputHelper output)
{
    private const int Size = 160;

    [Fact]
    public void A_phase_of_three_pi_with_a_ramp_is_found_to_rounding()
    {
        float[] truth = Bump(3 * Math.PI);
        ScalarMap found = WaveMaps.UnwrappedPhase(Wave(truth, 0, rampX: 0.11, rampY: -0.07), new ReferenceArea(0, 0, 30, Size));

        double rms = Rms(found.Values, truth);
        output.WriteLine($"a phase of 3π with a ramp: RMS {rms:g3} rad");
        // The bump has fallen to 3π exp(−25/2) = 3.5·10⁻⁵ rad in the reference area's corner nearest to it, and the plane through the area is the less wrong.
        Assert.InRange(rms, 0, 2e-5);
    }

    [Fact]
    public void Noise_of_a_low_dose_leaves_its_own_error_and_no_jumps()
    {
        // 0.3 rad a pixel; the jumps that noise makes would be 2π each.
        float[] truth = Bump(3 * Math.PI);
        ScalarMap found = WaveMaps.UnwrappedPhase(Wave(truth, 0.3, rampX: 0.05, rampY: 0.02), new ReferenceArea(0, 0, 30, Size));

        Assert.InRange(Rms(found.Values, truth), 0.28, 0.34);
        Assert.All(found.Values.Zip(truth), static p => Assert.InRange(Math.Abs(p.First - p.Second), 0, 2.5));
    }

    [Fact]
    public void Without_a_reference_area_the_plane_is_that_of_most_pixels()
    {
        float[] truth = Bump(3 * Math.PI);
        ScalarMap found = WaveMaps.UnwrappedPhase(Wave(truth, 0.05, rampX: 0.04, rampY: 0.03));

        Assert.InRange(Rms(found.Values, truth), 0, 0.07);
    }

    [Fact]
    public void The_unwrapped_phase_differs_by_whole_turns()
    {
        var random = new Random(3);
        float[] phase = [.. Enumerable.Range(0, 40 * 50).Select(_ => (float)((random.NextDouble() - 0.5) * Math.Tau))];
        float[] unwrapped = PhaseUnwrapper.Unwrap(phase, [], 40, 50);

        Assert.All(phase.Zip(unwrapped), static p => Assert.InRange(Math.Abs(((p.Second - p.First) / Math.Tau) - Math.Round((p.Second - p.First) / Math.Tau)), 0, 1e-4));
    }

    [Theory]
    [InlineData(40, 50)]
    [InlineData(16, 33)]
    [InlineData(1, 70)]
    [InlineData(70, 1)]
    public void Sizes_that_no_tile_divides_are_unwrapped_to_their_last_pixel(int rows, int columns)
    {
        // 0.9 and 0.7 rad a pixel: 10 turns and more across, none of them in doubt.
        float[] truth = [.. Enumerable.Range(0, rows * columns).Select(i => (0.9f * (i % columns)) + (0.7f * (i / columns)))];
        float[] unwrapped = PhaseUnwrapper.Unwrap([.. truth.Select(static v => (float)Math.IEEERemainder(v, Math.Tau))], [], rows, columns);

        Assert.All(truth.Zip(unwrapped), p => Assert.InRange(p.Second - p.First - (unwrapped[0] - truth[0]), -1e-4, 1e-4));
    }

    [Fact]
    public void A_vortex_costs_its_surroundings_no_turn_and_what_is_no_number_stays_alone()
    {
        // A pair of vortices (zeros of the wave) in a ramp, and a pixel of no number: the rest is told from round them.
        const int Rows = 64;
        const int Columns = 80;
        double Vortex(double y, double x) => Math.Atan2(y, x);
        double[] smooth = [.. Enumerable.Range(0, Rows * Columns).Select(static i => (0.4 * (i % Columns)) + (0.3 * (i / Columns)))];
        float[] phase = [.. smooth.Select((v, i) => (float)Math.IEEERemainder(v + Vortex((i / Columns) - 30.5, (i % Columns) - 38.5) - Vortex((i / Columns) - 30.5, (i % Columns) - 41.5), Math.Tau))];
        phase[(5 * Columns) + 5] = float.NaN;
        float[] unwrapped = PhaseUnwrapper.Unwrap(phase, [], Rows, Columns);

        // Twelve pixels and more from the pair its dipole is below 0.3 rad.
        IEnumerable<int> far = Enumerable.Range(0, Rows * Columns).Where(i => Math.Abs((i / Columns) - 30.5) > 12 && i != (5 * Columns) + 5);
        double level = unwrapped[0] - smooth[0];
        Assert.All(far, i => Assert.InRange(unwrapped[i] - smooth[i] - level, -0.6, 0.6));
    }

    [Fact]
    public void An_area_outside_the_wave_is_refused()
    {
        FsRecException e = Assert.Throws<FsRecException>(() => PhasePlane.Fit(new float[100], 10, 10, new ReferenceArea(5, 5, 10, 10)));
        Assert.Contains("does not lie inside", e.Message, StringComparison.Ordinal);
    }

    private static float[] Bump(double height) =>
        [.. Enumerable.Range(0, Size * Size).Select(i => (float)(height * Math.Exp(-(Square((i % Size) - 80) + Square((i / Size) - 95)) / (2 * 13.0 * 13.0))))];

    private static double Square(double x) => x * x;

    private static ExitWave Wave(float[] phase, double noise, double rampX, double rampY)
    {
        var random = new Random(11);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());
        var data = new float[2 * phase.Length];
        for (int i = 0; i < phase.Length; i++)
        {
            (double sin, double cos) = Math.SinCos(phase[i] + (rampX * (i % Size)) + (rampY * (i / Size)) + 1.3 + (noise * Normal()));
            (data[2 * i], data[(2 * i) + 1]) = ((float)cos, (float)sin);
        }

        return new ExitWave(new Calibration(Size, Size, 0.05, 0.05), data);
    }

    private static double Rms(float[] found, float[] truth) => Math.Sqrt(found.Zip(truth, static (a, b) => ((double)a - b) * (a - b)).Average());
}
