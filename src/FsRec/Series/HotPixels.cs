namespace FsRec.Series;

/// <summary>
/// Finds hot, dead and non-finite pixels and replaces them by the median of their good neighbours. A pixel is bad when it
/// differs from the median of its 3×3 neighbourhood by more than ten standard deviations of that difference. The deviation is
/// taken anew without the bad pixels until no more are found: one pixel of 10⁹ must not hide the others. Rows, columns and clusters that fill
/// such a neighbourhood are found in the same way in one of 7×7 pixels, if they are far from it in proportion too, as an atom's image is not; rows and columns
/// also as lines, where a pixel alone is lost in the specimen's contrast.
/// </summary>
internal static class HotPixels
{
    private const double Deviations = 10;

    // More than the contrast of any specimen: a wide defect has so many times the signal round it, or only one part in so many.
    private const float Proportion = 3;
    private const float Unusual = 2;
    private const int WideRadius = 3;

    private const int Sample = 512;

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

        MarkLines(frame, rows, columns, bad);
        while (MarkWide(frame, rows, columns, bad))
        {
        }

        float[] original = frame.ToArray();
        int count = 0;
        for (int i = 0; i < frame.Length; i++)
        {
            if (bad[i])
            {
                frame[i] = PixelNeighbours.Nearest(original, bad, rows, columns, i)
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
                difference[i] = frame[i] - PixelNeighbours.Median(frame, bad, rows, columns, i, 1);
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

    private static void MarkLines(ReadOnlySpan<float> frame, int rows, int columns, bool[] bad)
    {
        int stride = Math.Max(1, frame.Length / Sample);
        var values = new List<float>(2 * Sample);
        for (int i = 0; i < frame.Length; i += stride)
        {
            if (!bad[i])
            {
                values.Add(frame[i]);
            }
        }

        if (values.Count == 0)
        {
            return;
        }

        foreach (int i in DefectiveLines.Find(frame, rows, columns, PixelNeighbours.Middle(values)))
        {
            bad[i] = true;
        }
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
                differences.Add(Math.Abs(frame[i] - PixelNeighbours.Median(frame, bad, rows, columns, i, WideRadius)));
            }
        }

        if (values.Count == 0)
        {
            return false;
        }

        float usual = PixelNeighbours.Middle(values);
        double limit = Deviations * 1.4826 * PixelNeighbours.Middle(differences);
        bool found = false;
        for (int i = 0; i < frame.Length; i++)
        {
            if (bad[i] || (frame[i] < Unusual * usual && Unusual * frame[i] > usual))
            {
                continue;
            }

            float median = PixelNeighbours.Median(frame, bad, rows, columns, i, WideRadius);
            if (median > 0 && Math.Abs(frame[i] - median) > limit && (frame[i] > Proportion * median || Proportion * frame[i] < median))
            {
                bad[i] = true;
                found = true;
            }
        }

        return found;
    }
}
