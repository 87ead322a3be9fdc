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
        (float highest, int count) = (float.NegativeInfinity, 0);
        foreach (float v in image)
        {
            if (v >= highest)
            {
                (highest, count) = v > highest ? (v, 1) : (highest, count + 1);
            }
        }

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
}
