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
    /// <param name="rowSums">Σ Im p, Σ kx Im p and Σ kx² Im p of each row.</param>
    public static FrameState Gradient(WaveBand band, double wavelength, ReadOnlySpan<double> rowSums)
    {
        FrequencyGrid grid = band.Grid;
        double x = 0;
        double y = 0;
        double z = 0;
        for (int row = 0; row < band.Rows; row++)
        {
            double ky = row - band.RowReach;
            x += rowSums[(3 * row) + 1];
            y += ky * rowSums[3 * row];
            z += (rowSums[(3 * row) + 2] * grid.ColumnStep * grid.ColumnStep) + (rowSums[3 * row] * ky * ky * grid.RowStep * grid.RowStep);
        }

        return new FrameState(-2 * Math.PI / grid.Columns * x, -2 * Math.PI / grid.Rows * y, -Math.PI * wavelength * z);
    }
}
