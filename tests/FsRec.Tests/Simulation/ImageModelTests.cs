using System.Numerics;
using FsRec.Optics;
using FsRec.Simulation;

namespace FsRec.Tests.Simulation;

/// <summary>The image model against what theory says of it.</summary>
public class ImageModelTests
{
    private static readonly SimulationParameters Exact = new()
    {
        Specimen = SpecimenKind.Weak,
        Calibration = new Calibration(128, 160, 0.05, 0.045),
        Drift = new DriftModel { Periodic = true },
        Dose = 0,
        Foci = [-180, -60],
        Microscope = new Microscope { Voltage = 300, C3 = 1.2e6, C5 = 3e6, Semiconvergence = 0.3, FocusSpread = 6, ImageSpread = 40 },
    };

    // Image spectrum of a weak object: I(g) = c* ψ(g) t(g) E(g) + c ψ*(−g) t*(g) E(g).
    [Theory]
    // Pixels near 1 round to 6·10⁻⁸ and the transforms to 2·10⁻⁷ of a plane whose coefficients here are some 10⁻³ of its mean.
    [InlineData(ImagingModel.Linear, SpatialCoherence.Envelope, 2e-4)]
    [InlineData(ImagingModel.Nonlinear, SpatialCoherence.Envelope, 0.02)]
    [InlineData(ImagingModel.Nonlinear, SpatialCoherence.Tilts, 0.02)]
    public void A_weak_objects_image_is_its_wave_times_transfer_and_envelopes(ImagingModel model, SpatialCoherence coherence, double bound)
    {
        SimulatedSeries simulated = SeriesSimulator.Simulate(Exact with { Model = model, SpatialCoherence = coherence });
        Complex[] wave = ToComplex(simulated.TrueWave);
        Calibration c = Exact.Calibration;
        Complex mean = Coefficient(wave, c, 0, 0);
        double error = 0;
        double total = 0;
        for (int n = 0; n < 2; n++)
        {
            var transfer = new TransferFunction(Exact.Microscope, Exact.Foci![n]);
            Complex[] image = [.. simulated.GetCounts(n).Select(static v => new Complex(v, 0))];
            foreach ((int ky, int kx) in ((int, int)[])[(3, 0), (0, 9), (8, 17), (-16, 4), (15, -19), (-21, -7), (2, 26)])
            {
                double g2 = Math.Pow(ky / (c.Rows * c.RowSampling), 2) + Math.Pow(kx / (c.Columns * c.ColumnSampling), 2);
                Complex t = Complex.FromPolarCoordinates(transfer.Envelope(g2), -transfer.Phase(g2));
                Complex expected = (Complex.Conjugate(mean) * Coefficient(wave, c, ky, kx) * t)
                    + (mean * Complex.Conjugate(Coefficient(wave, c, -ky, -kx)) * Complex.Conjugate(t));
                error += Math.Pow((Coefficient(image, c, ky, kx) - expected).Magnitude, 2);
                total += Math.Pow(expected.Magnitude, 2);
            }
        }

        Assert.InRange(Math.Sqrt(error / total), 0, bound);
    }

    [Fact]
    public void What_linear_theory_leaves_out_is_of_second_order()
    {
        double Left(double phase)
        {
            SimulationParameters parameters = Exact with { CustomSpecimen = Specimen(phase) };
            float[] full = SeriesSimulator.Simulate(parameters).GetCounts(0);
            float[] linear = SeriesSimulator.Simulate(parameters with { Model = ImagingModel.Linear }).GetCounts(0);
            double mean = full.Zip(linear, static (f, l) => f - l).Average();
            return Math.Sqrt(full.Zip(linear, (f, l) => (f - l - mean) * (f - l - mean)).Average());
        }

        // Half of the phase leaves a quarter of the difference; third order shifts that by about the phase itself.
        Assert.Equal(4, Left(0.08) / Left(0.04), 0.3);
    }

    [Fact]
    public void Tilts_give_the_envelope_they_are_drawn_for()
    {
        // Without C3 and C5 the phase of a tilted beam is linear in the tilt, and with one focus the tilt has nothing to mix with:
        // the envelope is exact for the linear part of the image.
        SimulationParameters parameters = Exact with
        {
            CustomSpecimen = Specimen(0.002),
            Microscope = Exact.Microscope with { C3 = 0, C5 = 0, FocusSpread = 0 },
        };
        float[] tilts = SeriesSimulator.Simulate(parameters with { SpatialCoherence = SpatialCoherence.Tilts }).GetCounts(0);
        float[] envelope = SeriesSimulator.Simulate(parameters).GetCounts(0);
        float[] coherent = SeriesSimulator.Simulate(parameters with { Microscope = parameters.Microscope with { Semiconvergence = 0 } }).GetCounts(0);

        // The largest phase, 0.002, and rounding, 10⁻⁷ of the mean, are what is left.
        double made = Rms(envelope, coherent);
        Assert.True(made > 1e-5);
        Assert.InRange(Rms(tilts, envelope) / made, 0, 0.01);
    }

    [Fact]
    public void A_pure_phase_object_conserves_electrons()
    {
        SimulationParameters parameters = Exact with
        {
            CustomSpecimen = Specimen(0.8),
            SpatialCoherence = SpatialCoherence.Tilts,
            TiltNodes = 3,
        };
        SimulatedSeries simulated = SeriesSimulator.Simulate(parameters);

        // Intensity beyond the wave's band is lost to the aperture that the band is; lens and coherence lose none.
        double wave = simulated.TrueWave.GetIntensity().Average(static v => (double)v);
        Assert.InRange(wave, 0.98, 1.0001);
        for (int n = 0; n < 2; n++)
        {
            Assert.Equal(wave, simulated.GetCounts(n).Average(static v => (double)v), 1e-5);
        }
    }

    [Fact]
    public void The_chosen_focus_nodes_are_enough()
    {
        SimulationParameters parameters = Exact with { Specimen = SpecimenKind.Crystal };
        float[] chosen = SeriesSimulator.Simulate(parameters).GetCounts(0);
        float[] many = SeriesSimulator.Simulate(parameters with { FocusNodes = 25 }).GetCounts(0);
        float[] one = SeriesSimulator.Simulate(parameters with { FocusNodes = 1 }).GetCounts(0);

        Assert.InRange(Rms(chosen, many), 0, 1e-5);
        Assert.True(Rms(one, many) > 1e-3);
    }

    [Fact]
    public void Room_round_the_frame_is_enough()
    {
        // The same object in the same place, once with a forced drift that makes the plane larger by 40 px on each side.
        SimulationParameters parameters = Exact with { Specimen = SpecimenKind.Crystal, CustomSpecimen = Specimen(null), Drift = DriftModel.None };
        float[] plain = SeriesSimulator.Simulate(parameters).GetCounts(0);
        float[] larger = SeriesSimulator.Simulate(parameters with
        {
            Drift = new DriftModel { Displacements = [new FrameDisplacement(0, 0, 0), new FrameDisplacement(1, 40, 40)] },
        }).GetCounts(0);

        // The grid of frequencies and its band end a little elsewhere, which the sharpest atoms show.
        Assert.InRange(Rms(plain, larger), 0, 2e-3);
    }

    private static SimulatedSpecimen Specimen(double? phase)
    {
        var random = new RandomStream(5, 0);
        SpecimenAtom Atom() => new(ChemicalElement.Si, random.Uniform(-2, 2), random.Uniform(-2, 2), 0);
        return new SimulatedSpecimen { Atoms = [.. Enumerable.Range(0, 60).Select(_ => Atom())], Absorption = 0, LargestPhase = phase };
    }

    private static Complex[] ToComplex(ExitWave wave)
    {
        var values = new Complex[wave.Calibration.PixelCount];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = new Complex(wave.Interleaved[2 * i], wave.Interleaved[(2 * i) + 1]);
        }

        return values;
    }

    /// <summary>One coefficient of the discrete Fourier transform by its sum, over the number of pixels.</summary>
    private static Complex Coefficient(Complex[] image, Calibration c, int ky, int kx)
    {
        Complex sum = 0;
        for (int r = 0; r < c.Rows; r++)
        {
            for (int x = 0; x < c.Columns; x++)
            {
                sum += image[(r * c.Columns) + x] * Complex.FromPolarCoordinates(1, -2 * Math.PI * (((double)ky * r / c.Rows) + ((double)kx * x / c.Columns)));
            }
        }

        return sum / c.PixelCount;
    }

    private static double Rms(float[] a, float[] b) => Math.Sqrt(a.Zip(b, static (p, q) => (p - (double)q) * (p - q)).Average());
}
