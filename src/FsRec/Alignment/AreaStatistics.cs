namespace FsRec.Alignment;

/// <summary>Sums over the pixels of a reference area, in double precision.</summary>
internal static class AreaStatistics
{
    /// <summary>
    /// Brings an area to mean 0 and standard deviation 1 in place, and inverts it where the sign is negative; a constant
    /// area becomes 0.
    /// </summary>
    public static void Normalise(Span<float> area, int sign = 1)
    {
        (double mean, double deviation) = MeanAndDeviation(area);
        float offset = (float)mean;
        float scale = deviation > 0 ? (float)(sign / deviation) : 0;
        for (int i = 0; i < area.Length; i++)
        {
            area[i] = (area[i] - offset) * scale;
        }
    }

    /// <summary>Mean and standard deviation.</summary>
    public static (double Mean, double Deviation) MeanAndDeviation(ReadOnlySpan<float> area)
    {
        double sum = 0;
        foreach (float value in area)
        {
            sum += value;
        }

        double mean = sum / area.Length;
        double squares = 0;
        foreach (float value in area)
        {
            double d = value - mean;
            squares += d * d;
        }

        return (mean, Math.Sqrt(squares / area.Length));
    }

    /// <summary>Mean of the squared differences of two areas.</summary>
    public static double MeanSquaredDifference(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double d = a[i] - b[i];
            sum += d * d;
        }

        return sum / a.Length;
    }

    /// <summary>Mean of the absolute differences of two areas.</summary>
    public static double MeanAbsoluteDifference(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += Math.Abs(a[i] - b[i]);
        }

        return sum / a.Length;
    }

    /// <summary>Mean of the products of two areas: the correlation coefficient of normalised ones.</summary>
    public static double MeanProduct(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += (double)a[i] * b[i];
        }

        return sum / a.Length;
    }
}
