using FsRec.Series;

namespace FsRec.Alignment;

/// <summary>
/// Whether the data determine where frames lie. Frames of nothing but noise can be aligned, to structure that the alignment itself has made;
/// every frame then agrees with the others. But it is another structure for one half of the frequencies than for the other, since their
/// noise has nothing in common. So the series is aligned by each half alone, from nothing, and the places are compared.
/// </summary>
internal static class HalfAlignment
{
    /// <summary>Which frames lie elsewhere when aligned by a half.</summary>
    /// <param name="aligner">The aligner, which comes back as it was.</param>
    /// <param name="series">The series.</param>
    /// <param name="progress">Told how far it is.</param>
    public static bool[] Undetermined(ModelAligner aligner, FocalSeries series, IProgress<RunProgress>? progress)
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
        bool[] apart = new bool[series.Count];
        foreach (((double, double)[] a, (double, double)[] b) in new[] { (halves[0], halves[1]), ([.. kept.Places], halves[0]), ([.. kept.Places], halves[1]) })
        {
            double[] distances = Distances(a, b, series.Foci);
            for (int n = 0; n < apart.Length; n++)
            {
                apart[n] |= distances[n] > PlaceSearch.Apart;
            }
        }

        return apart;
    }

    /// <summary>How far two alignments have the frames apart, without what no series tells: a common displacement and one linear in defocus.</summary>
    private static double[] Distances((double Dx, double Dy)[] a, (double Dx, double Dy)[] b, IReadOnlyList<double> foci)
    {
        double[] x = Residuals([.. a.Zip(b, static (p, q) => p.Dx - q.Dx)], foci);
        double[] y = Residuals([.. a.Zip(b, static (p, q) => p.Dy - q.Dy)], foci);
        return [.. x.Zip(y, static (dx, dy) => Math.Sqrt((dx * dx) + (dy * dy)))];
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
