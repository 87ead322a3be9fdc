using FsRec.Series;

namespace FsRec.Alignment;

/// <summary>
/// Whether the data determine where frames lie. Frames of nothing but noise can be aligned, to structure that the alignment itself has made;
/// every frame then agrees with the others. But it is another structure for one half of the frequencies than for the other, since their
/// noise has nothing in common. So the series is aligned by each half alone, from nothing, and the places are compared.
/// </summary>
internal static class HalfAlignment
{
    /// <summary>How far frames lie elsewhere when aligned by a half, in px along columns and rows; 0 of those that lie where they do.</summary>
    /// <param name="aligner">The aligner, which comes back as it was.</param>
    /// <param name="series">The series.</param>
    /// <param name="progress">Told how far it is.</param>
    public static (double Dx, double Dy)[] Apart(ModelAligner aligner, FocalSeries series, IProgress<RunProgress>? progress)
    {
        AlignmentState kept = aligner.State;
        var halves = new (double Dx, double Dy)[2][];
        for (int half = 0; half < 2; half++)
        {
            aligner.Points.Use(half);
            aligner.Grow();
            ModelAlignment.Settle(aligner, series, progress);
            halves[half] = [.. aligner.Places];
        }

        aligner.Points.Use(null);
        aligner.Restore(kept);
        var apart = new (double Dx, double Dy)[series.Count];
        foreach (((double Dx, double Dy)[] a, (double Dx, double Dy)[] b) in new[] { (halves[0], halves[1]), (kept.Places.ToArray(), halves[0]), (kept.Places.ToArray(), halves[1]) })
        {
            // Without what no series tells: a common displacement and one linear in defocus.
            double[] x = Residuals([.. a.Zip(b, static (p, q) => p.Dx - q.Dx)], series.Foci);
            double[] y = Residuals([.. a.Zip(b, static (p, q) => p.Dy - q.Dy)], series.Foci);
            for (int n = 0; n < apart.Length; n++)
            {
                if (FramePlaces.Distance((x[n], y[n]), (0, 0)) > PlaceSearch.Apart)
                {
                    apart[n] = (Math.Max(apart[n].Dx, Math.Abs(x[n])), Math.Max(apart[n].Dy, Math.Abs(y[n])));
                }
            }
        }

        return apart;
    }

    /// <summary>Without the median and the median slope, which frames that lie anywhere do not move.</summary>
    private static double[] Residuals(double[] values, IReadOnlyList<double> foci)
    {
        var slopes = new List<double>();
        for (int m = 0; m < values.Length; m++)
        {
            for (int n = m + 1; n < values.Length; n++)
            {
                if (foci[m] != foci[n])
                {
                    slopes.Add((values[n] - values[m]) / (foci[n] - foci[m]));
                }
            }
        }

        double slope = Median(slopes);
        double[] level = [.. values.Select((v, n) => v - (slope * foci[n]))];
        double middle = Median([.. level]);
        return [.. level.Select(v => v - middle)];
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values.Count == 0 ? 0 : values[values.Count / 2];
    }
}
