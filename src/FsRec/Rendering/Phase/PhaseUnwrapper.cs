namespace FsRec.Rendering.Phase;

/// <summary>
/// Unwraps a phase: adds to each pixel the whole number of turns that makes the phase continuous, first where it is smoothest and the wave
/// strongest, last across noise (M. A. Herráez, D. R. Burton, M. J. Lalor and M. A. Gdeisat, Applied Optics 41 (2002) 7437: pixels join along edges in
/// the order of their reliability). The result differs from the wrapped phase by whole turns everywhere.
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

        float[] reliability = Reliability(phase, amplitude, rows, columns);
        int[] edges = SortedEdges(reliability, rows, columns);
        var turns = new TurnGroups(phase.Length);
        foreach (int edge in edges)
        {
            int a = edge >> 1;
            int b = a + ((edge & 1) == 0 ? 1 : columns);
            turns.Join(a, b, (int)MathF.Round((phase[a] - phase[b]) / Turn));
        }

        var result = new float[phase.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = phase[i] + (Turn * turns.Of(i));
        }

        return result;
    }

    /// <summary>A difference of phases as the nearest of those that differ by whole turns.</summary>
    private static float Wrap(float difference) => difference - (Turn * MathF.Round(difference / Turn));

    /// <summary>How little the phase curves at each pixel: the inverse of the second differences in four directions, times the amplitude.</summary>
    private static float[] Reliability(float[] phase, ReadOnlySpan<float> amplitude, int rows, int columns)
    {
        float[] weights = amplitude.ToArray();
        var reliability = new float[phase.Length];
        FrameLoop.Run(rows, 0, CancellationToken.None, r =>
        {
            for (int c = 0; c < columns; c++)
            {
                int i = (r * columns) + c;
                float weight = weights.Length > 0 && float.IsFinite(weights[i]) ? Math.Abs(weights[i]) : 1;
                if (r == 0 || c == 0 || r == rows - 1 || c == columns - 1 || !float.IsFinite(phase[i]))
                {
                    continue;
                }

                float Second(int step)
                {
                    float d = Wrap(phase[i - step] - phase[i]) - Wrap(phase[i] - phase[i + step]);
                    return d * d;
                }

                reliability[i] = weight / (1e-6f + MathF.Sqrt(Second(1) + Second(columns) + Second(columns + 1) + Second(columns - 1)));
            }
        });
        return reliability;
    }

    /// <summary>All edges, the most reliable first: twice the pixel, plus one for the edge to the pixel below it.</summary>
    private static int[] SortedEdges(float[] reliability, int rows, int columns)
    {
        // Positive floats sort as their bits do.
        static int Bucket(float value) => Buckets - 1 - (int)(BitConverter.SingleToUInt32Bits(float.IsFinite(value) ? value : 0) >> 15);
        var counts = new int[Buckets + 1];
        void ForEach(Action<int, int> take)
        {
            for (int r = 0; r < rows; r++)
            {
                for (int c = 0; c < columns; c++)
                {
                    int i = (r * columns) + c;
                    if (c + 1 < columns)
                    {
                        take(2 * i, Bucket(reliability[i] + reliability[i + 1]));
                    }

                    if (r + 1 < rows)
                    {
                        take((2 * i) + 1, Bucket(reliability[i] + reliability[i + columns]));
                    }
                }
            }
        }

        ForEach((_, bucket) => counts[bucket + 1]++);
        for (int b = 0; b < Buckets; b++)
        {
            counts[b + 1] += counts[b];
        }

        var sorted = new int[counts[Buckets]];
        ForEach((edge, bucket) => sorted[counts[bucket]++] = edge);
        return sorted;
    }
}
