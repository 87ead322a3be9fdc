using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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
        double lowest = Math.Max(points.Band.Grid.RowStep, points.Band.Grid.ColumnStep);
        (float[] amplitude, float[] phase) = (new float[PointPairs.Padded(points.Count)], new float[PointPairs.Padded(points.Count)]);
        for (int i = 0; i < points.Count; i++)
        {
            // The very lowest frequencies hold the illumination. What lies below the middle of the band lies above it as well.
            if (points.Ky[i] < 0 || points.G2[i] < 4 * lowest * lowest)
            {
                continue;
            }

            (double sa, double sp) = prior.At(Math.Sqrt(points.G2[i]));
            double pass = filter.At(points.G2[i]);
            double both = points.Ky[i] > 0 && points.Kx[i] > 0 ? 2 : 1;
            (amplitude[i], phase[i]) = ((float)(both * sa * pass * pass), (float)(both * sp * pass * pass));
        }

        double[] own = [.. Enumerable.Range(0, frames).Select(n => Shared(points.Rows(n), points.Rows(n), amplitude, phase))];
        double[] shared = [.. Enumerable.Range(0, frames).Select(n => n == 0 ? 0 : Shared(points.Rows(n), points.Rows(n - 1), amplitude, phase))];
        double[] likeness = [.. Enumerable.Range(1, frames - 1).Select(n => Coefficient(n, n - 1)).Order()];
        return likeness.Length == 0 ? 1 : likeness[likeness.Length / 4];

        double Coefficient(int n, int m)
        {
            double both = Math.Sqrt(own[n] * own[m]);
            return both > 0 ? shared[n] / both : 1;
        }
    }

    /// <summary>Σ S_a A_m A_n + S_p P_m P_n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Shared(PointPairs m, PointPairs n, float[] amplitude, float[] phase)
    {
        Vector512<double> sum = Vector512<double>.Zero;
        for (int i = 0; i < amplitude.Length; i += Vector512<float>.Count)
        {
            Vector512<float> a = Vector512.Create(amplitude, i) * Vector512.Create(m.Re, i) * Vector512.Create(n.Re, i);
            Vector512<float> p = Vector512.Create(phase, i) * Vector512.Create(m.Im, i) * Vector512.Create(n.Im, i);
            (Vector512<double> low, Vector512<double> high) = Vector512.Widen(a + p);
            sum += low + high;
        }

        return Vector512.Sum(sum);
    }
}
