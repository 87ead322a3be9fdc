using FsRec.Parameters;

namespace FsRec.Series;

/// <summary>
/// The part of large frames that is aligned to the model. Such an alignment keeps some twelve arrays of the band's frequencies for each frame, and
/// the error of a place falls with the root of their number: of frames of 4096² a sixteenth tells it to a few hundredths of a pixel. Around the
/// reference area, which is where the user says the specimen is.
/// </summary>
internal static class AlignmentRegion
{
    /// <summary>Frames of so many pixels or fewer, 1024², are taken whole however many there are.</summary>
    public const int WholeFrame = 1 << 20;

    /// <summary>Pixels of all frames together up to which they are taken whole, as 60 of 1024² or 15 of 2048².</summary>
    public const long WholeSeries = 60L * WholeFrame;

    /// <summary>The part; <see langword="null"/> where frames are taken whole.</summary>
    /// <param name="parameters">Shape and number of the frames, and the reference area.</param>
    public static ReferenceArea? Of(ReconstructionParameters parameters) => Of(parameters.Image, parameters.SelectedImages.Count);

    /// <summary>The frames of a series, or their part as a series of its own with the same foci and microscope.</summary>
    /// <param name="series">The series.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    public static FocalSeries Cut(FocalSeries series, int threads, CancellationToken cancellationToken) =>
        Of(series.Parameters.Image, series.Count) is { } part ? series.Cut(part, threads, cancellationToken) : series;

    /// <summary>The part of so many frames.</summary>
    internal static ReferenceArea? Of(ImageParameters image, int count)
    {
        Calibration frame = image.Calibration;
        double most = Math.Max(WholeFrame, WholeSeries / Math.Max(1, count));
        double pixels = (double)frame.Rows * frame.Columns;
        if (pixels <= most)
        {
            return null;
        }

        double scale = Math.Sqrt(most / pixels);
        (int rows, int columns) = (Smooth(scale * frame.Rows), Smooth(scale * frame.Columns));
        ReferenceArea area = image.GetReferenceArea();
        return new ReferenceArea(
            Math.Clamp(area.Top + (area.Rows / 2) - (rows / 2), 0, frame.Rows - rows),
            Math.Clamp(area.Left + (area.Columns / 2) - (columns / 2), 0, frame.Columns - columns),
            rows,
            columns);
    }

    /// <summary>The largest even number of pixels that is no more and a product of 2, 3 and 5, whose transform is fast.</summary>
    private static int Smooth(double most)
    {
        for (int count = (int)most / 2 * 2; count > 2; count -= 2)
        {
            int rest = count;
            foreach (int factor in (int[])[2, 3, 5])
            {
                while (rest % factor == 0)
                {
                    rest /= factor;
                }
            }

            if (rest == 1)
            {
                return count;
            }
        }

        return Math.Max(1, (int)most);
    }
}
