using FsRec.ImageModel;
using FsRec.Optics;
using FsRec.Statistics;

namespace FsRec.Refinement;

/// <summary>
/// What the estimate of foci owes to a wave that is estimated with them. Their likelihood is that of the frames over all waves, which adds
/// ½ ln det M to the misfit of the best one: without it foci drift to where the frames seem to say more than they do.
/// </summary>
internal static class FocusEvidence
{
    /// <summary>
    /// The derivative of ½ ln det M by the focus of each frame, per nm: Σ over half the band of 2πλg² H'M⁻¹Hᵀ/σ², H' = 2E(−sin χ, cos χ).
    /// </summary>
    /// <param name="grid">The grid of the wave; only the frame's part of it is seen.</param>
    /// <param name="statistics">Transfer functions, noise and prior powers as they stand.</param>
    /// <param name="scattered">Scattered power, which adds to M what the linear theory leaves out.</param>
    public static double[] Gradient(ModelGrid grid, SeriesStatistics statistics, double scattered)
    {
        WaveBand band = grid.Band;
        double wavelength = statistics.Microscope.Wavelength;
        var gradient = new double[statistics.Frames];
        for (int ky = 0; ky <= band.RowReach; ky++)
        {
            for (int kx = 0; kx <= band.ColumnReach && band.Contains(ky, kx); kx++)
            {
                double g2 = band.Grid.SquaredFrequency(ky, kx);
                LinearTheory inverse = statistics.Known(g2, scattered).Inverse();
                // Quadrants in the half band: two, one on an axis.
                double weight = (ky == 0 || kx == 0 ? 1 : 2) * 2 * Math.PI * wavelength * g2;
                for (int n = 0; n < gradient.Length; n++)
                {
                    (double a, double p) = statistics.Row(n, g2);
                    gradient[n] += weight / statistics.Noise[n] * ((a * p * (inverse.Pp - inverse.Aa)) + (((a * a) - (p * p)) * inverse.Ap));
                }
            }
        }

        double share = (double)grid.Frame.PixelCount / grid.Plane.PixelCount;
        return [.. gradient.Select(g => share * g)];
    }
}
