using FsRec.Series;

namespace FsRec.Alignment;

/// <summary>Sums of neighbouring aligned frames, block after block; frames that do not fill a block are left out.</summary>
public static class BoxcarSums
{
    /// <summary>Sums the frames.</summary>
    /// <param name="aligned">The series and its displacements.</param>
    /// <param name="size">Frames a sum, at least 1 and at most the number of frames.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>⌊N / size⌋ sums: mean focus of the block in nm, and pixels, row-major, in units of the mean intensity of one frame.</returns>
    /// <exception cref="FsRecException">The size does not fit the series.</exception>
    public static IEnumerable<(double Focus, float[] Pixels)> Enumerate(AlignedSeries aligned, int size, CancellationToken cancellationToken = default)
    {
        FocalSeries series = aligned.Series;
        if (size < 1 || size > series.Count)
        {
            throw new FsRecException($"A boxcar of {size} frames was asked for; the series has {series.Count}. Give a number from 1 to {series.Count}.");
        }

        return Sums(aligned, size, cancellationToken);
    }

    private static IEnumerable<(double Focus, float[] Pixels)> Sums(AlignedSeries aligned, int size, CancellationToken cancellationToken)
    {
        var sum = new float[aligned.Series.Calibration.PixelCount];
        foreach ((int index, float[] pixels) in AlignedFrames.Enumerate(aligned, cancellationToken))
        {
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += pixels[i];
            }

            if (index % size == size - 1)
            {
                yield return (aligned.Series.Foci.Skip(index + 1 - size).Take(size).Average(), sum);
                sum = new float[sum.Length];
            }
        }
    }
}
