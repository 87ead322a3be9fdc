using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FsRec.Series;

/// <summary>
/// The pixels of a frame that can be above so many times, or below such a part of, the median of the nine about them: they are so beside most of them. Of a
/// noisy frame a good part of the pixels is of unusual value, and nine to sort for each would take longer than the reconstruction.
/// </summary>
/// <param name="Low">Values below it are unusual.</param>
/// <param name="High">Values above it are.</param>
/// <param name="Hot">How many times its neighbours a pixel has to be.</param>
/// <param name="Dead">Or which part of them at most.</param>
internal readonly record struct UnusualPixels(float Low, float High, float Hot, float Dead)
{
    // Of nine: where so many are not beside it, the median is not.
    private const int Most = 5;

    /// <summary>Their places in the frame; those of unusual value at the frame's edge always.</summary>
    /// <param name="frame">Finite pixels, row-major.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    public List<int> Find(ReadOnlySpan<float> frame, int rows, int columns)
    {
        List<int> found = [];
        // Where none is below 0, a pixel of 0 is above so many times none of them; and below none where that takes no part of them.
        float floor = Dead <= 0 && Least(frame) >= 0 ? 0 : float.NegativeInfinity;
        for (int row = 0; row < rows; row++)
        {
            int first = row * columns;
            if (row == 0 || row == rows - 1 || columns < 3)
            {
                AddUnusual(frame, first, first + columns, found);
                continue;
            }

            AddUnusual(frame, first, first + 1, found);
            AddInner(frame, first + 1, first + columns - 1, columns, floor, found);
            AddUnusual(frame, first + columns - 1, first + columns, found);
        }

        return found;
    }

    private static float Least(ReadOnlySpan<float> frame)
    {
        var least = new Vector<float>(float.PositiveInfinity);
        int i = 0;
        for (; i <= frame.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            least = Vector.Min(least, new Vector<float>(frame[i..]));
        }

        float all = float.PositiveInfinity;
        for (int lane = 0; lane < Vector<float>.Count; lane++)
        {
            all = Math.Min(all, least[lane]);
        }

        for (; i < frame.Length; i++)
        {
            all = Math.Min(all, frame[i]);
        }

        return all;
    }

    private bool IsUnusual(float value) => value < Low || value > High;

    private void AddUnusual(ReadOnlySpan<float> frame, int first, int end, List<int> found)
    {
        for (int i = first; i < end; i++)
        {
            if (IsUnusual(frame[i]))
            {
                found.Add(i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddInner(ReadOnlySpan<float> frame, int first, int end, int columns, float floor, List<int> found)
    {
        ReadOnlySpan<int> beside = [-columns - 1, -columns, -columns + 1, -1, 0, 1, columns - 1, columns, columns + 1];
        bool dark = Dead > 0;
        int i = first;
        for (; i <= end - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            Vector512<float> value = Vector512.Create(frame[i..]);
            Vector512<float> unusual = (Vector512.LessThan(value, Vector512.Create(Low)) & Vector512.GreaterThan(value, Vector512.Create(floor))) | Vector512.GreaterThan(value, Vector512.Create(High));
            if (unusual.ExtractMostSignificantBits() == 0)
            {
                continue;
            }

            // A mask is −1.
            (Vector512<int> brighter, Vector512<int> darker) = (Vector512<int>.Zero, Vector512<int>.Zero);
            foreach (int step in beside)
            {
                Vector512<float> neighbour = Vector512.Create(frame[(i + step)..]);
                brighter -= Vector512.GreaterThan(value, Vector512.Create(Hot) * neighbour).AsInt32();
                if (dark)
                {
                    darker -= Vector512.LessThan(value, Vector512.Create(Dead) * neighbour).AsInt32();
                }
            }

            if (!dark)
            {
                // No part of its neighbours at all: what is below 0 is below all of them.
                darker = Vector512.LessThan(value, Vector512<float>.Zero).AsInt32() & Vector512.Create(Most);
            }

            Vector512<int> most = Vector512.GreaterThanOrEqual(Vector512.Max(brighter, darker), Vector512.Create(Most));
            for (ulong bits = (most & unusual.AsInt32()).ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
            {
                found.Add(i + BitOperations.TrailingZeroCount(bits));
            }
        }

        for (; i < end; i++)
        {
            (int brighter, int darker) = (0, 0);
            foreach (int step in beside)
            {
                brighter += frame[i] > Hot * frame[i + step] ? 1 : 0;
                darker += frame[i] < Dead * frame[i + step] ? 1 : 0;
            }

            if (IsUnusual(frame[i]) && Math.Max(brighter, darker) >= Most)
            {
                found.Add(i);
            }
        }
    }
}
