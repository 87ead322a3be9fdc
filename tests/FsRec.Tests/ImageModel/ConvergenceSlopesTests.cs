using System.Numerics;
using FsRec.Fourier;
using FsRec.ImageModel;
using FsRec.Optics;
using FsRec.Tests.Widths;

namespace FsRec.Tests.ImageModel;

/// <summary>The slopes of the cross terms against the gradient of the aberrations.</summary>
[EveryWidth]
public sealed unsafe class ConvergenceSlopesTests
{
    [Fact]
    public void The_slopes_are_those_of_the_lens_after_a_step()
    {
        var microscope = new Microscope
        {
            Voltage = 200,
            C3 = 1.2e6,
            C5 = 2e6,
            A1 = 12,
            A1Azimuth = 20,
            A2 = 400,
            A2Azimuth = 50,
            B2 = 300,
            B2Azimuth = 110,
            Semiconvergence = 0.1,
        };
        var step = new AberrationStep([2e4, 3, -4, 50, 20, -30, 70, 5]);
        var grid = new ModelGrid(new Calibration(96, 80, 0.05, 0.04), 8, 6);
        WaveBand band = grid.Band;
        using var slopes = new ConvergenceSlopes(band, microscope);
        slopes.Set(microscope, step);
        using var target = new AlignedBuffer(band.Rows * ComplexPlane.BlockFloats);
        var round = new AzimuthalAberrations(microscope);
        double lambda2 = microscope.Wavelength * microscope.Wavelength;
        var by = new Complex[AberrationStep.Count];
        for (int column = 0; column < band.Columns; column++)
        {
            slopes.Fill(-60, column / ComplexPlane.Lanes, target.Pointer);
            for (int row = 0; row < band.Rows; row++)
            {
                double gy = (row - band.RowReach) * band.Grid.RowStep;
                double gx = (column - band.ColumnReach) * band.Grid.ColumnStep;
                double g2 = (gy * gy) + (gx * gx);
                Complex expected = round.Slope(gy, gx) + (new Complex(gx, gy) * (-60 + (lambda2 * g2 * (microscope.C3 + (lambda2 * g2 * microscope.C5)))));
                AberrationStep.Slopes(gy, gx, microscope.Wavelength, by);
                expected += by.Zip(step.Values, static (d, v) => d * v).Aggregate(static (a, b) => a + b);
                int at = (row * ComplexPlane.BlockFloats) + (column % ComplexPlane.Lanes);
                // Slopes of single precision, whose parts reach some hundred nm.
                Assert.Equal(expected.Real, target.Span[at], 1e-3);
                Assert.Equal(expected.Imaginary, target.Span[at + ComplexPlane.Lanes], 1e-3);
            }
        }
    }
}
