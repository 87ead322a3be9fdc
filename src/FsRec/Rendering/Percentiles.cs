namespace FsRec.Rendering;

/// <summary>The range of values without the few that lie far out.</summary>
internal static class Percentiles
{
    private const int Bins = 1 << 14;
    private const int MostRounds = 12;

    /// <summary>The range without a share of the values at each end; values that are no numbers do not count.</summary>
    /// <param name="values">The values.</param>
    /// <param name="share">Share at each end, 0 to 0.5.</param>
    public static (double Low, double High) Range(float[] values, double share)
    {
        (double low, double high, long count) = Extremes(values);
        if (count == 0)
        {
            return (0, 0);
        }

        // A few values far out leave a histogram coarse: again, until it does not.
        for (int round = 0; round < MostRounds && high > low && share > 0; round++)
        {
            double width = high - low;
            (low, high) = Narrow(values, low, high, (long)(share * count));
            if (high - low > width / 2)
            {
                break;
            }
        }

        return (low, high);
    }

    private static (double Low, double High) Narrow(float[] values, double low, double high, long cut)
    {
        var histogram = new long[Bins];
        double scale = Bins / (high - low);
        (long below, long above) = (0, 0);
        ForBlocks(values.Length, (first, last) =>
        {
            var part = new long[Bins];
            (long under, long over) = (0, 0);
            for (int i = first; i < last; i++)
            {
                float v = values[i];
                if (v < low)
                {
                    under++;
                }
                else if (v > high)
                {
                    over++;
                }
                else if (float.IsFinite(v))
                {
                    part[Math.Min(Bins - 1, (int)((v - low) * scale))]++;
                }
            }

            lock (histogram)
            {
                below += under;
                above += over;
                for (int i = 0; i < part.Length; i++)
                {
                    histogram[i] += part[i];
                }
            }
        });

        int first = 0;
        for (; first < Bins - 1 && below + histogram[first] <= cut; first++)
        {
            below += histogram[first];
        }

        int last = Bins - 1;
        for (; last > first && above + histogram[last] <= cut; last--)
        {
            above += histogram[last];
        }

        return (first == 0 ? low : low + (first / scale), last == Bins - 1 ? high : low + ((last + 1) / scale));
    }

    private static (double Low, double High, long Count) Extremes(float[] values)
    {
        object gate = new();
        (float low, float high, long count) = (float.PositiveInfinity, float.NegativeInfinity, 0);
        ForBlocks(values.Length, (first, last) =>
        {
            (float least, float most, long finite) = (float.PositiveInfinity, float.NegativeInfinity, 0);
            for (int i = first; i < last; i++)
            {
                float v = values[i];
                if (float.IsFinite(v))
                {
                    least = Math.Min(least, v);
                    most = Math.Max(most, v);
                    finite++;
                }
            }

            lock (gate)
            {
                low = Math.Min(low, least);
                high = Math.Max(high, most);
                count += finite;
            }
        });
        return (low, high, count);
    }

    // Sums of whole numbers and extremes come out the same in whatever order the blocks end.
    private static void ForBlocks(int count, Action<int, int> body)
    {
        const int Block = 1 << 18;
        FrameLoop.Run((count + Block - 1) / Block, 0, CancellationToken.None, block => body(block * Block, Math.Min(count, (block + 1) * Block)));
    }
}
