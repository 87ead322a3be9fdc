using System.Numerics;

namespace FsRec.Series;

/// <summary>
/// Rows and columns of a frame that have more than twice the signal of those about them, or less than half of it, in pieces of some 64 pixels: up to three side
/// by side fill the neighbourhood by which a single pixel is told. Fringes and edges of a specimen along a row have others of their kind beside them: the lines
/// about a defective one differ from one another by less than a third of what it differs from them by.
/// </summary>
internal static class DefectiveLines
{
    private const int PieceLength = 64;
    private const int Beside = 6;
    private const float Proportion = 2;
    private const float Apart = 3;
    private const double Deviations = 10;

    // Of the signal that is usual: more in one pixel does not count in its line, or a single one would make the line bright.
    private const float Most = 3;

    /// <summary>The places of their pixels.</summary>
    /// <param name="frame">Row-major; what is not finite counts as bright.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="usual">The signal that most pixels have.</param>
    public static IReadOnlyList<int> Find(ReadOnlySpan<float> frame, int rows, int columns, float usual)
    {
        if (!(usual > 0) || !float.IsFinite(usual))
        {
            return [];
        }

        (int rowPieces, int columnPieces) = (Math.Max(1, rows / PieceLength), Math.Max(1, columns / PieceLength));
        var ofRows = new float[columnPieces][];
        var ofColumns = new float[rowPieces][];
        Array.ForEach(Enumerable.Range(0, columnPieces).ToArray(), p => ofRows[p] = new float[rows]);
        Array.ForEach(Enumerable.Range(0, rowPieces).ToArray(), p => ofColumns[p] = new float[columns]);
        for (int r = 0; r < rows; r++)
        {
            float[] column = ofColumns[Piece(r, rows, rowPieces)];
            for (int p = 0; p < columnPieces; p++)
            {
                (int first, int end) = (First(p, columns, columnPieces), First(p + 1, columns, columnPieces));
                ofRows[p][r] = Add(frame.Slice((r * columns) + first, end - first), column.AsSpan(first, end - first), Most * usual);
            }
        }

        List<int> found = [];
        for (int p = 0; p < columnPieces; p++)
        {
            foreach (int r in Bad(ofRows[p]))
            {
                found.AddRange(Enumerable.Range((r * columns) + First(p, columns, columnPieces), First(p + 1, columns, columnPieces) - First(p, columns, columnPieces)));
            }
        }

        for (int p = 0; p < rowPieces; p++)
        {
            foreach (int c in Bad(ofColumns[p]))
            {
                for (int r = First(p, rows, rowPieces); r < First(p + 1, rows, rowPieces); r++)
                {
                    found.Add((r * columns) + c);
                }
            }
        }

        return found;
    }

    private static int First(int piece, int count, int pieces) => (int)((long)piece * count / pieces);

    private static int Piece(int index, int count, int pieces)
    {
        int piece = (int)((long)index * pieces / count);
        return First(piece + 1, count, pieces) <= index ? piece + 1 : piece;
    }

    /// <summary>Adds a piece of a row to the sums of its columns; returns its own sum.</summary>
    private static float Add(ReadOnlySpan<float> piece, Span<float> columns, float most)
    {
        var (high, low, sums) = (new Vector<float>(most), new Vector<float>(-most), Vector<float>.Zero);
        int i = 0;
        for (; i <= piece.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var v = new Vector<float>(piece[i..]);
            v = Vector.ConditionalSelect(Vector.LessThan(v, high), v, high);
            v = Vector.ConditionalSelect(Vector.GreaterThan(v, low), v, low);
            sums += v;
            (new Vector<float>(columns[i..]) + v).CopyTo(columns[i..]);
        }

        float sum = Vector.Sum(sums);
        for (; i < piece.Length; i++)
        {
            float v = piece[i] < most ? piece[i] : most;
            v = v > -most ? v : -most;
            sum += v;
            columns[i] += v;
        }

        return sum;
    }

    private static IEnumerable<int> Bad(float[] levels)
    {
        if (levels.Length <= 2 * Beside)
        {
            return [];
        }

        List<int> candidates = [];
        int first = Beside;
        for (; first + Vector<float>.Count <= levels.Length - Beside; first += Vector<float>.Count)
        {
            var level = new Vector<float>(levels, first);
            var (twice, brighter, darker) = (Proportion * level, Vector<int>.Zero, Vector<int>.Zero);
            for (int k = -Beside; k <= Beside; k++)
            {
                // A mask is −1.
                var other = new Vector<float>(levels, first + k);
                brighter -= Vector.GreaterThan(level, Proportion * other);
                darker -= Vector.LessThan(twice, other);
            }

            Vector<int> many = Vector.GreaterThanOrEqual(Vector.Max(brighter, darker), new Vector<int>(Beside));
            for (int lane = 0; lane < Vector<float>.Count && many != Vector<int>.Zero; lane++)
            {
                if (many[lane] != 0)
                {
                    candidates.Add(first + lane);
                }
            }
        }

        for (int i = 0; i < levels.Length; i++)
        {
            if (i == Beside)
            {
                // Those in the middle are done.
                i = first;
            }

            (int brighter, int darker) = (0, 0);
            foreach (float other in Window(levels, i))
            {
                brighter += levels[i] > Proportion * other ? 1 : 0;
                darker += Proportion * levels[i] < other ? 1 : 0;
            }

            if (Math.Max(brighter, darker) >= Beside)
            {
                candidates.Add(i);
            }
        }

        candidates.Sort();
        if (candidates.Count == 0)
        {
            return [];
        }

        double limit = Deviations * 1.4826 * PixelNeighbours.Middle([.. levels.Select((level, i) => Math.Abs(level - Others(levels, i).Median))]);
        return candidates.Where(i =>
        {
            (float median, float spread) = Others(levels, i);
            float difference = Math.Abs(levels[i] - median);
            return median > 0 && (levels[i] > Proportion * median || Proportion * levels[i] < median) && difference > Apart * spread && difference > limit;
        });
    }

    /// <summary>A line and the twelve nearest to it.</summary>
    private static ReadOnlySpan<float> Window(float[] levels, int index) =>
        levels.AsSpan(Math.Clamp(index - Beside, 0, levels.Length - (2 * Beside) - 1), (2 * Beside) + 1);

    /// <summary>The median of the twelve lines nearest to one, and how far those differ that are not of the two highest and lowest.</summary>
    private static (float Median, float Spread) Others(float[] levels, int index)
    {
        int first = Math.Clamp(index - Beside, 0, levels.Length - (2 * Beside) - 1);
        Span<float> others = stackalloc float[2 * Beside];
        for (int k = 0; k < others.Length; k++)
        {
            others[k] = levels[first + k + (first + k >= index ? 1 : 0)];
        }

        Selection.Order(others);
        return ((others[Beside - 1] + others[Beside]) / 2, others[^3] - others[2]);
    }
}
