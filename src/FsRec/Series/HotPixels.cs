namespace FsRec.Series;

/// <summary>
/// Finds hot, dead and non-finite pixels and replaces them by the median of their good neighbours. A pixel is bad when it
/// differs from the median of its 3×3 neighbourhood by more than ten standard deviations of that difference. The deviation is
/// taken anew without the bad pixels until no more are found: one pixel of 10⁹ must not hide the others.
/// </summary>
internal static class HotPixels
{
    private const double Deviations = 10;

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
    private static float LocalMedian(ReadOnlySpan<float> frame, bool[] bad, int rows, int columns, int index, int radius)
    {
        int row = index / columns;
        int column = index % columns;
        Span<float> values = stackalloc float[((2 * radius) + 1) * ((2 * radius) + 1)];
        int count = 0;
        for (int r = Math.Max(0, row - radius); r <= Math.Min(rows - 1, row + radius); r++)
        {
            for (int c = Math.Max(0, column - radius); c <= Math.Min(columns - 1, column + radius); c++)
            {
                if (!bad[(r * columns) + c])
                {
                    values[count++] = frame[(r * columns) + c];
                }
            }
        }

        if (count < 3)
        {
            return bad[index] ? float.NaN : frame[index];
        }

        values = values[..count];
        values.Sort();
        return (count & 1) == 1 ? values[count / 2] : 0.5f * (values[(count / 2) - 1] + values[count / 2]);
    }
}
