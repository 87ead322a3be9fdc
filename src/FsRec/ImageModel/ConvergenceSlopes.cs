using System.Numerics;
using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.ImageModel;

/// <summary>
/// The slope of the aberrations, ∇χ/(2πλ) in nm, that the cross terms of the convergence are made with: that of the lens on the band, to
/// which a step of the aberrations adds and each frame its focus times g.
/// </summary>
internal sealed unsafe class ConvergenceSlopes : IDisposable
{
    private readonly WaveBand _band;
    private readonly BlockedPlane _slopes;
    private readonly AlignedBuffer _columnFrequencies;

    /// <summary>Those of a lens.</summary>
    public ConvergenceSlopes(WaveBand band, Microscope microscope)
    {
        _band = band;
        _slopes = new BlockedPlane(band.Rows, band.Columns);
        _columnFrequencies = new AlignedBuffer((long)_slopes.Blocks * ComplexPlane.Lanes);
        for (int c = 0; c < band.Columns; c++)
        {
            _columnFrequencies.Pointer[c] = (float)((c - band.ColumnReach) * band.Grid.ColumnStep);
        }

        Set(microscope, AberrationStep.None);
    }

    /// <summary>Sets the slopes to those of a lens after a step.</summary>
    public void Set(Microscope microscope, AberrationStep step)
    {
        var aberrations = new AzimuthalAberrations(microscope);
        double lambda2 = microscope.Wavelength * microscope.Wavelength;
        var steps = new Complex[AberrationStep.Count];
        for (int row = 0; row < _band.Rows; row++)
        {
            double gy = (row - _band.RowReach) * _band.Grid.RowStep;
            for (int column = 0; column < _band.Columns; column++)
            {
                double gx = (column - _band.ColumnReach) * _band.Grid.ColumnStep;
                double g2 = (gx * gx) + (gy * gy);
                double round = lambda2 * g2 * (microscope.C3 + (lambda2 * g2 * microscope.C5));
                Complex slope = aberrations.Slope(gy, gx) + new Complex(round * gx, round * gy);
                AberrationStep.Slopes(gy, gx, microscope.Wavelength, steps);
                for (int i = 0; i < steps.Length; i++)
                {
                    slope += step.Values[i] * steps[i];
                }

                _slopes[row, column] = ((float)slope.Real, (float)slope.Imaginary);
            }
        }
    }

    /// <summary>The slopes of a frame.</summary>
    /// <param name="focus">Defocus of the frame in nm.</param>
    public BandSlopes Of(double focus) => new(_slopes, (float)focus, _columnFrequencies.Pointer, _band.Grid.RowStep);

    /// <inheritdoc />
    public void Dispose()
    {
        _slopes.Dispose();
        _columnFrequencies.Dispose();
    }
}
