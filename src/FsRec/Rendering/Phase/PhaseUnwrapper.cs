using System.Runtime.CompilerServices;

namespace FsRec.Rendering.Phase;

/// <summary>
/// Unwraps a phase: adds to each pixel the whole number of turns that makes the phase continuous, first where it is smoothest and the wave
/// strongest, last across noise (M. A. Herráez, D. R. Burton, M. J. Lalor and M. A. Gdeisat, Applied Optics 41 (2002) 7437: pixels join along edges in
/// the order of their reliability). Pixels of a tile in which every way gives the same turns are joined before all others. The result differs from the
/// wrapped phase by whole turns everywhere.
/// </summary>
public static class PhaseUnwrapper
{
    private const float Turn = MathF.Tau;

    // Of an edge between two pixels: enough to order by, and few enough to sort by counting.
    private const int Buckets = 1 << 16;

    /// <summary>Unwraps a phase.</summary>
    /// <param name="phase">Phase in rad, row-major.</param>
    /// <param name="amplitude">Amplitude of each pixel, by which its phase is the more certain; empty where all are alike.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <returns>The unwrapped phase in rad; the whole of it may lie any number of turns off.</returns>
    /// <exception cref="ArgumentException">The values do not fit the shape.</exception>
    public static float[] Unwrap(float[] phase, ReadOnlySpan<float> amplitude, int rows, int columns)
    {
        if (phase.Length != rows * columns || (amplitude.Length != phase.Length && amplitude.Length != 0))
        {
            throw new ArgumentException($"{rows}×{columns} pixels take {rows * columns} values, not {phase.Length} and {amplitude.Length}.", nameof(phase));
        }

        PhaseTiles tiles = PhaseTiles.Find(phase, rows, columns);
        var turns = new TurnGroups(tiles, rows, columns);
        Join(turns, SortedEdges(Reliability(phase, amplitude, tiles, rows, columns), tiles, rows, columns), phase, columns);
        var result = new float[phase.Length];
        FrameLoop.Run(rows, 0, CancellationToken.None, r =>
        {
            for (int i = r * columns; i < (r + 1) * columns; i++)
            {
                result[i] = phase[i] + (Turn * turns.Of(i));
            }
        });
        return result;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Join(TurnGroups turns, int[] edges, float[] phase, int columns)
    {
        foreach (int edge in edges)
        {
            int a = edge >> 1;
            int b = a + ((edge & 1) == 0 ? 1 : columns);
            turns.Join(a, b, PhaseTiles.TurnsBetween(phase[a], phase[b]));
        }
    }

    /// <summary>
    /// How little the phase curves at each pixel that has an edge to be decided: the inverse of the second differences in four directions, times the
    /// amplitude.
    /// </summary>
    private static float[] Reliability(float[] phase, ReadOnlySpan<float> amplitude, PhaseTiles tiles, int rows, int columns)
    {
        float[] weights = amplitude.ToArray();
        var reliability = new float[phase.Length];
        FrameLoop.Run(rows, 0, CancellationToken.None, r =>
        {
            if (r > 0 && r < rows - 1)
            {
                Reliability(phase, weights, tiles, r, columns, reliability);
            }
        });
        return reliability;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Reliability(float[] phase, float[] weights, PhaseTiles tiles, int row, int columns, float[] reliability)
    {
        bool edgeRow = row % PhaseTiles.Side is 0 or PhaseTiles.Side - 1;
        for (int c = 1; c < columns - 1; c++)
        {
            if (!edgeRow && c % PhaseTiles.Side == 1 && tiles.IsConsistent(row, c))
            {
                c += PhaseTiles.Side - 3;
                continue;
            }

            int i = (row * columns) + c;
            float here = phase[i];
            if (float.IsFinite(here))
            {
                float weight = weights.Length > 0 && float.IsFinite(weights[i]) ? Math.Abs(weights[i]) : 1;
                float sum = Second(phase[i - 1], here, phase[i + 1]) + Second(phase[i - columns], here, phase[i + columns])
                    + Second(phase[i - columns - 1], here, phase[i + columns + 1]) + Second(phase[i - columns + 1], here, phase[i + columns - 1]);
                reliability[i] = weight / (1e-6f + MathF.Sqrt(sum));
            }
        }
    }

    /// <summary>Square of the second difference of three phases, each first difference the nearest of those that differ by whole turns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Second(float before, float here, float after)
    {
        (float first, float last) = ((before - here) * (1 / Turn), (here - after) * (1 / Turn));
        float d = Turn * (first - MathF.Round(first) - last + MathF.Round(last));
        return d * d;
    }

    /// <summary>The edges that do not lie inside of a settled tile, the most reliable first: twice the pixel, plus one for the edge to the pixel below it.</summary>
    private static int[] SortedEdges(float[] reliability, PhaseTiles tiles, int rows, int columns)
    {
        var counts = new int[Buckets + 1];
        List<(int Edge, int Bucket)> edges = [];
        for (int r = 0; r < rows; r++)
        {
            AddEdges(reliability, tiles, r, rows, columns, edges);
        }

        foreach ((_, int bucket) in edges)
        {
            counts[bucket + 1]++;
        }

        for (int b = 0; b < Buckets; b++)
        {
            counts[b + 1] += counts[b];
        }

        var sorted = new int[edges.Count];
        foreach ((int edge, int bucket) in edges)
        {
            sorted[counts[bucket]++] = edge;
        }

        return sorted;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddEdges(float[] reliability, PhaseTiles tiles, int row, int rows, int columns, List<(int Edge, int Bucket)> edges)
    {
        bool lastRow = row % PhaseTiles.Side == PhaseTiles.Side - 1;
        for (int left = 0; left < columns; left += PhaseTiles.Side)
        {
            bool settled = tiles.IsConsistent(row, left);
            int right = Math.Min(left + PhaseTiles.Side, columns);
            for (int c = settled && !lastRow ? right - 1 : left; c < right; c++)
            {
                int i = (row * columns) + c;
                if (c + 1 < columns && (!settled || c + 1 == right))
                {
                    edges.Add((2 * i, Bucket(reliability[i] + reliability[i + 1])));
                }

                if (row + 1 < rows && (!settled || lastRow))
                {
                    edges.Add(((2 * i) + 1, Bucket(reliability[i] + reliability[i + columns])));
                }
            }
        }
    }

    // Positive floats sort as their bits do.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Bucket(float value) => Buckets - 1 - (int)(BitConverter.SingleToUInt32Bits(float.IsFinite(value) ? value : 0) >> 15);
}
