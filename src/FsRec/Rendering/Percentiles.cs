using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FsRec.Rendering;

/// <summary>The range of values without the few that lie far out.</summary>
internal static class Percentiles
{
    private const int Bins = 1 << 14;
    private const int MostRounds = 12;
    private const int Block = 1 << 18;

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
        // Before the bins a place for what lies below, after them one for what lies above and one for what is no number.
        var counts = new long[Bins + 3];
        float least = (float)low;
        float most = (float)high;
        double scale = Bins / (high - low);
        int workers = FrameLoop.Workers(0, Blocks(values.Length));
        var parts = new int[workers][];
        ForBlocks(values.Length, (worker, first, last) => Count(values.AsSpan(first, last - first), least, most, (float)scale, parts[worker] ??= new int[Bins + 3]));
        foreach (int[]? part in parts)
        {
            for (int i = 0; i < (part?.Length ?? 0); i++)
            {
                counts[i] += part![i];
            }
        }

        long below = counts[0];
        long above = counts[Bins + 1];
        int first = 1;
        for (; first < Bins && below + counts[first] <= cut; first++)
        {
            below += counts[first];
        }

        int last = Bins;
        for (; last > first && above + counts[last] <= cut; last--)
        {
            above += counts[last];
        }

        return (first == 1 ? low : low + ((first - 1) / scale), last == Bins ? high : low + (last / scale));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Count(ReadOnlySpan<float> values, float low, float high, float scale, int[] counts)
    {
        Span<int> places = stackalloc int[Vector256<float>.Count];
        Span<float> few = stackalloc float[Vector256<float>.Count];
        for (int i = 0; i < values.Length; i += places.Length)
        {
            if (values.Length - i < few.Length)
            {
                values[i..].CopyTo(few);
            }

            Vector256<float> v = Vector256.Create(values.Length - i < few.Length ? few : values[i..]);
            Vector256<float> bin = Vector256.Min((v - Vector256.Create(low)) * scale, Vector256.Create(Bins - 1f));
            // Whatever an overflow or a zero by an infinity becomes lies in a bin.
            Vector256<int> place = Vector256.Max(Vector256.Min(Vector256.ConvertToInt32(bin) + Vector256<int>.One, Vector256.Create(Bins)), Vector256<int>.One);
            place = Vector256.ConditionalSelect(Vector256.LessThan(v, Vector256.Create(low)).AsInt32(), Vector256<int>.Zero, place);
            place = Vector256.ConditionalSelect(Vector256.GreaterThan(v, Vector256.Create(high)).AsInt32(), Vector256.Create(Bins + 1), place);
            place = Vector256.ConditionalSelect(IsFinite(v).AsInt32(), place, Vector256.Create(Bins + 2));
            place.CopyTo(places);
            foreach (int p in places[..Math.Min(places.Length, values.Length - i)])
            {
                counts[p]++;
            }
        }
    }

    private static (double Low, double High, long Count) Extremes(float[] values)
    {
        object gate = new();
        (float low, float high, long count) = (float.PositiveInfinity, float.NegativeInfinity, 0);
        ForBlocks(values.Length, (_, first, last) =>
        {
            (float least, float most, long finite) = Extremes(values.AsSpan(first, last - first));
            lock (gate)
            {
                low = Math.Min(low, least);
                high = Math.Max(high, most);
                count += finite;
            }
        });
        return (low, high, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (float Low, float High, long Count) Extremes(ReadOnlySpan<float> values)
    {
        Vector256<float> least = Vector256.Create(float.PositiveInfinity);
        Vector256<float> most = Vector256.Create(float.NegativeInfinity);
        Vector256<int> finite = Vector256<int>.Zero;
        int i = 0;
        for (; i <= values.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            Vector256<float> v = Vector256.Create(values[i..]);
            Vector256<float> valid = IsFinite(v);
            least = Vector256.Min(least, Vector256.ConditionalSelect(valid, v, Vector256.Create(float.PositiveInfinity)));
            most = Vector256.Max(most, Vector256.ConditionalSelect(valid, v, Vector256.Create(float.NegativeInfinity)));
            // A mask is −1.
            finite -= valid.AsInt32();
        }

        (float low, float high, long count) = (float.PositiveInfinity, float.NegativeInfinity, 0);
        for (int k = 0; k < Vector256<float>.Count; k++)
        {
            (low, high, count) = (Math.Min(low, least[k]), Math.Max(high, most[k]), count + finite[k]);
        }

        for (; i < values.Length; i++)
        {
            if (float.IsFinite(values[i]))
            {
                (low, high, count) = (Math.Min(low, values[i]), Math.Max(high, values[i]), count + 1);
            }
        }

        return (low, high, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> IsFinite(Vector256<float> v) => Vector256.LessThanOrEqual(Vector256.Abs(v), Vector256.Create(float.MaxValue));

    private static int Blocks(int count) => (count + Block - 1) / Block;

    // Sums of whole numbers and extremes come out the same in whatever order the blocks end.
    private static void ForBlocks(int count, Action<int, int, int> body) =>
        FrameLoop.Run(Blocks(count), 0, CancellationToken.None, (worker, block) => body(worker, block * Block, Math.Min(count, (block + 1) * Block)));
}
