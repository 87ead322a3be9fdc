namespace FsRec.Parameters;

/// <summary>How far two spellings lie apart.</summary>
public static class Spelling
{
    private const int LongestName = 40;

    /// <summary>The nearest of some names, if it is near enough to be what was meant; case does not count.</summary>
    /// <param name="name">The misspelt name.</param>
    /// <param name="candidates">The names.</param>
    /// <returns>The nearest; <see langword="null"/> when none is near.</returns>
    public static string? Nearest(string name, IEnumerable<string> candidates)
    {
        name = name.Trim().ToUpperInvariant();
        if (name.Length is 0 or > LongestName)
        {
            return null;
        }

        string? nearest = null;
        int least = int.MaxValue;

        // Sorted, so that a tie is decided the same way in every run.
        foreach (string candidate in candidates.Order(StringComparer.OrdinalIgnoreCase))
        {
            int distance = Distance(name, candidate.ToUpperInvariant());

            // Up to a third of the letters may be wrong.
            bool isNear = distance <= Math.Max(1, Math.Min(name.Length, candidate.Length) / 3);
            if (isNear && distance < least)
            {
                (nearest, least) = (candidate, distance);
            }
        }

        return nearest;
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that turn one into the other.</summary>
    internal static int Distance(string a, string b)
    {
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }

                int replaced = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                int best = Math.Min(replaced, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    best = Math.Min(best, cost[i - 2, j - 2] + 1);
                }

                cost[i, j] = best;
            }
        }

        return cost[a.Length, b.Length];
    }
}
