using System.Numerics;

namespace FsRec.Series;

/// <summary>
/// Whether the bytes of 16-bit numbers of files without a header are in the other order than was said. The lower byte of a count holds its noise and takes any value,
/// the higher one is much the same everywhere; where it is the other way round, they have been exchanged.
/// </summary>
internal static class ByteOrder
{
    // Bits by which the higher byte must vary more, which it does not by chance.
    private const double Clearly = 1;

    // Numbers that are shifted to the left, as some cameras write those of twelve bits, have low bytes that say little.
    private const int MostShifted = 3;

    /// <summary>Whether they are.</summary>
    /// <param name="series">The series.</param>
    public static bool IsOther(FocalSeries series) => HeaderlessNumbers.First(series, PixelType.UInt16, PixelType.Int16) is { } numbers && IsOther(numbers);

    /// <summary>Whether those of some numbers are.</summary>
    /// <param name="numbers">Whole numbers of 16 bits.</param>
    internal static bool IsOther(ReadOnlySpan<float> numbers)
    {
        var low = new int[256];
        var high = new int[256];
        int any = 0;
        foreach (float number in numbers)
        {
            int bits = (int)number & ushort.MaxValue;
            low[bits & byte.MaxValue]++;
            high[bits >> 8]++;
            any |= bits;
        }

        return BitOperations.TrailingZeroCount(any) <= MostShifted && Entropy(low, numbers.Length) + Clearly < Entropy(high, numbers.Length);
    }

    private static double Entropy(int[] counts, int all) => counts.Where(static c => c > 0).Sum(c => -((double)c / all) * Math.Log2((double)c / all));
}
