using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.Refinement;

/// <summary>The aberrations' slope over the band for one frame: that of the tables at focus 0, and the focus times g.</summary>
/// <param name="table">Real part along columns, imaginary part along rows, in nm; <see langword="null"/> where there are no cross terms.</param>
/// <param name="focus">Defocus in nm.</param>
/// <param name="frequencies">g along columns of each column.</param>
/// <param name="rowStep">Step of the frequencies along rows.</param>
internal readonly unsafe struct BandSlopes(ComplexPlane? table, float focus, float* frequencies, double rowStep)
{
    /// <summary>The table's first row.</summary>
    public float* Table { get; } = table is null ? null : table.Data;

    /// <summary>Floats from one of its rows to the next.</summary>
    public nint Stride { get; } = table?.RowStride ?? 0;

    /// <summary>Defocus in nm.</summary>
    public float Focus { get; } = focus;

    /// <summary>g along columns of each column.</summary>
    public float* Frequencies { get; } = frequencies;

    /// <summary>g along rows of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="rows">Rows of the band.</param>
    public float Frequency(int row, int rows) => (float)((row - (rows / 2)) * rowStep);

    /// <summary>Slope of all aberrations but defocus over the band, in nm: real part along columns, imaginary part along rows.</summary>
    public static ComplexPlane CreateTable(WaveBand band, Microscope microscope, AzimuthalAberrations aberrations)
    {
        ComplexPlane slopes = band.CreateSpectrum();
        double lambda2 = microscope.Wavelength * microscope.Wavelength;
        for (int row = 0; row < band.Rows; row++)
        {
            double gy = (row - band.RowReach) * band.Grid.RowStep;
            for (int column = 0; column < band.Columns; column++)
            {
                double gx = (column - band.ColumnReach) * band.Grid.ColumnStep;
                double g2 = (gx * gx) + (gy * gy);
                double round = lambda2 * g2 * (microscope.C3 + (lambda2 * g2 * microscope.C5));
                System.Numerics.Complex other = aberrations.Slope(gy, gx);
                slopes[row, column] = ((float)((round * gx) + other.Real), (float)((round * gy) + other.Imaginary));
            }
        }

        return slopes;
    }
}
