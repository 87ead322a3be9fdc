using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.ImageModel;

/// <summary>Where a frame lies and how far its focus is from the one its transfer function was made for.</summary>
/// <param name="Dx">Displacement along columns in px.</param>
/// <param name="Dy">Displacement along rows in px.</param>
/// <param name="Dz">Defocus minus the tables' defocus, in nm.</param>
internal readonly record struct FrameState(double Dx, double Dy, double Dz)
{
    /// <summary>
    /// The misfit's gradient by the state. With p = conj(ψ)·gradient: ∂D/∂dx = −2π/columns Σ kx Im p, likewise dy, and
    /// ∂D/∂Z = −πλ Σ g² Im p.
    /// </summary>
    /// <param name="band">The band of the wave.</param>
    /// <param name="wavelength">Wavelength in nm.</param>
    /// <param name="columnSums">Σ Im p of each column, then Σ ky Im p, then Σ ky² Im p, padded to whole blocks.</param>
    public static FrameState Gradient(WaveBand band, double wavelength, ReadOnlySpan<double> columnSums)
    {
        FrequencyGrid grid = band.Grid;
        double x = 0;
        double y = 0;
        double z = 0;
        int columns = columnSums.Length / 3;
        for (int column = 0; column < band.Columns; column++)
        {
            double kx = column - band.ColumnReach;
            double sum = columnSums[column];
            x += kx * sum;
            y += columnSums[columns + column];
            z += (columnSums[(2 * columns) + column] * grid.RowStep * grid.RowStep) + (sum * kx * kx * grid.ColumnStep * grid.ColumnStep);
        }

        return new FrameState(-2 * Math.PI / grid.Columns * x, -2 * Math.PI / grid.Rows * y, -Math.PI * wavelength * z);
    }
}
