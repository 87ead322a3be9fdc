using FsRec.Series;

namespace FsRec.Tests.Series;

/// <summary>Repairs of hot pixels as they are defined, a median sorted for every pixel, by which the fast ones are judged.</summary>
internal static class PlainHotPixels
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
                frame[i] = Nearest(original, bad, rows, columns, i)
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
                difference[i] = frame[i] - Median(frame, bad, rows, columns, i, 1);
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
        int stride = PixelSample.Stride(frame.Length, Sample);
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

        foreach (int i in DefectiveLines.Find(frame, rows, columns, Middle(values)))
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
        int stride = PixelSample.Stride(frame.Length, Sample);
        var values = new List<float>(2 * Sample);
        var differences = new List<float>(2 * Sample);
        for (int i = 0; i < frame.Length; i += stride)
        {
            if (!bad[i])
            {
                values.Add(frame[i]);
                differences.Add(Math.Abs(frame[i] - Median(frame, bad, rows, columns, i, WideRadius)));
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

            float median = Median(frame, bad, rows, columns, i, WideRadius);
            if (median > 0 && Math.Abs(frame[i] - median) > limit && (frame[i] > Proportion * median || Proportion * frame[i] < median))
            {
                bad[i] = true;
                found = true;
            }
        }

        return found;
    }

    private static float Middle(List<float> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    private static float? Nearest(ReadOnlySpan<float> frame, bool[] bad, int rows, int columns, int index)
    {
        for (int radius = 1; radius <= 8; radius++)
        {
            float median = Median(frame, bad, rows, columns, index, radius);
            if (!float.IsNaN(median))
            {
                return median;
            }
        }

        return null;
    }

    private static float Median(ReadOnlySpan<float> frame, bool[] bad, int rows, int columns, int index, int radius)
    {
        (int row, int column) = (index / columns, index % columns);
        var values = new List<float>();
        for (int r = Math.Max(0, row - radius); r <= Math.Min(rows - 1, row + radius); r++)
        {
            for (int c = Math.Max(0, column - radius); c <= Math.Min(columns - 1, column + radius); c++)
            {
                if (!bad[(r * columns) + c])
                {
                    values.Add(frame[(r * columns) + c]);
                }
            }
        }

        if (values.Count < 3)
        {
            return bad[index] ? float.NaN : frame[index];
        }

        values.Sort();
        int half = values.Count / 2;
        return (values.Count & 1) == 1 ? values[half] : 0.5f * (values[half - 1] + values[half]);
    }
}
