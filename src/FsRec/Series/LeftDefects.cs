namespace FsRec.Series;

/// <summary>
/// Pixels of a frame that is not to be repaired which are defective all the same: single ones that have many times the signal of their neighbours, or next to
/// none of it, and rows and columns that do. They are told, and have no say in where a frame lies.
/// </summary>
internal static class LeftDefects
{
    private const double Deviations = 10;

    // A single pixel is a defect where it has that many times, or that part of, the signal next to it.
    private const float Hot = 3;
    private const float Dead = 0.1f;
    private const int Sample = 512;
    private const float Finer = 1.05f;

    // Natural logarithm of the odds against one such pixel in a whole frame by chance: a thousand to one.
    private const double Unlikely = 6.9;

    // Of the sample's differences, of which those of defects are none; and the mean of those of a normal distribution, in its standard deviations.
    private const double Inner = 0.95;
    private const double InnerMean = 0.717;

    /// <summary>
    /// The places of pixels of a finite frame that stand out by more than a specimen can. Single ones are looked for only among those of
    /// unusual value, as a look at every neighbourhood would take as long as the reconstruction.
    /// </summary>
    /// <param name="frame">Row-major.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    public static IReadOnlyCollection<int> Find(ReadOnlySpan<float> frame, int rows, int columns)
    {
        int stride = PixelSample.Stride(frame.Length, Sample);
        var values = new List<float>(2 * Sample);
        var differences = new List<float>(2 * Sample);
        int empty = 0;
        for (int i = 0; i < frame.Length; i += stride)
        {
            float median = PixelNeighbours.Median(frame, rows, columns, i);
            values.Add(frame[i]);
            differences.Add(Math.Abs(frame[i] - median));
            empty += median <= 0 ? 1 : 0;
        }

        if (2 * empty > values.Count)
        {
            // Single electrons: every one of them stands out.
            return [];
        }

        float usual = PixelNeighbours.Middle(values);
        float spread = 1.4826f * PixelNeighbours.Middle([.. values.Select(v => Math.Abs(v - usual))]);
        double limit = Deviations * 1.4826 * PixelNeighbours.Middle(differences);
        (float low, float high) = (usual - (6 * spread), usual + (6 * spread));
        differences.Sort();
        double deviation = differences.Take((int)(Inner * differences.Count)).Average() / InnerMean;
        double electrons = deviation > 0 ? Math.Pow(usual / deviation, 2) : double.PositiveInfinity;
        double least = Math.Log(frame.Length) + Unlikely;
        if (electrons <= 0)
        {
            return [];
        }

        // What is not a surprise needs no median: of few electrons a pixel may have none, or many times the mean.
        (float hot, float dead) = (Hot, Surprise(0) > least ? Dead : 0);
        while (Surprise(Finer * hot) <= least)
        {
            hot *= Finer;
        }

        var found = new SortedSet<int>(DefectiveLines.Find(frame, rows, columns, usual));
        foreach (int i in new UnusualPixels(Math.Max(low, MathF.BitIncrement(Dead * usual)), high, hot, dead).Find(frame, rows, columns))
        {
            float median = PixelNeighbours.Median(frame, rows, columns, i);
            bool far = Math.Abs(frame[i] - median) > limit;
            if (far && median > 0 && (frame[i] > Hot * median || frame[i] < Dead * median) && Surprise(frame[i] / median) > least)
            {
                found.Add(i);
            }
        }

        return found;

        // −ln of what chance of so many times the mean is at most, of counts as noisy as these are (H. Chernoff, Ann. Math. Stat. 23 (1952) 493, for Poisson's
        // distribution): of seven electrons a pixel one in a million has more than three times as many.
        double Surprise(double ratio) => electrons * (1 - ratio + (ratio > 0 ? ratio * Math.Log(ratio) : 0));
    }

    /// <summary>Replaces pixels by the median of the good ones nearest to them, as far as there are some.</summary>
    /// <param name="frame">Row-major.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="places">Places of the pixels.</param>
    public static void Replace(Span<float> frame, int rows, int columns, IReadOnlyCollection<int> places)
    {
        // What is replaced has no say in what replaces another.
        foreach ((int i, float good) in Instead(frame, rows, columns, places))
        {
            frame[i] = good;
        }
    }

    /// <summary>The sum of the squares by which pixels differ from what would replace them.</summary>
    /// <param name="frame">Row-major.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="places">Places of the pixels.</param>
    public static double Squares(ReadOnlySpan<float> frame, int rows, int columns, IReadOnlyCollection<int> places)
    {
        double sum = 0;
        foreach ((int i, float good) in Instead(frame, rows, columns, places))
        {
            double difference = (double)frame[i] - good;
            sum += difference * difference;
        }

        return sum;
    }

    private static List<(int Place, float Good)> Instead(ReadOnlySpan<float> frame, int rows, int columns, IReadOnlyCollection<int> places)
    {
        if (places.Count == 0)
        {
            return [];
        }

        var bad = new bool[frame.Length];
        foreach (int i in places)
        {
            bad[i] = true;
        }

        var instead = new List<(int, float)>(places.Count);
        foreach (int i in places)
        {
            instead.Add((i, PixelNeighbours.Nearest(frame, bad, rows, columns, i) ?? frame[i]));
        }

        return instead;
    }
}
