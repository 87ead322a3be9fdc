using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
        MarkNotFinite(frame, bad);
        MarkOutliers(frame, rows, columns, bad);
        MarkLines(frame, rows, columns, bad);
        while (MarkWide(frame, rows, columns, bad))
        {
        }

        int first = PixelNeighbours.NextBad(bad, 0);
        if (first < 0)
        {
            return 0;
        }

        float[] original = frame.ToArray();
        int count = 0;
        for (int i = first; i >= 0; i = PixelNeighbours.NextBad(bad, i + 1))
        {
            frame[i] = PixelNeighbours.Nearest(original, bad, rows, columns, i)
                ?? throw new DataException($"The frame '{name}' has no good pixel near row {i / columns}, column {i % columns}; it cannot be repaired.");
            count++;
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MarkNotFinite(ReadOnlySpan<float> frame, Span<bool> bad)
    {
        int i = 0;
        for (; i <= frame.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            // Of what is not finite the difference from itself is no number.
            var value = Vector512.Create(frame[i..]);
            Vector512<float> nothing = value - value;
            for (ulong bits = (~Vector512.Equals(nothing, nothing)).ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
            {
                bad[i + BitOperations.TrailingZeroCount(bits)] = true;
            }
        }

        for (; i < frame.Length; i++)
        {
            bad[i] = !float.IsFinite(frame[i]);
        }
    }

    /// <summary>
    /// Marks pixels that differ from their neighbours until there are no more: after the first time the medians change only beside those that were marked.
    /// </summary>
    private static void MarkOutliers(ReadOnlySpan<float> frame, int rows, int columns, bool[] bad)
    {
        var differences = new float[frame.Length];
        NineMedians.Differences(frame, rows, columns, differences);
        List<int> marked = [];
        for (int i = PixelNeighbours.NextBad(bad, 0); i >= 0; i = PixelNeighbours.NextBad(bad, i + 1))
        {
            marked.Add(i);
        }

        int count = frame.Length;
        do
        {
            count -= marked.Count;
            foreach (int i in marked)
            {
                // Where none is left its own difference adds nothing.
                differences[i] = 0;
                Renew(frame, rows, columns, bad, i, differences);
            }

            marked.Clear();
            if (count > 0)
            {
                AddAbove(differences, Limit(differences, count), marked);
            }

            foreach (int i in marked)
            {
                bad[i] = true;
            }
        }
        while (marked.Count > 0);
    }

    /// <summary>Takes the differences of the good pixels beside one anew.</summary>
    private static void Renew(ReadOnlySpan<float> frame, int rows, int columns, bool[] bad, int index, float[] differences)
    {
        (int row, int column) = (index / columns, index % columns);
        for (int r = Math.Max(0, row - 1); r <= Math.Min(rows - 1, row + 1); r++)
        {
            for (int c = Math.Max(0, column - 1); c <= Math.Min(columns - 1, column + 1); c++)
            {
                int i = (r * columns) + c;
                if (!bad[i])
                {
                    differences[i] = frame[i] - PixelNeighbours.Median(frame, bad, rows, columns, i, 1);
                }
            }
        }
    }

    /// <summary>Of the differences: so many of their standard deviations. One after the other, so that it has the same bits on every processor.</summary>
    private static double Limit(float[] differences, int count)
    {
        double sum = 0;
        double squares = 0;
        foreach (float difference in differences)
        {
            sum += difference;
            squares += (double)difference * difference;
        }

        double mean = sum / count;
        return Deviations * Math.Sqrt(Math.Max(0, (squares / count) - (mean * mean)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddAbove(ReadOnlySpan<float> differences, double limit, List<int> found)
    {
        float below = Selection.NotAbove(limit);
        int i = 0;
        for (; i <= differences.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            Vector512<float> above = Vector512.GreaterThan(Vector512.Abs(Vector512.Create(differences[i..])), Vector512.Create(below));
            for (ulong bits = above.ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
            {
                found.Add(i + BitOperations.TrailingZeroCount(bits));
            }
        }

        for (; i < differences.Length; i++)
        {
            if (Math.Abs(differences[i]) > below)
            {
                found.Add(i);
            }
        }
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
        int stride = PixelSample.Stride(frame.Length, Sample);
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
        return new WideOutliers(usual, Unusual, Proportion, limit, WideRadius).Mark(frame, bad, rows, columns);
    }
}
