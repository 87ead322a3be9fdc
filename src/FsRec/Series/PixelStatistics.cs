using System.Runtime.Intrinsics;
using FsRec.Fourier;

namespace FsRec.Series;

/// <summary>What the values of an image are like, from all of them and from a sample.</summary>
/// <param name="Broken">Values that are not finite.</param>
/// <param name="Extreme">Values that are more than <see cref="Beyond"/> times as large as a usual one, whatever their sign.</param>
/// <param name="FirstExtreme">Position of the first of them; −1 when there is none.</param>
/// <param name="Mean">Mean of the finite values that are not extreme.</param>
/// <param name="Usual">Median of the absolute values that are not 0, in a sample.</param>
/// <param name="Negative">Share of negative values in the sample.</param>
internal readonly record struct PixelStatistics(int Broken, int Extreme, int FirstExtreme, double Mean, double Usual, double Negative)
{
    /// <summary>No detector has a wider range: 20 bits.</summary>
    public const double Beyond = 1e6;

    private const int Sample = 1024;

    /// <summary>The statistics of some values.</summary>
    public static PixelStatistics Of(ReadOnlySpan<float> values)
    {
        int stride = PixelSample.Stride(values.Length, Sample);
        var sample = new List<float>(2 * Sample);
        int taken = 0;
        int negative = 0;
        for (int i = 0; i < values.Length; i += stride, taken++)
        {
            negative += values[i] < 0 ? 1 : 0;
            if (float.IsFinite(values[i]) && values[i] != 0)
            {
                sample.Add(Math.Abs(values[i]));
            }
        }

        sample.Sort();
        double usual = sample.Count == 0 ? 0 : sample[sample.Count / 2];
        double limit = usual == 0 ? double.PositiveInfinity : Beyond * usual;
        double share = (double)negative / Math.Max(1, taken);
        double mean = AreaStatistics.Mean(values);
        if (double.IsFinite(mean) && LargestAbsolute(values) <= limit)
        {
            return new PixelStatistics(0, 0, -1, mean, usual, share);
        }

        (int broken, int extreme, int first, double sum) = (0, 0, -1, 0);
        for (int i = 0; i < values.Length; i++)
        {
            float value = values[i];
            if (!float.IsFinite(value))
            {
                broken++;
            }
            else if (Math.Abs(value) > limit)
            {
                extreme++;
                first = first < 0 ? i : first;
            }
            else
            {
                sum += value;
            }
        }

        int good = values.Length - broken - extreme;
        return new PixelStatistics(broken, extreme, first, good == 0 ? double.NaN : sum / good, usual, share);
    }

    /// <summary>The largest absolute value of finite ones.</summary>
    private static float LargestAbsolute(ReadOnlySpan<float> values)
    {
        int lanes = Vector512<float>.Count;
        var largest = Vector512<float>.Zero;
        int i = 0;
        for (; i + lanes <= values.Length; i += lanes)
        {
            largest = Vector512.Max(largest, Vector512.Abs(Vector512.Create(values.Slice(i, lanes))));
        }

        float result = 0;
        for (int lane = 0; lane < lanes; lane++)
        {
            result = Math.Max(result, largest[lane]);
        }

        for (; i < values.Length; i++)
        {
            result = Math.Max(result, Math.Abs(values[i]));
        }

        return result;
    }
}
