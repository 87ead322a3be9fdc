using System.Numerics;
using FsRec.Comparison;
using FsRec.Optics;
using FsRec.Reconstructions;
using FsRec.Refinement;
using FsRec.Restoration;
using FsRec.Series;
using FsRec.Simulation;

namespace FsRec.Tests.Optics;

public class AzimuthalAberrationsTests
{
    private static readonly Microscope Lens = new() { Voltage = 200, A1 = 12, A1Azimuth = 25, A2 = 400, A2Azimuth = -10, B2 = 150, B2Azimuth = 70 };

    [Fact]
    public void Astigmatism_is_defocus_along_its_azimuth_and_its_opposite_across()
    {
        var aberrations = new AzimuthalAberrations(new Microscope { A1 = 12, A1Azimuth = 25 });
        var defocus = new TransferFunction(new Microscope(), 12);
        (double sin, double cos) = Math.SinCos(25 * Math.PI / 180);
        Assert.Equal(defocus.Phase(9), aberrations.Phase(3 * sin, 3 * cos), 1e-9);
        Assert.Equal(-defocus.Phase(9), aberrations.Phase(3 * cos, -3 * sin), 1e-9);
    }

    [Fact]
    public void Coma_and_threefold_astigmatism_have_their_symmetries()
    {
        double l2 = Lens.Wavelength * Lens.Wavelength;
        var coma = new AzimuthalAberrations(new Microscope { Voltage = 200, B2 = 150, B2Azimuth = 90 });
        Assert.Equal(2 * Math.PI * 150 * l2 * 27, coma.Phase(3, 0), 1e-9);
        Assert.Equal(0, coma.Phase(0, 3), 1e-9);
        var threefold = new AzimuthalAberrations(new Microscope { Voltage = 200, A2 = 150 });
        for (int turn = 0; turn < 6; turn++)
        {
            (double sin, double cos) = Math.SinCos(turn * Math.PI / 3);
            Assert.Equal((turn % 2 == 0 ? 1 : -1) * 2 * Math.PI / 3 * 150 * l2 * 27, threefold.Phase(3 * sin, 3 * cos), 1e-9);
        }
    }

    [Fact]
    public void The_slope_is_the_phases_gradient()
    {
        var aberrations = new AzimuthalAberrations(Lens);
        const double Step = 1e-4;
        Complex slope = aberrations.Slope(2.5, -1.5);
        double unit = 1 / (2 * Math.PI * Lens.Wavelength * 2 * Step);
        Assert.Equal(unit * (aberrations.Phase(2.5, -1.5 + Step) - aberrations.Phase(2.5, -1.5 - Step)), slope.Real, 1e-6);
        Assert.Equal(unit * (aberrations.Phase(2.5 + Step, -1.5) - aberrations.Phase(2.5 - Step, -1.5)), slope.Imaginary, 1e-6);
    }

    // A weak object through a lens with all of them: the wave comes back without them, by each of the three ways. With the keys left
    // out it does not.
    [Theory]
    [InlineData("linear")]
    [InlineData("wiener")]
    [InlineData("nonlinear")]
    public void A_reconstruction_takes_them_off(string method)
    {
        SimulationParameters parameters = new()
        {
            Specimen = SpecimenKind.Weak,
            Calibration = new Calibration(128, 128, 0.045, 0.045),
            Microscope = SimulationParameters.Demo.Microscope with { A1 = 6, A1Azimuth = 25, A2 = 120, A2Azimuth = -10, B2 = 60, B2Azimuth = 70 },
            FrameCount = 12,
            FirstFocus = -190,
            Dose = 0,
            Drift = new DriftModel { Periodic = true },
        };
        double Error(SimulationParameters told)
        {
            SimulatedSeries simulated = SeriesSimulator.Simulate(told);
            AlignedSeries aligned = AlignedSeries.Unmoved(simulated.Series);
            ExitWave wave = method switch
            {
                "linear" => LinearReconstruction.Run(aligned, new ReconstructionOptions { Iterations = 1 }).Wave,
                "wiener" => WienerRestoration.Run(aligned),
                _ => NonlinearReconstruction.Run(
                    LinearReconstruction.Run(aligned, new ReconstructionOptions { Iterations = 1 }),
                    new NonlinearOptions { RefineDisplacements = false, RefineFoci = false, Margin = 0, Iterations = 12, KeepLinearWhereBetter = false }).Wave,
            };
            return WaveComparison.Compare(wave, simulated.TrueWave, WaveComparisonOptions.From(simulated.Series.Parameters) with
            {
                CentralFraction = 1,
                FitShift = false,
                FitDefocus = false,
            }).RelativeError;
        }

        double error = Error(parameters);
        double untold = Error(parameters with { NominalMicroscope = SimulationParameters.Demo.Microscope });

        Assert.InRange(error, 0, 0.1);
        Assert.True(untold > 0.5);
    }
}
