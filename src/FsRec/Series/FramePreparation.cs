using FsRec.Fourier;
using FsRec.Parameters;

namespace FsRec.Series;

/// <summary>What happens to a frame before anything else: repair, then division by its own mean.</summary>
internal static class FramePreparation
{
    /// <summary>Prepares one frame in place.</summary>
    /// <param name="frame">Row-major pixels.</param>
    /// <param name="image">Shape, and whether outliers are repaired.</param>
    /// <param name="name">What an error calls the frame.</param>
    /// <param name="hasHeader">Whether its file says what its numbers are.</param>
    /// <param name="withoutDefects">Whether defective pixels are replaced that the parameters leave.</param>
    /// <returns>The mean it had, and the defective pixels that were repaired, or found where they are not.</returns>
    /// <exception cref="DataException">A pixel is not finite and Fixhotpix is off, or the mean is not positive.</exception>
    public static (double Mean, FrameDefects Defects) Prepare(Span<float> frame, ImageParameters image, string name, bool hasHeader = false, bool withoutDefects = false)
    {
        (int rows, int columns) = (image.Calibration.Rows, image.Calibration.Columns);
        PixelStatistics statistics = FrameCheck.RequireNumbers(frame, name, hasHeader);
        (int defects, double squares) = (0, 0);
        if (image.FixHotPixels)
        {
            defects = HotPixels.Repair(frame, rows, columns, name);
        }
        else if (statistics.Broken == 0)
        {
            FrameCheck.RequireRange(frame, statistics, columns, name);
            IReadOnlyCollection<int> found = LeftDefects.Find(frame, rows, columns);
            defects = found.Count;
            if (withoutDefects)
            {
                LeftDefects.Replace(frame, rows, columns, found);
            }
            else
            {
                squares = LeftDefects.Squares(frame, rows, columns, found);
            }
        }

        double mean = AreaStatistics.Mean(frame);
        if (!double.IsFinite(mean))
        {
            throw NotFinite(frame, image.Calibration.Columns, name);
        }

        AreaStatistics.Scale(frame, (float)(1 / mean));
        return (mean, new FrameDefects(defects, squares / (frame.Length * mean * mean)));
    }

    /// <summary>Prepares in place a frame that was prepared before, without looking for what was found in it then.</summary>
    /// <param name="frame">Row-major pixels.</param>
    /// <param name="image">Shape, and whether outliers are repaired.</param>
    /// <param name="name">What an error calls the frame.</param>
    /// <param name="withoutDefects">Whether defective pixels are replaced that the parameters leave.</param>
    /// <returns>The mean it had.</returns>
    public static double PrepareAgain(Span<float> frame, ImageParameters image, string name, bool withoutDefects = false)
    {
        (int rows, int columns) = (image.Calibration.Rows, image.Calibration.Columns);
        if (image.FixHotPixels)
        {
            HotPixels.Repair(frame, rows, columns, name);
        }
        else if (withoutDefects)
        {
            LeftDefects.Replace(frame, rows, columns, LeftDefects.Find(frame, rows, columns));
        }

        double mean = AreaStatistics.Mean(frame);
        AreaStatistics.Scale(frame, (float)(1 / mean));
        return mean;
    }

    private static DataException NotFinite(ReadOnlySpan<float> frame, int columns, string name)
    {
        int count = 0;
        int first = -1;
        for (int i = 0; i < frame.Length; i++)
        {
            if (!float.IsFinite(frame[i]))
            {
                count++;
                first = first < 0 ? i : first;
            }
        }

        return new DataException(FormattableString.Invariant(
                $"The frame '{name}' has {count} pixels that are not finite, the first ({frame[first]}) at row {first / columns}, column {first % columns}. Repair them with Fixhotpix=Yes."));
    }
}
