namespace FsRec.Resolution;

/// <summary>Up to which frequency rings lie above a criterion.</summary>
internal static class RingReach
{
    /// <summary>
    /// The frequency of the first crossing above the rings that clearly exceed the criterion, between two rings; <see langword="null"/> where
    /// there is none. Three rings count as one, so that the chance of a single one does not decide; the lowest frequencies, of which a focal
    /// series tells little, may lie about it: the search begins where the excess is half of its largest.
    /// </summary>
    /// <param name="rings">Frequency, excess over the criterion, and number of independent frequencies of each ring, by frequency.</param>
    public static double? Of(IReadOnlyList<(double Frequency, double Excess, double Independent)> rings) => Find(rings).Reach;

    /// <summary>The same, and the ring at which the search begins.</summary>
    /// <param name="rings">Likewise.</param>
    public static (int First, double? Reach) Find(IReadOnlyList<(double Frequency, double Excess, double Independent)> rings)
    {
        double Smooth(int i)
        {
            (double sum, double weight) = (0, 0);
            for (int k = Math.Max(0, i - 1); k <= Math.Min(rings.Count - 1, i + 1); k++)
            {
                sum += rings[k].Excess * rings[k].Independent;
                weight += rings[k].Independent;
            }

            return sum / weight;
        }

        double[] excess = [.. Enumerable.Range(0, rings.Count).Select(Smooth)];
        double most = excess.Length > 0 ? excess.Max() : 0;
        if (most <= 0)
        {
            return (0, rings.Count > 0 ? rings[0].Frequency : null);
        }

        int first = Array.FindIndex(excess, e => e >= 0.5 * most);

        for (int i = first + 1; i < excess.Length; i++)
        {
            if (excess[i] < 0)
            {
                return (first, rings[i - 1].Frequency + ((rings[i].Frequency - rings[i - 1].Frequency) * excess[i - 1] / (excess[i - 1] - excess[i])));
            }
        }

        return (first, null);
    }
}
