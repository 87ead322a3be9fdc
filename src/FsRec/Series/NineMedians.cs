using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FsRec.Series;

/// <summary>By how much pixels differ from the median of the nine about them, sixteen at a time: of a whole frame these are more medians than all else that is done with it.</summary>
internal static class NineMedians
{
    /// <summary>The differences of a frame's pixels; of those that have a pixel that is not finite among the nine, nothing that means anything.</summary>
    /// <param name="frame">Row-major.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="differences">As many.</param>
    public static void Differences(ReadOnlySpan<float> frame, int rows, int columns, Span<float> differences)
    {
        for (int row = 0; row < rows; row++)
        {
            int first = row * columns;
            int inner = row == 0 || row == rows - 1 || columns < 3 ? first
                : Inner(frame, columns, first + 1, first + columns - 1, differences);
            Edge(frame, rows, columns, first, inner == first ? first : first + 1, differences);
            Edge(frame, rows, columns, inner, first + columns, differences);
        }
    }

    private static void Edge(ReadOnlySpan<float> frame, int rows, int columns, int first, int end, Span<float> differences)
    {
        for (int i = first; i < end; i++)
        {
            differences[i] = frame[i] - PixelNeighbours.Median(frame, rows, columns, i);
        }
    }

    /// <summary>Where it ended: whole registers, the last of which may lie over the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Inner(ReadOnlySpan<float> frame, int columns, int first, int end, Span<float> differences)
    {
        int last = end - Vector512<float>.Count;
        if (last < first)
        {
            return first - 1;
        }

        for (int i = first; ; i = Math.Min(i + Vector512<float>.Count, last))
        {
            // The middle of nine is that of the greatest of the least, the middle of the middle ones and the least of the greatest of three columns.
            (Vector512<float> least0, Vector512<float> middle0, Vector512<float> greatest0) = Ordered(frame, columns, i - 1);
            (Vector512<float> least1, Vector512<float> middle1, Vector512<float> greatest1) = Ordered(frame, columns, i);
            (Vector512<float> least2, Vector512<float> middle2, Vector512<float> greatest2) = Ordered(frame, columns, i + 1);
            Vector512<float> least = Greater(Greater(least0, least1), least2);
            Vector512<float> greatest = Less(Less(greatest0, greatest1), greatest2);
            Vector512<float> median = Middle(least, Middle(middle0, middle1, middle2), greatest);
            (Vector512.Create(frame[i..]) - median).CopyTo(differences[i..]);
            if (i == last)
            {
                return end;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> Least, Vector512<float> Middle, Vector512<float> Greatest) Ordered(ReadOnlySpan<float> frame, int columns, int index)
    {
        var a = Vector512.Create(frame[(index - columns)..]);
        var b = Vector512.Create(frame[index..]);
        var c = Vector512.Create(frame[(index + columns)..]);
        (Vector512<float> less, Vector512<float> greater) = (Less(a, b), Greater(a, b));
        return (Less(less, c), Greater(less, Less(greater, c)), Greater(greater, c));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Middle(Vector512<float> a, Vector512<float> b, Vector512<float> c) => Greater(Less(a, b), Less(Greater(a, b), c));

    // A comparison and a choice take less than Min and Max, which look for numbers that are none.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Less(Vector512<float> a, Vector512<float> b) => Vector512.ConditionalSelect(Vector512.LessThan(a, b), a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Greater(Vector512<float> a, Vector512<float> b) => Vector512.ConditionalSelect(Vector512.GreaterThan(a, b), a, b);
}
