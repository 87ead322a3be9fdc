namespace FsRec.Series;

/// <summary>Medians of a pixel's neighbours.</summary>
internal static class PixelNeighbours
{
    /// <summary>The middle of values, which are sorted.</summary>
    /// <param name="values">At least one.</param>
    public static float Middle(List<float> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    /// <summary>Median of the good pixels nearest to one; <see langword="null"/> where there are none near.</summary>
    public static float? Nearest(ReadOnlySpan<float> frame, bool[] bad, int rows, int columns, int index)
    {
        // A dead column leaves no good pixel in a small window; look further until there are some.
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

    /// <summary>Median of the good pixels within a square window; NaN when there are fewer than three.</summary>
    public static float Median(ReadOnlySpan<float> frame, ReadOnlySpan<bool> bad, int rows, int columns, int index, int radius)
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
