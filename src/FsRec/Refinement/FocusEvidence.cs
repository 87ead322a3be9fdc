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
    /// <param name="transfers">Transfer function of each frame.</param>
    /// <param name="noise">Variance of each frame's noise.</param>
    /// <param name="prior">Power spectra of amplitude and phase.</param>
    /// <param name="scattered">Scattered power, which adds to M what the linear theory leaves out.</param>
    /// <param name="wavelength">Wavelength in nm.</param>
    public static double[] Gradient(
        ModelGrid grid, IReadOnlyList<TransferFunction> transfers, IReadOnlyList<double> noise, PriorPowers prior, double scattered, double wavelength)
    {
        WaveBand band = grid.Band;
        var gradient = new double[transfers.Count];
        for (int ky = 0; ky <= band.RowReach; ky++)
        {
            for (int kx = 0; kx <= band.ColumnReach && band.Contains(ky, kx); kx++)
            {
                double g2 = band.Grid.SquaredFrequency(ky, kx);
                LinearTheory data = LinearTheory.At(transfers, noise, g2);
                double beyond = 0.5 * scattered * (data.Aa + data.Pp);
                LinearTheory m = data.With(prior.At(Math.Sqrt(g2)));
                LinearTheory inverse = new LinearTheory(m.Aa + beyond, m.Ap, m.Pp + beyond).Inverse();
                // Quadrants in the half band: two, one on an axis.
                double weight = (ky == 0 || kx == 0 ? 1 : 2) * 2 * Math.PI * wavelength * g2;
                for (int n = 0; n < gradient.Length; n++)
                {
                    (double a, double p) = LinearTheory.Row(transfers[n], g2);
                    gradient[n] += weight / noise[n] * ((a * p * (inverse.Pp - inverse.Aa)) + (((a * a) - (p * p)) * inverse.Ap));
                }
            }
        }

        double share = (double)grid.Frame.PixelCount / grid.Plane.PixelCount;
        return [.. gradient.Select(g => share * g)];
    }
}
