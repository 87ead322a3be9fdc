using FsRec.Comparison;
using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Simulation;

namespace FsRec.Tests.Comparison;

public class WaveComparisonTests
{
    private static readonly Lazy<SimulatedSeries> Simulated = new(() => SeriesSimulator.Simulate(new SimulationParameters
    {
        Calibration = new Calibration(160, 200, 0.05, 0.045),
        FrameCount = 2,
        Dose = 0,
        Drift = new DriftModel { Periodic = true },
    }));

    private static readonly Microscope Microscope = new() { Voltage = 300, C3 = 1.2e6 };
    private static readonly WaveComparisonOptions Options = new() { Band = new FrequencyBand(0.5, 5), Microscope = Microscope };

    private static ExitWave Truth => Simulated.Value.TrueWave;

    [Fact]
    public void A_wave_agrees_with_itself()
    {
        WaveComparison comparison = WaveComparison.Compare(Truth, Truth, Options);

        Assert.InRange(comparison.RelativeError, 0, 1e-5);
        Assert.Equal(1, comparison.Correlation, 1e-6);
        Assert.Equal(1, comparison.Scale, 1e-6);
        Assert.All(comparison.Rings, static ring => Assert.Equal(1, ring.Correlation, 1e-6));
        Assert.Null(comparison.FrequencyAtHalf);
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(0.3, -0.7, 0, 0)]
    [InlineData(0, 0, 1.2, 0)]
    [InlineData(0, 0, 0, 7.3)]
    [InlineData(-17.4, 9.25, -2.5, -11.1)]
    public void Known_shift_phase_and_defocus_are_found_and_taken_out(double dx, double dy, double phase, double defocus)
    {
        WaveComparison comparison = WaveComparison.Compare(Change(Truth, dx, dy, phase, defocus, 0, 0), Truth, Options with { FitTilt = true });

        Assert.Equal(dx, comparison.FittedShift.X, 1e-3);
        Assert.Equal(dy, comparison.FittedShift.Y, 1e-3);
        Assert.Equal(phase, comparison.FittedPhase, 1e-3);
        Assert.Equal(defocus, comparison.FittedDefocus, 0.01);
        Assert.Equal(0, comparison.PhaseOfMeans, 1e-3);
        Assert.InRange(comparison.RelativeError, 0, 1e-4);
    }

    [Fact]
    public void Known_tilt_is_found_and_taken_out()
    {
        // 0.2 mrad: C3's coma turns the phase of 5 1/nm by 2π·1.2·10⁶·λ²·125·0.2·10⁻³ = 0.73 rad.
        ExitWave tilted = Change(Truth, 1.5, 0, 0, 0, 0.2e-3, -0.1e-3);
        WaveComparison comparison = WaveComparison.Compare(tilted, Truth, Options with { FitTilt = true });

        Assert.Equal(0.2, comparison.FittedTilt.X, 1e-3);
        Assert.Equal(-0.1, comparison.FittedTilt.Y, 1e-3);
        Assert.Equal(1.5, comparison.FittedShift.X, 1e-2);
        Assert.InRange(comparison.RelativeError, 0, 1e-3);
        Assert.True(WaveComparison.Compare(tilted, Truth, Options).RelativeError > 0.03);
    }

    [Fact]
    public void What_is_not_fitted_is_error()
    {
        ExitWave moved = Change(Truth, 0.5, 0, 0, 3, 0, 0);

        Assert.True(WaveComparison.Compare(moved, Truth, Options with { FitShift = false }).RelativeError > 0.1);
        Assert.True(WaveComparison.Compare(moved, Truth, Options with { FitDefocus = false }).RelativeError > 0.1);
        Assert.Equal(0, WaveComparison.Compare(moved, Truth, Options with { FitDefocus = false }).FittedDefocus);
    }

    [Fact]
    public void The_error_is_that_which_was_made()
    {
        // Independent normal noise of 0.02 in each part, of which the band's share of the frequencies counts.
        var random = new RandomStream(4, 0);
        float[] noisy = [.. Truth.Interleaved.ToArray().Select(v => v + (float)(0.02 * random.Normal()))];
        WaveComparison comparison = WaveComparison.Compare(new ExitWave(Truth.Calibration, noisy), Truth, Options with { CentralFraction = 1 });

        double share = Math.PI * ((5 * 5) - (0.5 * 0.5)) / (1 / (0.05 * 0.045));
        double expected = Math.Sqrt(2 * 0.02 * 0.02 * share) / comparison.TrueScatteredRms;
        // Some 1500 frequencies with two parts tell a root mean square to 2 %; the fits take a little.
        Assert.Equal(expected, comparison.RelativeError, 0.05 * expected);
        Assert.Equal(1 / Math.Sqrt(1 + (expected * expected)), comparison.Correlation, 0.005);
    }

    [Fact]
    public void Noise_does_not_correlate_with_a_wave()
    {
        var random = new RandomStream(9, 0);
        float[] noise = [.. Truth.Interleaved.ToArray().Select((_, i) => (i % 2 == 0 ? 1 : 0) + (float)(0.1 * random.Normal()))];
        WaveComparison comparison = WaveComparison.Compare(
            new ExitWave(Truth.Calibration, noise), Truth, Options with { CentralFraction = 1, FitShift = false, FitDefocus = false });

        // The fit of the phase makes the sum positive; rings far out hold hundreds of frequencies.
        Assert.InRange(comparison.Rings[^2].Correlation, -0.2, 0.2);
        Assert.InRange(comparison.FrequencyAtHalf ?? double.NaN, 0.3, 2);
        Assert.InRange(comparison.RelativeError, 1, 3);
    }

    [Fact]
    public void The_mean_can_set_the_phase()
    {
        // The scattered wave turned against the unscattered one: phase passes for amplitude.
        (double re, double im) = Truth.Mean();
        var turned = new float[Truth.Interleaved.Length];
        for (int i = 0; i < turned.Length; i += 2)
        {
            turned[i] = (float)(re - (Truth.Interleaved[i + 1] - im));
            turned[i + 1] = (float)(im + (Truth.Interleaved[i] - re));
        }

        var wave = new ExitWave(Truth.Calibration, turned);
        WaveComparison fitted = WaveComparison.Compare(wave, Truth, Options);
        Assert.InRange(fitted.RelativeError, 0, 1e-3);
        Assert.Equal(-Math.PI / 2, fitted.PhaseOfMeans, 1e-2);
        Assert.Equal(Math.Sqrt(2), WaveComparison.Compare(wave, Truth, Options with { PhaseFromMean = true, FitDefocus = false, FitShift = false }).RelativeError, 1e-2);
    }

    [Fact]
    public void Waves_that_cannot_be_compared_are_refused()
    {
        var other = new ExitWave(new Calibration(8, 8, 1, 1), new float[128]);

        Assert.Throws<FsRecException>(() => WaveComparison.Compare(other, Truth));
        Assert.Throws<FsRecException>(() => WaveComparison.Compare(new ExitWave(Truth.Calibration, new float[2 * Truth.Calibration.PixelCount]), Truth));
        Assert.Throws<FsRecException>(() => WaveComparison.Compare(Truth, Truth, Options with { Band = new FrequencyBand(4, 4) }));
        Assert.Throws<FsRecException>(() => WaveComparison.Compare(Truth, Truth, Options with { CentralFraction = 0 }));
    }

    /// <summary>Multiplies a wave's spectrum by exp(i (phase − 2π g·shift − πλ·defocus·g² − 2πC3λ²g² g·tilt)), tilt in rad.</summary>
    private static ExitWave Change(ExitWave wave, double dx, double dy, double phase, double defocus, double tiltX, double tiltY)
    {
        Calibration c = wave.Calibration;
        using var plane = new ComplexPlane(c.Rows, c.Columns);
        var transform = new FourierTransform(c.Rows, c.Columns);
        using FourierScratch scratch = transform.CreateScratch();
        for (int i = 0; i < c.PixelCount; i++)
        {
            plane[i / c.Columns, i % c.Columns] = (wave.Interleaved[2 * i], wave.Interleaved[(2 * i) + 1]);
        }

        transform.Forward(plane, scratch);
        double lambda = Microscope.Wavelength;
        for (int r = 0; r < c.Rows; r++)
        {
            for (int x = 0; x < c.Columns; x++)
            {
                int ky = FrequencyGrid.Signed(r, c.Rows);
                int kx = FrequencyGrid.Signed(x, c.Columns);
                double gy = ky / (c.Rows * c.RowSampling);
                double gx = kx / (c.Columns * c.ColumnSampling);
                double g2 = (gx * gx) + (gy * gy);
                double angle = phase - (2 * Math.PI * (((double)kx * dx / c.Columns) + ((double)ky * dy / c.Rows)))
                    - (Math.PI * lambda * defocus * g2)
                    - (2 * Math.PI * Microscope.C3 * lambda * lambda * g2 * ((gx * tiltX) + (gy * tiltY)));
                (double sin, double cos) = Math.SinCos(angle);
                (float re, float im) = plane[r, x];
                plane[r, x] = ((float)((re * cos) - (im * sin)), (float)((re * sin) + (im * cos)));
            }
        }

        transform.Inverse(plane, scratch);
        var data = new float[2 * c.PixelCount];
        for (int i = 0; i < c.PixelCount; i++)
        {
            (data[2 * i], data[(2 * i) + 1]) = plane[i / c.Columns, i % c.Columns];
        }

        return new ExitWave(c, data);
    }
}
