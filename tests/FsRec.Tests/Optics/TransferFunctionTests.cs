using FsRec.Optics;
using FsRec.Tests.Widths;

namespace FsRec.Tests.Optics;

[EveryWidth]
public sealed class TransferFunctionTests
{
    private static readonly Microscope Still = new() { Voltage = 200, FocusSpread = 0, Semiconvergence = 0, ImageSpread = 0 };

    [Theory]
    [InlineData(100, 0.0037014)] // Reimer & Kohl, Transmission Electron Microscopy, table of relativistic wavelengths
    [InlineData(200, 0.0025079)]
    [InlineData(300, 0.0019687)]
    public void The_wavelength_is_the_published_one(double voltage, double wavelength) =>
        Assert.Equal(wavelength, new Microscope { Voltage = voltage }.Wavelength, 1e-7);

    [Fact]
    public void Defocus_alone_gives_pi_lambda_Z_g_squared()
    {
        var transfer = new TransferFunction(Still, -100);

        // λ = 0.0025079 nm, g = 2 1/nm: π · 0.0025079 · (−100) · 4.
        Assert.Equal(-3.1515, transfer.Phase(4), 1e-4);
        Assert.Equal(transfer.Phase(4) / 4, transfer.Phase(1), 1e-12);
        Assert.Equal(0, transfer.Phase(0));
    }

    [Fact]
    public void C3_alone_grows_with_the_fourth_power()
    {
        var transfer = new TransferFunction(Still with { C3 = 1e6 }, 0);

        // π/2 · 10⁶ · 0.0025079³ · 2⁴ = 0.39644
        Assert.Equal(0.39644, transfer.Phase(4), 2e-5);
        Assert.Equal(16 * transfer.Phase(4), transfer.Phase(16), 1e-12);
    }

    [Fact]
    public void C5_alone_grows_with_the_sixth_power()
    {
        var transfer = new TransferFunction(Still with { C5 = 1e9 }, 0);

        // π/3 · 10⁹ · 0.0025079⁵ · 2⁶ = 0.0066492
        Assert.Equal(0.0066492, transfer.Phase(4), 1e-6);
        Assert.Equal(64 * transfer.Phase(4), transfer.Phase(16), 1e-12);
    }

    [Fact]
    public void The_terms_add_up()
    {
        Microscope all = Still with { C3 = -15e3, C5 = 4e6 };

        Assert.Equal(
            new TransferFunction(Still, 7).Phase(30) + new TransferFunction(Still with { C3 = -15e3 }, 0).Phase(30) + new TransferFunction(Still with { C5 = 4e6 }, 0).Phase(30),
            new TransferFunction(all, 7).Phase(30),
            1e-12);
    }

    [Fact]
    public void At_Scherzer_focus_the_phase_has_a_flat_minimum_of_minus_two_thirds_pi_and_its_zero_at_the_point_resolution()
    {
        // Z = −√(4/3 · C3 λ): χ = −2π/3 at g² = |Z| / (C3 λ²), and 0 again at twice that, d = 0.66 (C3 λ³)^¼.
        const double C3 = 0.5e6;
        double lambda = Still.Wavelength;
        double focus = -Math.Sqrt(4.0 / 3 * C3 * lambda);
        var transfer = new TransferFunction(Still with { C3 = C3 }, focus);
        double flat = -focus / (C3 * lambda * lambda);

        Assert.Equal(-2 * Math.PI / 3, transfer.Phase(flat), 1e-9);
        Assert.True(transfer.Phase(flat * 0.99) > transfer.Phase(flat) && transfer.Phase(flat * 1.01) > transfer.Phase(flat));
        Assert.Equal(0, Math.Sin(transfer.Phase(2 * flat)), 1e-9);
        Assert.Equal(0.66, 1 / Math.Sqrt(2 * flat) / Math.Pow(C3 * Math.Pow(lambda, 3), 0.25), 0.005);
    }

    [Fact]
    public void The_temporal_envelope_is_one_over_e_where_pi_lambda_spread_g_squared_is_two()
    {
        Microscope microscope = Still with { FocusSpread = 4 };
        var transfer = new TransferFunction(microscope, -50);
        double g2 = 2 / (Math.PI * microscope.Wavelength * 4);

        Assert.Equal(Math.Exp(-1), transfer.TemporalEnvelope(g2), 1e-12);
        Assert.Equal(Math.Exp(-1), transfer.Envelope(g2), 1e-12);
        Assert.Equal(Math.Exp(-4), transfer.TemporalEnvelope(2 * g2), 1e-12);
    }

    [Fact]
    public void The_spatial_envelope_is_one_over_e_where_pi_alpha_Z_g_is_one()
    {
        var transfer = new TransferFunction(Still with { Semiconvergence = 0.2 }, -500);
        double g = 1 / (Math.PI * 0.2e-3 * 500);

        Assert.Equal(Math.Exp(-1), transfer.SpatialEnvelope(g * g), 1e-12);
        Assert.Equal(Math.Exp(-1), transfer.Envelope(g * g), 1e-12);
    }

    [Fact]
    public void The_spatial_envelope_does_nothing_where_the_phase_is_flat()
    {
        Microscope microscope = Still with { C3 = 1e6, C5 = -2e9, Semiconvergence = 2 };
        double l2 = microscope.Wavelength * microscope.Wavelength;
        const double G2 = 9;
        double focus = -(1e6 * l2 * G2) + (2e9 * l2 * l2 * G2 * G2);
        var transfer = new TransferFunction(microscope, focus);

        // Flat: dχ/dg = 2πλ (Zg + C3λ²g³ + C5λ⁴g⁵) = 0.
        Assert.Equal(1, transfer.SpatialEnvelope(G2), 1e-12);
        Assert.InRange(transfer.SpatialEnvelope(2 * G2), 0, 0.5);
        Assert.Equal(0, (transfer.Phase(G2 * 1.0001) - transfer.Phase(G2 * 0.9999)) / 0.0002, 1e-5);
    }

    [Fact]
    public void The_image_spread_is_in_picometres()
    {
        var transfer = new TransferFunction(Still with { ImageSpread = 20 }, 0);
        double g = 1 / (Math.PI * 0.02);

        Assert.Equal(Math.Exp(-2), transfer.ImageEnvelope(g * g), 1e-12);
        Assert.Equal(Math.Exp(-2), transfer.Envelope(g * g), 1e-12);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(3)]
    [InlineData(6)]
    public void The_envelope_is_the_product_of_the_three(double g)
    {
        Microscope microscope = Still with { C3 = 1e6, C5 = 5e9, FocusSpread = 4, Semiconvergence = 0.1, ImageSpread = 30 };
        var transfer = new TransferFunction(microscope, -80);

        Assert.Equal(
            transfer.TemporalEnvelope(g * g) * transfer.SpatialEnvelope(g * g) * transfer.ImageEnvelope(g * g),
            transfer.Envelope(g * g),
            1e-12);
        Assert.Equal(NaiveOptics.Envelope(microscope, -80, g), transfer.Envelope(g * g), 1e-12);
        Assert.Equal(NaiveOptics.Chi(microscope, -80, g), transfer.Phase(g * g), 1e-9);
        Assert.Equal(1, transfer.Envelope(0));
    }
}
