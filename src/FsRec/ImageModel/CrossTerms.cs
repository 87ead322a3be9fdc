using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Statistics;

namespace FsRec.ImageModel;

/// <summary>Whether the cross terms of the convergence belong into the model of a series: they cost two image waves a frame.</summary>
internal static class CrossTerms
{
    // Of the variance of the noise: the share below which what is left out cannot be told from it.
    private const double Share = 1e-3;

    /// <summary>
    /// Whether their image, of the size 2(πα)² Σ (S_a + S_p) E² s² over the pixels, s the slope of the aberrations, stands out of the
    /// noise of any frame.
    /// </summary>
    /// <param name="band">The band of the wave.</param>
    /// <param name="microscope">The microscope.</param>
    /// <param name="foci">Defocus of each frame in nm.</param>
    /// <param name="noise">Variance of each frame's noise.</param>
    /// <param name="prior">Power spectra of amplitude and phase.</param>
    public static bool Matter(WaveBand band, Microscope microscope, IReadOnlyList<double> foci, IReadOnlyList<double> noise, PriorPowers prior)
    {
        double angle = Math.PI * microscope.Semiconvergence * 1e-3;
        FrequencyGrid grid = band.Grid;
        for (int n = 0; n < foci.Count; n++)
        {
            var transfer = new TransferFunction(microscope, foci[n]);
            double sum = 0;
            for (int i = 1; i < prior.Rings; i++)
            {
                double g = i * prior.Step;
                if (g <= band.Limit)
                {
                    (double a, double p) = prior.At(g);
                    double points = 2 * Math.PI * g * prior.Step / (grid.RowStep * grid.ColumnStep);
                    double slope = WaveFactors.Slope(microscope, foci[n], g) * transfer.Envelope(g * g);
                    sum += points * (a + p) * slope * slope;
                }
            }

            double image = 2 * angle * angle * sum / ((double)grid.Rows * grid.Columns);
            if (image * image > Share * noise[n])
            {
                return true;
            }
        }

        return false;
    }
}
