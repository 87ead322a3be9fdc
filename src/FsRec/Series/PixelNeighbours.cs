using System.Runtime.InteropServices;

namespace FsRec.Series;

/// <summary>Medians of a pixel's neighbours.</summary>
internal static class PixelNeighbours
{
    /// <summary>The next bad pixel; −1 where there is none.</summary>
    /// <param name="bad">Which are bad.</param>
    /// <param name="first">From which on.</param>
    public static int NextBad(ReadOnlySpan<bool> bad, int first)
    {
        int next = bad[first..].IndexOf(true);
        return next < 0 ? -1 : first + next;
    }

    /// <summary>The middle of values, which change their places.</summary>
    /// <param name="values">At least one.</param>
    public static float Middle(List<float> values) => Selection.OfRank(CollectionsMarshal.AsSpan(values), values.Count / 2);

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

    /// <summary>Median of a finite pixel and its neighbours: of nine, but at the frame's edge.</summary>
    public static float Median(ReadOnlySpan<float> frame, int rows, int columns, int index)
    {
        (int row, int column) = (index / columns, index % columns);
        if (row == 0 || row == rows - 1 || column == 0 || column == columns - 1)
        {
            return Median(frame, [], rows, columns, index, 1);
        }

        // The middle of nine is that of the greatest of the least, the middle of the middle ones and the least of the greatest of three threes.
        (float a0, float a1, float a2) = Ordered(frame.Slice(index - columns - 1, 3));
        (float b0, float b1, float b2) = Ordered(frame.Slice(index - 1, 3));
        (float c0, float c1, float c2) = Ordered(frame.Slice(index + columns - 1, 3));
        return Middle(Math.Max(a0, Math.Max(b0, c0)), Middle(a1, b1, c1), Math.Min(a2, Math.Min(b2, c2)));
    }

    private static (float Least, float Middle, float Greatest) Ordered(ReadOnlySpan<float> three) =>
        (Math.Min(three[0], Math.Min(three[1], three[2])), Middle(three[0], three[1], three[2]), Math.Max(three[0], Math.Max(three[1], three[2])));

    private static float Middle(float a, float b, float c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));

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

        return Selection.Median(values[..count]);
    }
}
