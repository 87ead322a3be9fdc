namespace FsRec.Resolution;

/// <summary>The rings that lie above a criterion, from a first to a last one.</summary>
/// <param name="First">The ring at which the search began.</param>
/// <param name="Last">The last ring above the criterion.</param>
/// <param name="Frequency">Frequency at which the criterion is crossed; <see langword="null"/> where it is not crossed up to the last ring of all.</param>
internal readonly record struct RingReach(int First, int Last, double? Frequency)
{
    /// <summary>
    /// The first crossing above the rings that clearly exceed the criterion, between two rings; <see langword="null"/> where none exceeds it.
    /// Three rings count as one, so that the chance of a single one does not decide; the lowest frequencies, of which a focal
    /// series tells little, may lie about it: the search begins where the excess is half of its largest.
    /// </summary>
    /// <param name="rings">Frequency, excess over the criterion, and number of independent frequencies of each ring, by frequency.</param>
    public static RingReach? Find(IReadOnlyList<(double Frequency, double Excess, double Independent)> rings)
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
        if (!(most > 0))
        {
            return null;
        }

        int first = Array.FindIndex(excess, e => e >= 0.5 * most);
        for (int i = first + 1; i < excess.Length; i++)
        {
            if (excess[i] < 0)
            {
                double step = rings[i].Frequency - rings[i - 1].Frequency;
                return new RingReach(first, i - 1, rings[i - 1].Frequency + (step * excess[i - 1] / (excess[i - 1] - excess[i])));
            }
        }

        return new RingReach(first, excess.Length - 1, null);
    }
}
