using FsRec.Fourier;

namespace FsRec.Series;

/// <summary>
/// Whether rows and columns of Dimensions have been exchanged. Pixels one row apart are neighbours, and neighbours are alike: at the
/// right length of a row the pixels correlate with those one length further on, at the wrong one they do not.
/// </summary>
public static class RowLength
{
    // Standard errors from which on a correlation is no chance; of two neighbours, the true ones are alike by more than this ratio.
    private const double Errors = 6;
    private const double Ratio = 4;
    private const int Frames = 8;

    /// <summary>Whether the frames' rows are as long as Dimensions says its columns are.</summary>
    /// <param name="series">The series.</param>
    public static bool IsSwapped(FocalSeries series)
    {
        Calibration calibration = series.Calibration;
        if (calibration.Rows == calibration.Columns)
        {
            return false;
        }

        AlignedBuffer? memory = null;
        int step = Math.Max(1, series.Count / Frames);
        (double given, double other, double count) = (0, 0, 0);
        for (int n = 0; n < series.Count; n += step)
        {
            ReadOnlySpan<float> pixels = series.FrameOnce(n, () => memory ??= new AlignedBuffer(calibration.PixelCount));
            (double g, double o) = (Correlation(pixels, calibration.Columns), Correlation(pixels, calibration.Rows));
            (given, other, count) = (given + g, other + o, count + 1);
        }

        memory?.Dispose();
        double error = 1 / Math.Sqrt(count * calibration.PixelCount);
        return other / count > Errors * error && other > Ratio * Math.Abs(given);
    }

    private static double Correlation(ReadOnlySpan<float> pixels, int lag)
    {
        (double product, double square) = (0, 0);
        for (int i = lag; i < pixels.Length; i++)
        {
            double value = pixels[i] - 1;
            product += value * (pixels[i - lag] - 1);
            square += value * value;
        }

        return square > 0 ? product / square : 0;
    }
}
