using System.Numerics;
using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Optics;

[EveryWidth]
public sealed class WaveSpectrumTests
{
    private static readonly Calibration Shape = new(41, 54, 0.05, 0.06);
    private static readonly WaveBand Band = new(FrequencyGrid.Of(Shape), 5);

    [Fact]
    public void A_spectrum_comes_back_from_its_wave()
    {
        using ComplexPlane spectrum = BandSamples.Random(Band, 0.3, 1);

        using ComplexPlane back = WaveSpectrum.FromWave(WaveSpectrum.ToWave(spectrum, Band, Shape), Band);

        Complex[,] expected = BandSamples.InTransformOrder(spectrum, Band);
        Complex[,] found = BandSamples.InTransformOrder(back, Band);
        for (int r = 0; r < Shape.Rows; r++)
        {
            for (int c = 0; c < Shape.Columns; c++)
            {
                Assert.Equal(0, (found[r, c] - expected[r, c]).Magnitude / Shape.PixelCount, 1e-6);
            }
        }
    }

    [Fact]
    public void The_wave_is_the_inverse_transform()
    {
        using ComplexPlane spectrum = BandSamples.Random(Band, 0.3, 2);

        ExitWave wave = WaveSpectrum.ToWave(spectrum, Band, Shape);

        Complex[,] expected = NaiveOptics.Inverse(BandSamples.InTransformOrder(spectrum, Band));
        for (int i = 0; i < Shape.PixelCount; i++)
        {
            Complex value = expected[i / Shape.Columns, i % Shape.Columns];
            Assert.Equal(value.Real, wave.Interleaved[2 * i], 1e-6);
            Assert.Equal(value.Imaginary, wave.Interleaved[(2 * i) + 1], 1e-6);
        }
    }

    [Fact]
    public void What_lies_outside_the_band_is_dropped()
    {
        // One wave inside the band and one at the highest column frequency, 27 / 54 / 0.06 = 8.3 1/nm.
        var data = new float[2 * Shape.PixelCount];
        for (int i = 0; i < Shape.PixelCount; i++)
        {
            data[2 * i] = (float)Math.Cos(2 * Math.PI * 3 * (i % Shape.Columns) / Shape.Columns) + (i % 2 == 0 ? 5 : -5);
        }

        using ComplexPlane spectrum = WaveSpectrum.FromWave(new ExitWave(Shape, data), Band);

        Assert.Equal(0.5, spectrum.Get(Band, 0, 3).Real / Shape.PixelCount, 1e-6);
        Assert.Equal(0.5, spectrum.Get(Band, 0, -3).Real / Shape.PixelCount, 1e-6);
        double rest = 0;
        foreach (Complex value in BandSamples.InTransformOrder(spectrum, Band))
        {
            rest += Math.Pow(value.Magnitude / Shape.PixelCount, 2);
        }

        Assert.Equal(0.5, rest, 1e-5);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.01)]
    [InlineData(0.9)]
    public void A_normalised_wave_has_the_mean_intensity_one(double amplitude)
    {
        using ComplexPlane spectrum = BandSamples.Random(Band, amplitude, 3);

        double scattered = WaveSpectrum.Normalise(spectrum, Band);

        ExitWave wave = WaveSpectrum.ToWave(spectrum, Band, Shape);
        Assert.Equal(1, wave.GetIntensity().Average(static v => (double)v), 1e-6);
        (double re, double im) = wave.Mean();
        Assert.Equal(1 - scattered, (re * re) + (im * im), 1e-6);
        Assert.True(re > 0);
        Assert.Equal(0, im, 1e-7);
        Assert.Equal(Math.Sqrt(scattered), wave.ScatteredRms, 1e-6);
    }

    [Fact]
    public void Where_more_is_scattered_than_there_is_no_mean_is_left()
    {
        using ComplexPlane spectrum = BandSamples.Random(Band, 2, 4);

        double scattered = WaveSpectrum.Normalise(spectrum, Band);

        Assert.True(scattered > 1);
        Assert.Equal(Complex.Zero, spectrum.Get(Band, 0, 0));
    }

    [Fact]
    public void The_output_filter_is_a_hard_band_that_the_mean_passes()
    {
        using ComplexPlane spectrum = BandSamples.Random(Band, 0.3, 5);
        // Bounds that are frequencies of the grid: 2 columns, 2/(54·0.06), and 8 columns.
        double step = 1 / (54 * 0.06);

        ExitWave wave = WaveSpectrum.ToWave(spectrum, Band, Shape, new FrequencyBand(2 * step, 8 * step));

        using ComplexPlane filtered = WaveSpectrum.FromWave(wave, Band);
        Assert.Equal(Shape.PixelCount, filtered.Get(Band, 0, 0).Real, 0.01);
        Assert.Equal(0, filtered.Get(Band, 0, 2).Magnitude / spectrum.Get(Band, 0, 2).Magnitude, 1e-4); // l < g
        Assert.Equal(1, filtered.Get(Band, 0, 8).Magnitude / spectrum.Get(Band, 0, 8).Magnitude, 1e-4); // g ≤ h
        for (int ky = -Band.RowReach; ky <= Band.RowReach; ky++)
        {
            for (int kx = -Band.ColumnReach; kx <= Band.ColumnReach; kx++)
            {
                double g = Math.Sqrt(Band.Grid.SquaredFrequency(ky, kx)) / step;
                if ((ky, kx) != (0, 0) && Math.Abs(g - 2) > 1e-6 && Math.Abs(g - 8) > 1e-6)
                {
                    Complex expected = g is > 2 and < 8 ? spectrum.Get(Band, ky, kx) : 0;
                    Assert.Equal(0, (filtered.Get(Band, ky, kx) - expected).Magnitude / Shape.PixelCount, 1e-6);
                }
            }
        }
    }
}
