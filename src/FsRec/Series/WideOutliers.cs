using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FsRec.Series;

/// <summary>
/// The pixels of unusual value that are so many times the median of the good pixels in a wide window about them, or such a part of it. They are so beside half of
/// those: of a noisy frame every tenth pixel is of unusual value, and a median of 49 for each would take longer than the reconstruction.
/// </summary>
/// <param name="Usual">The value that most pixels have.</param>
/// <param name="Unusual">How many times it, or which part, is unusual.</param>
/// <param name="Proportion">How many times the median, or which part of it, a pixel has to be.</param>
/// <param name="Limit">How far from the median it has to be.</param>
/// <param name="Radius">Of the window.</param>
internal readonly record struct WideOutliers(float Usual, float Unusual, float Proportion, double Limit, int Radius)
{
    /// <summary>Marks them one after the other: what was marked has no say in the medians of those after it. Returns whether there were any.</summary>
    /// <param name="frame">Row-major.</param>
    /// <param name="bad">The pixels that are not good.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    public bool Mark(ReadOnlySpan<float> frame, Span<bool> bad, int rows, int columns)
    {
        // What is no number is above and below none, and so are no pixels where the frame has a margin of it.
        int across = (columns + Vector512<float>.Count - 1) / Vector512<float>.Count * Vector512<float>.Count;
        int stride = across + (2 * Radius);
        var plane = new float[(rows + (2 * Radius)) * stride];
        plane.AsSpan().Fill(float.NaN);
        for (int row = 0; row < rows; row++)
        {
            frame.Slice(row * columns, columns).CopyTo(plane.AsSpan(((row + Radius) * stride) + Radius));
        }

        for (int i = PixelNeighbours.NextBad(bad, 0); i >= 0; i = PixelNeighbours.NextBad(bad, i + 1))
        {
            plane[(((i / columns) + Radius) * stride) + Radius + (i % columns)] = float.NaN;
        }

        bool any = false;
        List<int> counted = [];
        for (int row = 0; row < rows; row++)
        {
            counted.Clear();
            AddRow(plane, stride, row * stride, across, counted);
            (int beside, int k) = (0, 0);
            for (int column = 0; ; column++)
            {
                // Beside one that was marked there are fewer than were counted.
                if (column >= beside)
                {
                    for (; k < counted.Count && counted[k] < column; k++)
                    {
                    }

                    column = k < counted.Count ? counted[k] : columns;
                }

                if (column >= columns)
                {
                    break;
                }

                int i = (row * columns) + column;
                if (!bad[i] && IsUnusual(frame[i]) && IsFar(frame[i], PixelNeighbours.Median(frame, bad, rows, columns, i, Radius)))
                {
                    bad[i] = true;
                    plane[((row + Radius) * stride) + Radius + column] = float.NaN;
                    beside = column + Radius + 1;
                    any = true;
                }
            }
        }

        return any;
    }

    private bool IsUnusual(float value) => value >= Unusual * Usual || Unusual * value <= Usual;

    private bool IsFar(float value, float median) =>
        median > 0 && Math.Abs(value - median) > Limit && (value > Proportion * median || Proportion * value < median);

    /// <summary>The pixels of a row that can be, by how many of their neighbours they are above or below.</summary>
    /// <param name="plane">The frame with its margin.</param>
    /// <param name="stride">From row to row of it.</param>
    /// <param name="corner">Where the window of the row's first pixel begins.</param>
    /// <param name="across">Pixels of the row, whole registers.</param>
    /// <param name="found">Takes columns.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddRow(ReadOnlySpan<float> plane, int stride, int corner, int across, List<int> found)
    {
        int side = (2 * Radius) + 1;
        var (usual, times, limit) = (Vector512.Create(Usual), Vector512.Create(Proportion), Vector512.Create(Selection.NotAbove(Limit)));
        for (int column = 0; column < across; column += Vector512<float>.Count)
        {
            Vector512<float> value = Vector512.Create(plane[(corner + (Radius * stride) + Radius + column)..]);
            Vector512<float> unusual = Vector512.GreaterThanOrEqual(value, Vector512.Create(Unusual) * usual) | Vector512.LessThanOrEqual(Vector512.Create(Unusual) * value, usual);
            if (unusual.ExtractMostSignificantBits() == 0)
            {
                continue;
            }

            // A mask is −1.
            Vector512<float> more = times * value;
            (Vector512<int> brighter, Vector512<int> darker, Vector512<int> good) = (Vector512<int>.Zero, Vector512<int>.Zero, Vector512<int>.Zero);
            for (int r = 0; r < side; r++)
            {
                ReadOnlySpan<float> line = plane.Slice(corner + (r * stride) + column, side - 1 + Vector512<float>.Count);
                for (int c = 0; c < side; c++)
                {
                    Vector512<float> neighbour = Vector512.Create(line[c..]);
                    brighter -= (Vector512.GreaterThan(value, times * neighbour) & Vector512.GreaterThan(value - neighbour, limit)).AsInt32();
                    darker -= (Vector512.LessThan(more, neighbour) & Vector512.GreaterThan(neighbour - value, limit)).AsInt32();
                    good -= Vector512.Equals(neighbour, neighbour).AsInt32();
                }
            }

            // Of an even number the median lies between the two in the middle, as far as their sum is finite, and one of them is on its side.
            Vector512<int> most = Vector512.Max(brighter, darker);
            Vector512<int> half = Vector512.GreaterThanOrEqual(most + most, good);
            for (ulong bits = (half & unusual.AsInt32()).ExtractMostSignificantBits(); bits != 0; bits &= bits - 1)
            {
                found.Add(column + BitOperations.TrailingZeroCount(bits));
            }
        }
    }
}
