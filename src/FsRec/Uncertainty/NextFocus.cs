using FsRec.Optics;
using FsRec.Statistics;

namespace FsRec.Uncertainty;

/// <summary>
/// What a further frame at some focus would leave of the wave's error: by the linear theory the mean square error at a frequency is the trace of
/// (M + P⁻¹)⁻¹, and a frame adds HᵀH / σ² to M. It is the curvature that the stated errors come from.
/// </summary>
/// <param name="Focus">Defocus in nm.</param>
/// <param name="RemainingError">The wave's RMS error with the frame, over that without.</param>
internal sealed record NextFocus(double Focus, double RemainingError)
{

    /// <summary>What frames at some foci would leave.</summary>
    /// <param name="information">What the frames say so far.</param>
    /// <param name="prior">The wave's expected powers.</param>
    /// <param name="lens">The microscope.</param>
    /// <param name="noise">Variance of a frame's noise.</param>
    /// <param name="lowerLimit">Frequency in 1/nm from which on errors count.</param>
    /// <param name="foci">The foci in nm.</param>
    public static IReadOnlyList<NextFocus> Of(
        SeriesInformation information, PriorPowers prior, Microscope lens, double noise, double lowerLimit, IReadOnlyList<double> foci)
    {
        WaveBand band = information.Band;
        var bins = new List<(double G2, double Weight, LinearTheory Known)>();
        double before = 0;
        for (int kx = 1; kx <= band.ColumnReach; kx++)
        {
            double g2 = band.Grid.SquaredFrequency(0, kx);
            double g = Math.Sqrt(g2);
            if (g >= lowerLimit && g <= band.Limit)
            {
                // As many frequencies as the ring has.
                LinearTheory known = information.At(0, kx).With(prior.At(g));
                bins.Add((g2, g, known));
                before += g * Trace(known);
            }
        }

        return [.. foci.Select(z =>
        {
            var transfer = new TransferFunction(lens, z);
            double after = 0;
            foreach ((double g2, double weight, LinearTheory known) in bins)
            {
                (double a, double p) = LinearTheory.Row(transfer, g2);
                after += weight * Trace(new LinearTheory(known.Aa + (a * a / noise), known.Ap + (a * p / noise), known.Pp + (p * p / noise)));
            }

            return new NextFocus(z, before > 0 ? Math.Sqrt(after / before) : 1);
        })];
    }

    private static double Trace(LinearTheory known)
    {
        LinearTheory variance = known.Inverse();
        return variance.Aa + variance.Pp;
    }
}
