using FsRec.Fourier;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Alignment;

/// <summary>
/// How much alike neighbouring images of a series are expected to be where the specimen's power is: the correlation coefficient of
/// two images after the alignment filter, by the prior powers that are estimated from the frames' own spectra and by the transfer at both foci.
/// </summary>
internal static class NeighbourLikeness
{
    /// <summary>
    /// Neighbours that are less alike than this have the contrast of a twentieth of the specimen's power reversed between them, which takes twice
    /// that off the coefficient. A lattice then offers places a vector off that look no worse. No place rests on the bound: above it what frame against
    /// frame found is held against the frames, below it the alignment to the model is tried at once. Of 28 series of likeness 0.47 to 1 (lattices of 0.2 to
    /// 0.6 nm, contrast that reverses, five microscopes) none had a frame lost with the bound at −1 or at 1 either; frame against frame, where it was
    /// kept, was coarser, 0.05 to 0.09 px RMS in place of 0.02.
    /// </summary>
    public const double Alike = 0.9;

    /// <summary>The coefficient that a quarter of the neighbours stay below; 1 where there is one frame only.</summary>
    public static double Quartile(FocalSeries series, AlignmentPoints points, PriorPowers prior)
    {
        var filter = new SoftBandPass(series.Parameters.EffectiveAlignmentFilter);
        int frames = points.Frames;
        var own = new double[frames];
        var shared = new double[frames];
        double lowest = Math.Max(points.Band.Grid.RowStep, points.Band.Grid.ColumnStep);
        for (int i = 0; i < points.Count; i++)
        {
            // The very lowest frequencies hold the illumination.
            if (points.G2[i] < 4 * lowest * lowest)
            {
                continue;
            }

            (double sa, double sp) = prior.At(Math.Sqrt(points.G2[i]));
            double pass = filter.At(points.G2[i]);
            (sa, sp) = (sa * pass * pass, sp * pass * pass);
            (float a, float p) = points.Rows(0)[i];
            own[0] += (sa * a * a) + (sp * p * p);
            for (int n = 1; n < frames; n++)
            {
                (float b, float q) = points.Rows(n)[i];
                own[n] += (sa * b * b) + (sp * q * q);
                shared[n] += (sa * a * b) + (sp * p * q);
                (a, p) = (b, q);
            }
        }

        double[] likeness = [.. Enumerable.Range(1, frames - 1).Select(n => Coefficient(n, n - 1)).Order()];
        return likeness.Length == 0 ? 1 : likeness[likeness.Length / 4];

        double Coefficient(int n, int m)
        {
            double both = Math.Sqrt(own[n] * own[m]);
            return both > 0 ? shared[n] / both : 1;
        }
    }
}
