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
    /// <param name="statistics">Band, microscope, foci, noise and prior powers of the series.</param>
    public static bool Matter(SeriesStatistics statistics)
    {
        (WaveBand band, Microscope microscope, IReadOnlyList<double> foci, PriorPowers prior) = (statistics.Band, statistics.Microscope, statistics.Foci, statistics.Prior);
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
            if (image * image > Share * statistics.Noise[n])
            {
                return true;
            }
        }

        return false;
    }
}
