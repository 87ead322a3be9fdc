namespace FsRec.Series;

/// <summary>A part of a frame's pixels that stands for all of them.</summary>
internal static class PixelSample
{
    // Sides of frames are products of these: a stride without them comes by every column, and one defective column is not all there is of a sample.
    private static readonly int[] Factors = [2, 3, 5, 7];

    /// <summary>From one pixel of the sample to the next, row by row.</summary>
    /// <param name="pixels">Pixels of the frame.</param>
    /// <param name="count">How many are to be taken, or somewhat fewer; all where there are no more.</param>
    public static int Stride(int pixels, int count)
    {
        int stride = Math.Max(1, pixels / count);
        while (stride > 1 && Factors.Any(factor => stride % factor == 0))
        {
            stride++;
        }

        return stride;
    }
}
