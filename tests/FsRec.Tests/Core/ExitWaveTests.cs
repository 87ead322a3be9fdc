using FsRec.Tests.Widths;

namespace FsRec.Tests.Core;

[EveryWidth]
public sealed class ExitWaveTests
{
    [Fact]
    public void Amplitudes_and_phases_are_those_of_the_runtime()
    {
        // Rows of 13: a vector of eight and a rest. Numbers of all sizes in all octants.
        var random = new Random(7);
        var data = new float[2 * 400 * 13];
        for (int i = 0; i < data.Length; i += 2)
        {
            double size = Math.Pow(10, (random.NextDouble() * 12) - 6);
            double angle = i % 5 == 0 ? random.Next(-8, 9) * Math.PI / 8 : Math.PI * ((2 * random.NextDouble()) - 1);
            (data[i], data[i + 1]) = ((float)(size * Math.Cos(angle)), (float)(size * Math.Sin(angle)));
        }

        var wave = new ExitWave(new Calibration(400, 13, 1, 1), data);
        float[] phases = wave.GetPhase();
        float[] amplitudes = wave.GetAmplitude();
        for (int i = 0; i < phases.Length; i++)
        {
            // Half a unit of π as float is 1.2·10⁻⁷; the polynomial adds 2·10⁻⁷, the turn into the octant another rounding.
            Assert.Equal(Math.Atan2(data[(2 * i) + 1], data[2 * i]), phases[i], 5e-7);
            Assert.Equal(Math.Sqrt(((double)data[2 * i] * data[2 * i]) + ((double)data[(2 * i) + 1] * data[(2 * i) + 1])), amplitudes[i], 2e-7 * amplitudes[i]);
        }
    }

    [Fact]
    public void Phases_on_the_axes_are_exact_and_that_of_zero_is_zero()
    {
        float[] data = [0, 0, 1, 0, 0, 2, -3, 0, 0, -4, -5, -0f, float.NaN, 1, 1, 1];
        float[] expected = [0, 0, MathF.PI / 2, MathF.PI, -MathF.PI / 2, -MathF.PI, float.NaN, MathF.PI / 4];

        Assert.Equal(expected, new ExitWave(new Calibration(1, 8, 1, 1), data).GetPhase());
        // Likewise where they are no whole vector.
        Assert.Equal(expected[..3], new ExitWave(new Calibration(1, 3, 1, 1), data[..6]).GetPhase());
    }

    [Fact]
    public void Intensities_are_the_squares_of_amplitudes() =>
        Assert.Equal([25, 4, 0], new ExitWave(new Calibration(1, 3, 1, 1), [3, -4, 0, 2, 0, 0]).GetIntensity());
}
