using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Statistics;

namespace FsRec.ImageModel;

/// <summary>
/// The nodes of the integral over the focus spread: foci Z + δ with weights, δ = Δ·x and x distributed as exp(−x²). As many as make the
/// rule's error term n! k²ⁿ / (2ⁿ (2n)!), k = πλΔ·Limit², fall below a bound; that is the error where the wave ends, and it falls as the
/// 4n-th power of the frequency below.
/// </summary>
internal static class FocusNodes
{
    private const int Most = 9;

    // Of the noise of a frame: the RMS error of the image that more nodes are taken for.
    private const double TolerableError = 0.1;

    /// <summary>The rule for a microscope and a limit in 1/nm.</summary>
    public static IReadOnlyList<(double Defocus, float Weight)> Rule(Microscope microscope, double limit, double error = 5e-3)
    {
        if (microscope.FocusSpread <= 0)
        {
            return [(0, 1)];
        }

        return Rule(microscope, Count(Phase(microscope, limit), error));
    }

    /// <summary>The rule of some nodes.</summary>
    public static IReadOnlyList<(double Defocus, float Weight)> Rule(Microscope microscope, int count) =>
        microscope.FocusSpread <= 0 ? [(0, 1)] : [.. GaussHermite.Rule(count).Select(r => (microscope.FocusSpread * r.Node, (float)r.Weight))];

    /// <summary>
    /// The nodes that a series takes: as many as Limit and the focus spread ask for, and more where what they leave out would stand out of
    /// the noise.
    /// </summary>
    /// <param name="statistics">Band up to Limit, microscope, noise and prior powers of the series.</param>
    /// <returns>How many, and the RMS error of an image for it in units of the noise.</returns>
    public static (int Count, double Error) Choose(SeriesStatistics statistics)
    {
        int count = Rule(statistics.Microscope, statistics.Band.Limit).Count;
        double error = ErrorOverNoise(statistics, count);
        while (error > TolerableError && count < Most)
        {
            error = ErrorOverNoise(statistics, ++count);
        }

        return (count, error);
    }

    /// <summary>A beam at g interferes with the direct one to an image of power 4 (S_a + S_p), of which the rule gets its error term wrong.</summary>
    private static double ErrorOverNoise(SeriesStatistics statistics, int count)
    {
        (WaveBand band, PriorPowers prior) = (statistics.Band, statistics.Prior);
        double sum = 0;
        for (int i = 1; i < prior.Rings && i * prior.Step <= band.Limit; i++)
        {
            double g = i * prior.Step;
            (double a, double p) = prior.At(g);
            double points = 2 * Math.PI * g * prior.Step / (band.Grid.RowStep * band.Grid.ColumnStep);
            double error = ErrorTerm(Phase(statistics.Microscope, g), count);
            sum += 4 * points * (a + p) * error * error;
        }

        return Math.Sqrt(sum / ((double)band.Grid.Rows * band.Grid.Columns) / statistics.Noise.Min());
    }

    /// <summary>πλΔg².</summary>
    private static double Phase(Microscope microscope, double g) => Math.PI * microscope.Wavelength * microscope.FocusSpread * g * g;

    /// <summary>
    /// The transfer function at one focus, exp(−iχ) with the envelope of the convergence, on a band: rows |ky|, columns from −ColumnReach.
    /// </summary>
    /// <param name="band">The band.</param>
    /// <param name="transfer">The round lens at the focus.</param>
    /// <param name="aberrations">What else the convergence sees of the lens; their phase belongs to the wave.</param>
    /// <param name="table">Rows |ky|, or all rows from −RowReach, as aberrations that are not round ask for.</param>
    public static void FillTransfer(WaveBand band, TransferFunction transfer, AzimuthalAberrations aberrations, BlockedPlane table)
    {
        if (table.Rows == band.Rows)
        {
            FillAll(band, transfer, aberrations, table);
            return;
        }

        for (int ky = 0; ky <= band.RowReach; ky++)
        {
            for (int kx = 0; kx <= band.ColumnReach && band.Contains(ky, kx); kx++)
            {
                double g2 = band.Grid.SquaredFrequency(ky, kx);
                (double sin, double cos) = Math.SinCos(-transfer.Phase(g2));
                double envelope = transfer.SpatialEnvelope(g2);
                table[ky, band.ColumnReach + kx] = table[ky, band.ColumnReach - kx] = ((float)(envelope * cos), (float)(envelope * sin));
            }
        }
    }

    private static void FillAll(WaveBand band, TransferFunction transfer, AzimuthalAberrations aberrations, BlockedPlane table)
    {
        for (int ky = -band.RowReach; ky <= band.RowReach; ky++)
        {
            for (int kx = -band.ColumnReach; kx <= band.ColumnReach; kx++)
            {
                if (band.Contains(ky, kx))
                {
                    (double sin, double cos) = Math.SinCos(-transfer.Phase(band.Grid.SquaredFrequency(ky, kx)));
                    double envelope = transfer.SpatialEnvelope(ky * band.Grid.RowStep, kx * band.Grid.ColumnStep, aberrations);
                    table[band.RowReach + ky, band.ColumnReach + kx] = ((float)(envelope * cos), (float)(envelope * sin));
                }
            }
        }
    }

    private static int Count(double k, double error)
    {
        int count = 1;
        while (count < Most && ErrorTerm(k, count) >= error)
        {
            count++;
        }

        return count;
    }

    /// <summary>n! k²ⁿ / (2ⁿ (2n)!).</summary>
    private static double ErrorTerm(double k, int count)
    {
        double term = 1;
        for (int n = 1; n <= count; n++)
        {
            term *= k * k * n / (2.0 * ((2 * n) - 1) * (2 * n));
        }

        return term;
    }
}
