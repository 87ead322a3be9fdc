namespace FsRec.Series;

/// <summary>
/// Finds hot, dead and non-finite pixels and replaces them by the median of their good neighbours. A pixel is bad when it
/// differs from the median of its 3×3 neighbourhood by more than ten standard deviations of that difference. The deviation is
/// taken anew without the bad pixels until no more are found: one pixel of 10⁹ must not hide the others. Rows, columns and clusters that fill
/// such a neighbourhood are found in the same way in one of 7×7 pixels, if they are far from it in proportion too, as an atom's image is not.
/// </summary>
internal static class HotPixels
{
    private const double Deviations = 10;

    // More than the contrast of any specimen: a wide defect has so many times the signal round it, or only one part in so many.
    private const float Proportion = 3;
    private const float Unusual = 2;
    private const int WideRadius = 3;

    // A single pixel that is not repaired is named a defect where it has that many times, or that part of, the signal next to it.
    private const float Hot = 3;
    private const float Dead = 0.1f;
    private const int Sample = 512;
    private const float Finer = 1.05f;

    // Natural logarithm of the odds against one such pixel in a whole frame by chance: a thousand to one.
    private const double Unlikely = 6.9;

    // Of the sample's differences, of which those of defects are none; and the mean of those of a normal distribution, in its standard deviations.
    private const double Inner = 0.95;
    private const double InnerMean = 0.717;

    /// <summary>Repairs a frame in place and returns how many pixels it replaced.</summary>
    /// <exception cref="DataException">A bad pixel has no good neighbours: the frame is beyond repair.</exception>
    public static int Repair(Span<float> frame, int rows, int columns, string name)
    {
        var bad = new bool[frame.Length];
        for (int i = 0; i < frame.Length; i++)
        {
            bad[i] = !float.IsFinite(frame[i]);
        }

        while (MarkOutliers(frame, rows, columns, bad))
        {
        }

        while (MarkWide(frame, rows, columns, bad))
        {
        }

        float[] original = frame.ToArray();
        int count = 0;
        for (int i = 0; i < frame.Length; i++)
        {
            if (bad[i])
            {
                frame[i] = NeighbourMedian(original, bad, rows, columns, i)
                    ?? throw new DataException($"The frame '{name}' has no good pixel near row {i / columns}, column {i % columns}; it cannot be repaired.");
                count++;
            }
        }

        return count;
    }

    /// <summary>
    /// How many single pixels of a finite frame stand out from their neighbours by more than a specimen can: looked for only among those of
    /// unusual value, as a look at every neighbourhood would take as long as the reconstruction.
    /// </summary>
    public static int Count(ReadOnlySpan<float> frame, int rows, int columns)
    {
        int stride = Math.Max(1, frame.Length / Sample);
        var values = new List<float>(2 * Sample);
        var differences = new List<float>(2 * Sample);
        int empty = 0;
        for (int i = 0; i < frame.Length; i += stride)
        {
            float median = LocalMedian(frame, [], rows, columns, i, 1);
            values.Add(frame[i]);
            differences.Add(Math.Abs(frame[i] - median));
            empty += median <= 0 ? 1 : 0;
        }

        if (2 * empty > values.Count)
        {
            // Single electrons: every one of them stands out.
            return 0;
        }

        float usual = Middle(values);
        float spread = 1.4826f * Middle([.. values.Select(v => Math.Abs(v - usual))]);
        double limit = Deviations * 1.4826 * Middle(differences);
        (float low, float high) = (usual - (6 * spread), usual + (6 * spread));
        differences.Sort();
        double deviation = differences.Take((int)(Inner * differences.Count)).Average() / InnerMean;
        double electrons = deviation > 0 ? Math.Pow(usual / deviation, 2) : double.PositiveInfinity;
        double least = Math.Log(frame.Length) + Unlikely;
        if (electrons <= 0)
        {
            return 0;
        }

        // What is not a surprise needs no median: of few electrons a pixel may have none, or many times the mean.
        (float hot, float dead) = (Hot, Surprise(0) > least ? Dead : 0);
        while (Surprise(Finer * hot) <= least)
        {
            hot *= Finer;
        }

        int count = 0;
        foreach (int i in new UnusualPixels(Math.Max(low, MathF.BitIncrement(Dead * usual)), high, hot, dead).Find(frame, rows, columns))
        {
            float median = LocalMedian(frame, [], rows, columns, i, 1);
            bool far = Math.Abs(frame[i] - median) > limit;
            count += far && median > 0 && (frame[i] > Hot * median || frame[i] < Dead * median) && Surprise(frame[i] / median) > least ? 1 : 0;
        }

        return count;

        // −ln of what chance of so many times the mean is at most, of counts as noisy as these are (H. Chernoff, Ann. Math. Stat. 23 (1952) 493, for Poisson's
        // distribution): of seven electrons a pixel one in a million has more than three times as many.
        double Surprise(double ratio) => electrons * (1 - ratio + (ratio > 0 ? ratio * Math.Log(ratio) : 0));
    }

    private static float Middle(List<float> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    private static bool MarkOutliers(ReadOnlySpan<float> frame, int rows, int columns, bool[] bad)
    {
        var difference = new float[frame.Length];
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int i = 0; i < frame.Length; i++)
        {
            if (!bad[i])
            {
                difference[i] = frame[i] - LocalMedian(frame, bad, rows, columns, i, 1);
                sum += difference[i];
                squares += (double)difference[i] * difference[i];
                count++;
            }
        }

        if (count == 0)
        {
            return false;
        }

        double mean = sum / count;
        double limit = Deviations * Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean)));
        bool found = false;
        for (int i = 0; i < frame.Length; i++)
        {
            if (!bad[i] && Math.Abs(difference[i]) > limit)
            {
                bad[i] = true;
                found = true;
            }
        }

        return found;
    }

    /// <summary>
    /// Marks pixels that differ from a wider neighbourhood; only those of unusual value are looked at, and the deviation is that of a
    /// sample: medians of so many pixels take long.
    /// </summary>
    private static bool MarkWide(ReadOnlySpan<float> frame, int rows, int columns, bool[] bad)
    {
        int stride = Math.Max(1, frame.Length / Sample);
        var values = new List<float>(2 * Sample);
        var differences = new List<float>(2 * Sample);
        for (int i = 0; i < frame.Length; i += stride)
        {
            if (!bad[i])
            {
                values.Add(frame[i]);
                differences.Add(Math.Abs(frame[i] - LocalMedian(frame, bad, rows, columns, i, WideRadius)));
            }
        }

        if (values.Count == 0)
        {
            return false;
        }

        float usual = Middle(values);
        double limit = Deviations * 1.4826 * Middle(differences);
        bool found = false;
        for (int i = 0; i < frame.Length; i++)
        {
            if (bad[i] || (frame[i] < Unusual * usual && Unusual * frame[i] > usual))
            {
                continue;
            }

            float median = LocalMedian(frame, bad, rows, columns, i, WideRadius);
            if (median > 0 && Math.Abs(frame[i] - median) > limit && (frame[i] > Proportion * median || Proportion * frame[i] < median))
            {
                bad[i] = true;
                found = true;
            }
        }

        return found;
    }

    private static float? NeighbourMedian(ReadOnlySpan<float> frame, bool[] bad, int rows, int columns, int index)
    {
        // A dead column leaves no good pixel in a small window; look further until there are some.
        for (int radius = 1; radius <= 8; radius++)
        {
            float median = LocalMedian(frame, bad, rows, columns, index, radius);
            if (!float.IsNaN(median))
            {
                return median;
            }
        }

        return null;
    }

    /// <summary>Median of the good pixels within a square window; NaN when there are fewer than three.</summary>
    private static float LocalMedian(ReadOnlySpan<float> frame, ReadOnlySpan<bool> bad, int rows, int columns, int index, int radius)
    {
        int row = index / columns;
        int column = index % columns;
        Span<float> values = stackalloc float[((2 * radius) + 1) * ((2 * radius) + 1)];
        int count = 0;
        for (int r = Math.Max(0, row - radius); r <= Math.Min(rows - 1, row + radius); r++)
        {
            for (int c = Math.Max(0, column - radius); c <= Math.Min(columns - 1, column + radius); c++)
            {
                if (bad.IsEmpty || !bad[(r * columns) + c])
                {
                    values[count++] = frame[(r * columns) + c];
                }
            }
        }

        if (count < 3)
        {
            return !bad.IsEmpty && bad[index] ? float.NaN : frame[index];
        }

        values = values[..count];
        values.Sort();
        return (count & 1) == 1 ? values[count / 2] : 0.5f * (values[(count / 2) - 1] + values[count / 2]);
    }
}
