using System.Numerics;
using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Simulation;

namespace FsRec.Tests.Simulation;

public class SpecimenWaveTests
{
    private static readonly Microscope Microscope = new() { Voltage = 200 };

    // f(0) in Å of P. A. Doyle and P. S. Turner, Acta Cryst. A24 (1968) 390, which the Gaussians were fitted to.
    [Theory]
    [InlineData(ChemicalElement.C, 2.509)]
    [InlineData(ChemicalElement.N, 2.211)]
    [InlineData(ChemicalElement.O, 1.983)]
    [InlineData(ChemicalElement.Si, 5.828)]
    [InlineData(ChemicalElement.Ti, 8.776)]
    [InlineData(ChemicalElement.Sr, 13.109)]
    [InlineData(ChemicalElement.Au, 10.573)]
    public void Forward_scattering_is_the_published_one(ChemicalElement element, double published) =>
        Assert.Equal(published, 10 * ScatteringFactor.At(element, 0), 0.002 * published);

    [Fact]
    public void An_atom_between_pixels_scatters_as_its_factor_says()
    {
        SimulationGrid grid = SimulationGrid.Periodic(new Calibration(96, 120, 0.05, 0.04));
        var band = new WaveBand(FrequencyGrid.Of(grid.Plane), 2.0 / 3 * grid.Plane.Nyquist);
        var atom = new SpecimenAtom(ChemicalElement.Ti, 0.3137, -0.2411, 0);
        var specimen = new SimulatedSpecimen { Atoms = [atom], Absorption = 0, LargestPhase = 1e-3 };
        using ComplexPlane wave = SpecimenWave.Spectrum(specimen, grid, band, Microscope, null, default);

        // To first order ψ(g) = iφ(g) with φ(g) proportional to f(g) exp(−2πi g·r); the middle of the frame is pixel (rows/2, columns/2).
        double y = (atom.Y / 0.05) + 48;
        double x = (atom.X / 0.04) + 60;
        double reference = double.NaN;
        foreach ((int ky, int kx) in ((int, int)[])[(1, 0), (0, 7), (-11, 5), (20, -19), (3, 31)])
        {
            (float re, float im) = wave[ky + band.RowReach, kx + band.ColumnReach];
            double g2 = band.Grid.SquaredFrequency(ky, kx);
            Assert.True(g2 < band.Limit * band.Limit);
            Complex expected = Complex.ImaginaryOne * ScatteringFactor.At(ChemicalElement.Ti, g2)
                * Complex.FromPolarCoordinates(1, -2 * Math.PI * ((ky * y / 96) + (kx * x / 120)));
            Complex ratio = new Complex(re, im) / expected;
            reference = double.IsNaN(reference) ? ratio.Real : reference;
            // The largest phase of 10⁻³ leaves a second order of that size.
            Assert.Equal(1, (ratio / reference).Real, 2e-3);
            Assert.Equal(0, (ratio / reference).Imaginary, 2e-3);
        }
    }

    [Fact]
    public void The_mean_phase_is_gamma_lambda_f0_per_area()
    {
        SimulationGrid grid = SimulationGrid.Periodic(new Calibration(96, 96, 0.05, 0.05));
        var band = new WaveBand(FrequencyGrid.Of(grid.Plane), 2.0 / 3 * grid.Plane.Nyquist);
        using var potential = new ProjectedPotential(grid, band, Microscope);
        using var phase = new ComplexPlane(96, 96);
        potential.Fill([new SpecimenAtom(ChemicalElement.Au, 0.1, 0.2, 0), new SpecimenAtom(ChemicalElement.C, -1, 0.2, 0)], phase);

        double sum = 0;
        for (int r = 0; r < 96; r++)
        {
            for (int c = 0; c < 96; c++)
            {
                sum += phase[r, c].Re;
            }
        }

        // 200 kV: λ = 2.5079 pm and γ = 1.3914 (L. Reimer, Transmission Electron Microscopy, table 2.2).
        double factors = ScatteringFactor.At(ChemicalElement.Au, 0) + ScatteringFactor.At(ChemicalElement.C, 0);
        Assert.Equal(1.3914 * 2.5079e-3 * factors / (4.8 * 4.8), sum / (96 * 96), 1e-7);
    }

    [Fact]
    public void A_slice_of_vacuum_is_fresnel_propagation()
    {
        SimulationGrid grid = SimulationGrid.Periodic(new Calibration(64, 64, 0.05, 0.05));
        var band = new WaveBand(FrequencyGrid.Of(grid.Plane), 2.0 / 3 * grid.Plane.Nyquist);
        SpecimenAtom[] first = [new(ChemicalElement.Si, 0.2, 0.1, 0), new(ChemicalElement.O, -0.4, 0.3, 0)];
        var thin = new SimulatedSpecimen { Atoms = first };
        // The last atom makes the specimen 1 nm deep; it lies far from the others, and the difference is taken without it.
        var last = new SpecimenAtom(ChemicalElement.C, 0.9, -0.9, 1);
        using ComplexPlane entrance = SpecimenWave.Spectrum(thin, grid, band, Microscope, null, default);
        var deep = new SimulatedSpecimen { Atoms = [.. first, last], SliceThickness = 0.5 };
        var flat = new SimulatedSpecimen { Atoms = [.. first, last with { Z = 0.4 }], SliceThickness = 0.5 };
        using ComplexPlane exit = SpecimenWave.Spectrum(deep, grid, band, Microscope, null, default);
        using ComplexPlane together = SpecimenWave.Spectrum(flat, grid, band, Microscope, null, default);

        // Kinematically ψ(exit) = P(1 nm) ψ(first) + ψ(last), ψ(one slice) = ψ(first) + ψ(last).
        double error = 0;
        double total = 0;
        for (int ky = -band.RowReach; ky <= band.RowReach; ky++)
        {
            for (int kx = -band.ColumnReach; kx <= band.ColumnReach; kx++)
            {
                if ((ky, kx) == (0, 0) || !band.Contains(ky, kx))
                {
                    continue;
                }

                Complex At(ComplexPlane plane)
                {
                    (float re, float im) = plane[ky + band.RowReach, kx + band.ColumnReach];
                    return new Complex(re, im);
                }

                double chi = Math.PI * Microscope.Wavelength * band.Grid.SquaredFrequency(ky, kx);
                Complex expected = (At(entrance) * Complex.FromPolarCoordinates(1, -chi)) + At(together) - At(entrance);
                error += (At(exit) - expected).Magnitude * (At(exit) - expected).Magnitude;
                total += At(exit).Magnitude * At(exit).Magnitude;
            }
        }

        Assert.InRange(Math.Sqrt(error / total), 0, 0.02);
    }

    [Theory]
    [InlineData(SpecimenKind.Weak, 0.015, 0.02001)]
    [InlineData(SpecimenKind.LightAtoms, 0.1, 0.5)]
    [InlineData(SpecimenKind.Graphite, 0.4, 2)]
    [InlineData(SpecimenKind.Crystal, 0.4, 1.5)]
    public void Thin_specimens_have_the_phases_they_are_meant_to(SpecimenKind kind, double atLeast, double atMost)
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(new SimulationParameters
        {
            Specimen = kind,
            Calibration = new Calibration(192, 192, 0.05, 0.05),
            FrameCount = 1,
            Dose = 0,
        });

        Assert.InRange(simulated.TrueWave.GetPhase().Max(), atLeast, atMost);
        // Vacuum at the right edge: amplitude 1 but for the ringing of the band's edge.
        float[] amplitude = simulated.TrueWave.GetAmplitude();
        Assert.InRange(Enumerable.Range(0, 192).Average(r => amplitude[(r * 192) + 191]), 0.995, 1.005);
    }

    [Fact]
    public void The_gold_particle_absorbs_and_turns_the_phase_round()
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(new SimulationParameters
        {
            Specimen = SpecimenKind.GoldParticle,
            Calibration = new Calibration(192, 192, 0.05, 0.05),
            FrameCount = 1,
            Dose = 0,
        });

        float[] intensity = simulated.TrueWave.GetIntensity();
        // 6 nm of gold, mean inner potential some 25 V: σ·25 V·6 nm = 1 rad, σ = 0.0065 rad/(V nm); absorption takes 2·0.1 of it.
        Assert.InRange(intensity.Average(), 0.75, 0.97);
        Assert.True(simulated.TrueWave.GetPhase().Max() > 2.5);
    }
}
