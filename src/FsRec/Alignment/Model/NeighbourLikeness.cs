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
    /// Neighbours that are less alike than this have the contrast of part of the specimen reversed between them: of two equal parts, one
    /// reversed by a tenth, 0.8 is left. A lattice then offers places a vector off that look no worse.
    /// </summary>
    public const double Alike = 0.8;

    /// <summary>The coefficient of the least alike neighbours; 1 where there is one frame only.</summary>
    public static double Least(FocalSeries series, AlignmentPoints points, PriorPowers prior)
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

        double least = 1;
        for (int n = 1; n < frames; n++)
        {
            double both = Math.Sqrt(own[n] * own[n - 1]);
            least = both > 0 ? Math.Min(least, shared[n] / both) : least;
        }

        return least;
    }
}
