using System.Numerics;

namespace FsRec.Series;

/// <summary>
/// Whether an image has been clipped: above what the camera or an export could hold, pixels have one and the same value. Counts of an
/// image become rarer towards the highest one; of a clipped image the highest is the more frequent.
/// </summary>
internal static class Clipping
{
    // Of a frame's pixels at the highest value: fewer, as of a cluster of defects, change the image by less than its noise.
    private const double Tolerable = 0.01;

    /// <summary>Whether a hundredth of an image's pixels or more have its highest value, and fewer the next.</summary>
    /// <param name="image">The image.</param>
    public static bool IsClipped(ReadOnlySpan<float> image)
    {
        float highest = float.NegativeInfinity;
        int i = 0;
        var most = new Vector<float>(highest);
        for (; i <= image.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            var v = new Vector<float>(image[i..]);
            most = Vector.ConditionalSelect(Vector.GreaterThan(v, most), v, most);
        }

        for (int lane = 0; lane < Vector<float>.Count; lane++)
        {
            highest = most[lane] > highest ? most[lane] : highest;
        }

        for (; i < image.Length; i++)
        {
            highest = image[i] > highest ? image[i] : highest;
        }

        int count = Count(image, highest);
        if (count < Tolerable * image.Length || count == image.Length)
        {
            return false;
        }

        (float next, int others) = (float.NegativeInfinity, 0);
        foreach (float v in image)
        {
            if (v >= next && v < highest)
            {
                (next, others) = v > next ? (v, 1) : (next, others + 1);
            }
        }

        return count > others;
    }

    private static int Count(ReadOnlySpan<float> image, float value)
    {
        var (values, counts) = (new Vector<float>(value), Vector<int>.Zero);
        int i = 0;
        for (; i <= image.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            // A mask is −1.
            counts -= Vector.Equals(new Vector<float>(image[i..]), values);
        }

        int count = Vector.Sum(counts);
        for (; i < image.Length; i++)
        {
            count += image[i] == value ? 1 : 0;
        }

        return count;
    }
}
