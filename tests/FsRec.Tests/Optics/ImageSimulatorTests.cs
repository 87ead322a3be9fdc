using System.Numerics;
using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Optics;

[EveryWidth]
public sealed class ImageSimulatorTests
{
    private static readonly Microscope Microscope = new() { Voltage = 300, C3 = 2e4, C5 = 1e7, Semiconvergence = 0.2 };

    [Theory]
    [InlineData(32, 32)]
    [InlineData(33, 50)]
    [InlineData(1, 16)]
    public void A_wave_of_one_makes_an_image_of_one(int rows, int columns)
    {
        var calibration = new Calibration(rows, columns, 0.05, 0.05);
        var band = new WaveBand(FrequencyGrid.Of(calibration), 4);
        using ComplexPlane wave = band.CreateSpectrum();
        wave.Set(band, 0, 0, rows * columns);

        float[] image = Simulate(band, wave, -100, envelopes: true);

        Assert.All(image, static v => Assert.Equal(1, v, 1e-6));
    }

    [Theory]
    [InlineData(-150, 2, 3)]
    [InlineData(-35, 0, 5)]
    [InlineData(80, -4, 1)]
    [InlineData(0, 1, -2)]
    public void A_phase_grating_makes_fringes_of_two_epsilon_sine_chi(double focus, int ky, int kx)
    {
        // ψ = 1 + iε cos(2πg·r), so ψ after the lens is 1 + iε exp(−iχ) cos and its intensity
        // 1 + 2ε sin χ cos + ε² cos²: positive contrast where sin χ > 0.
        const double Epsilon = 0.05;
        var calibration = new Calibration(40, 48, 0.06, 0.05);
        var band = new WaveBand(FrequencyGrid.Of(calibration), 5);
        using ComplexPlane wave = band.CreateSpectrum();
        const double Pixels = 40 * 48;
        wave.Set(band, 0, 0, Pixels);
        wave.Set(band, ky, kx, Complex.ImaginaryOne * (Epsilon / 2) * Pixels);
        wave.Set(band, -ky, -kx, Complex.ImaginaryOne * (Epsilon / 2) * Pixels);

        float[] image = Simulate(band, wave, focus, envelopes: false);

        double chi = NaiveOptics.Chi(Microscope, focus, Math.Sqrt(band.Grid.SquaredFrequency(ky, kx)));
        for (int r = 0; r < 40; r++)
        {
            for (int c = 0; c < 48; c++)
            {
                double cos = Math.Cos(2 * Math.PI * (((double)ky * r / 40) + ((double)kx * c / 48)));
                Assert.Equal(1 + (2 * Epsilon * Math.Sin(chi) * cos) + (Epsilon * Epsilon * cos * cos), image[(r * 48) + c], 2e-6);
            }
        }
    }

    [Fact]
    public void Two_beams_make_fringes_at_their_difference_shifted_by_the_difference_of_their_phases()
    {
        // exp(2πi g1·r) + b exp(2πi g2·r): 1 + b² + 2b cos(2π(g1 − g2)·r − χ1 + χ2), envelopes apart.
        const double B = 0.5;
        var calibration = new Calibration(32, 45, 0.05, 0.04);
        var band = new WaveBand(FrequencyGrid.Of(calibration), 6);
        using ComplexPlane wave = band.CreateSpectrum();
        wave.Set(band, 3, -2, 32 * 45);
        wave.Set(band, -1, 5, B * 32 * 45);

        float[] image = Simulate(band, wave, -60, envelopes: true);

        double g1 = Math.Sqrt(band.Grid.SquaredFrequency(3, -2));
        double g2 = Math.Sqrt(band.Grid.SquaredFrequency(-1, 5));
        double a1 = NaiveOptics.Envelope(Microscope, -60, g1);
        double a2 = B * NaiveOptics.Envelope(Microscope, -60, g2);
        double shift = NaiveOptics.Chi(Microscope, -60, g2) - NaiveOptics.Chi(Microscope, -60, g1);
        for (int r = 0; r < 32; r++)
        {
            for (int c = 0; c < 45; c++)
            {
                double turn = (4.0 * r / 32) - (7.0 * c / 45);
                Assert.Equal((a1 * a1) + (a2 * a2) + (2 * a1 * a2 * Math.Cos((2 * Math.PI * turn) + shift)), image[(r * 45) + c], 5e-6);
            }
        }
    }

    [Theory]
    [InlineData(24, 36, 0.05, 0.05)]
    [InlineData(45, 20, 0.04, 0.07)]
    [InlineData(31, 33, 0.06, 0.05)]
    public void The_image_of_any_wave_is_that_of_the_formulas(int rows, int columns, double rowSampling, double columnSampling)
    {
        var calibration = new Calibration(rows, columns, rowSampling, columnSampling);
        const double Limit = 4.7;
        var band = new WaveBand(FrequencyGrid.Of(calibration), Limit);
        using ComplexPlane wave = BandSamples.Random(band, 0.4, 3);

        float[] image = Simulate(band, wave, -77, envelopes: true);

        double[,] expected = NaiveOptics.Image(BandSamples.InTransformOrder(wave, band), calibration, Microscope, -77, Limit, envelopes: true);
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                Assert.Equal(expected[r, c], image[(r * columns) + c], 5e-6);
            }
        }
    }

    [Fact]
    public void The_mean_of_the_image_is_the_power_of_the_wave()
    {
        // Parseval; without envelopes no electron is lost inside the band.
        var calibration = new Calibration(48, 70, 0.05, 0.05);
        var band = new WaveBand(FrequencyGrid.Of(calibration), 5);
        using ComplexPlane wave = BandSamples.Random(band, 0.7, 4);
        double power = 0;
        foreach (Complex value in BandSamples.InTransformOrder(wave, band))
        {
            power += ((value.Real * value.Real) + (value.Imaginary * value.Imaginary)) / Math.Pow(48 * 70, 2);
        }

        foreach (double focus in (double[])[-200, 0, 55])
        {
            Assert.Equal(power, Simulate(band, wave, focus, envelopes: false).Average(static v => (double)v), 1e-6);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_mean_is_known_without_the_image(bool envelopes)
    {
        var calibration = new Calibration(48, 70, 0.05, 0.05);
        var band = new WaveBand(FrequencyGrid.Of(calibration), 5);
        using ComplexPlane wave = BandSamples.Random(band, 0.7, 4);
        using ComplexPlane transfer = FrameOptics.ImageTransfer(band, new TransferFunction(Microscope, -90), envelopes);

        double mean = Simulate(band, wave, -90, envelopes).Average(static v => (double)v);

        var simulator = new ImageSimulator(band);
        using ImageWorkspace workspace = simulator.CreateWorkspace();
        Assert.Equal(mean, simulator.Intensity(wave, transfer, new ImageRegion(40, 60, 5, 7), new float[35], workspace), 1e-6);
    }

    [Theory]
    [InlineData(7, 11, 20, 16)]
    [InlineData(0, 0, 40, 70)]
    [InlineData(-5, -9, 12, 30)] // wrapped round the upper left corner
    [InlineData(33, 60, 20, 32)] // and the lower right one
    [InlineData(3, 69, 1, 1)]
    public void A_region_is_cut_out_of_the_full_image(int top, int left, int rows, int columns)
    {
        var calibration = new Calibration(40, 70, 0.05, 0.05);
        var band = new WaveBand(FrequencyGrid.Of(calibration), 5);
        using ComplexPlane wave = BandSamples.Random(band, 0.5, 5);
        float[] full = Simulate(band, wave, -90, envelopes: true);

        float[] part = Simulate(band, wave, -90, envelopes: true, new ImageRegion(top, left, rows, columns));

        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                Assert.Equal(full[((top + r + 40) % 40 * 70) + ((left + c + 70) % 70)], part[(r * columns) + c], 2e-6);
            }
        }
    }

    [Fact]
    public void A_workspace_used_before_changes_nothing()
    {
        var calibration = new Calibration(40, 70, 0.05, 0.05);
        var band = new WaveBand(FrequencyGrid.Of(calibration), 5);
        using ComplexPlane first = BandSamples.Random(band, 0.5, 6);
        using ComplexPlane second = BandSamples.Random(band, 0.5, 7);
        using ComplexPlane transfer = FrameOptics.ImageTransfer(band, new TransferFunction(Microscope, -90), true);
        var simulator = new ImageSimulator(band);
        using ImageWorkspace workspace = simulator.CreateWorkspace();
        var whole = new ImageRegion(0, 0, 40, 70);
        var image = new float[40 * 70];
        simulator.Intensity(first, transfer, new ImageRegion(5, 5, 32, 32), new float[32 * 32], workspace);

        simulator.Intensity(second, transfer, whole, image, workspace);

        Assert.Equal(Simulate(band, second, -90, envelopes: true), image);
    }

    private static float[] Simulate(WaveBand band, ComplexPlane wave, double focus, bool envelopes, ImageRegion? region = null)
    {
        ImageRegion part = region ?? new ImageRegion(0, 0, band.Grid.Rows, band.Grid.Columns);
        using ComplexPlane transfer = FrameOptics.ImageTransfer(band, new TransferFunction(Microscope, focus), envelopes);
        var simulator = new ImageSimulator(band);
        using ImageWorkspace workspace = simulator.CreateWorkspace();
        var image = new float[part.Rows * part.Columns];
        simulator.Intensity(wave, transfer, part, image, workspace);
        return image;
    }
}
