namespace FsRec.Series;

/// <summary>Medians of numbers that need no order beyond that: an array's own sort asks a comparer, and takes several times as long for nine of them.</summary>
internal static class Selection
{
    // Fewer are ordered by insertion.
    private const int Few = 16;

    /// <summary>Orders few numbers, the least first.</summary>
    /// <param name="values">Numbers.</param>
    public static void Order(Span<float> values)
    {
        for (int i = 1; i < values.Length; i++)
        {
            float value = values[i];
            int place = i - 1;
            for (; place >= 0 && value < values[place]; place--)
            {
                values[place + 1] = values[place];
            }

            values[place + 1] = value;
        }
    }

    /// <summary>The number that has so many before it when they are ordered; those before it are not greater then, those after it not less.</summary>
    /// <param name="values">Numbers, which change their places.</param>
    /// <param name="rank">How many.</param>
    public static float OfRank(Span<float> values, int rank)
    {
        if (values.Length <= Few)
        {
            Order(values);
            return values[rank];
        }

        // C. A. R. Hoare, Commun. ACM 4 (1961) 321.
        (int left, int right) = (0, values.Length - 1);
        while (left < right)
        {
            float pivot = values[rank];
            (int i, int j) = (left, right);
            do
            {
                while (values[i] < pivot)
                {
                    i++;
                }

                while (pivot < values[j])
                {
                    j--;
                }

                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }
            while (i <= j);

            left = j < rank ? i : left;
            right = rank < i ? j : right;
        }

        return values[rank];
    }

    /// <summary>The middle one, or half of the sum of the two in the middle.</summary>
    /// <param name="values">Numbers, which change their places.</param>
    public static float Median(Span<float> values)
    {
        int half = values.Length / 2;
        float upper = OfRank(values, half);
        if ((values.Length & 1) == 1)
        {
            return upper;
        }

        float lower = values[0];
        foreach (float value in values[1..half])
        {
            lower = value > lower ? value : lower;
        }

        return 0.5f * (lower + upper);
    }

    /// <summary>The last number of single precision that is not above a limit: others are above the limit where they are above it.</summary>
    /// <param name="limit">The limit.</param>
    public static float NotAbove(double limit) => (float)limit > limit ? MathF.BitDecrement((float)limit) : (float)limit;
}
