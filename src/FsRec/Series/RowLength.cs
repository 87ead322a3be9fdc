using FsRec.Fourier;

namespace FsRec.Series;

/// <summary>
/// Whether rows are of another length than Dimensions say, as where rows and columns have been exchanged. Pixels one row apart are neighbours, and neighbours are alike: at the
/// right length of a row the pixels correlate with those one length further on, at the wrong one they do not.
/// </summary>
public static class RowLength
{
    // Standard errors from which on a correlation is no chance; of two neighbours, the true ones are alike by more than this ratio.
    private const double Errors = 6;
    private const double Ratio = 4;
    private const int Frames = 8;
    private const int Shortest = 16;

    /// <summary>Rows and columns as the pixels have them, where those of Dimensions are not; <see langword="null"/> where they may be right.</summary>
    /// <param name="series">The series.</param>
    public static (int Rows, int Columns)? Likelier(FocalSeries series)
    {
        Calibration calibration = series.Calibration;
        if (calibration.Rows == calibration.Columns)
        {
            return null;
        }

        double[] means = Correlations(series, [calibration.Columns, calibration.Rows]);
        double error = 1 / Math.Sqrt((double)Taken(series).Length * calibration.PixelCount);
        if (!(means[1] > Errors * error && means[1] > Ratio * Math.Abs(means[0])))
        {
            return null;
        }

        // Where neither is right, pixels some rows apart are alike as well, but less than those one row apart.
        int[] lengths = [.. Enumerable.Range(Shortest, calibration.PixelCount / Shortest).Where(n => calibration.PixelCount % n == 0 && calibration.PixelCount / n >= Shortest)];
        double[] all = Correlations(series, lengths);
        int best = lengths.Length == 0 ? calibration.Rows : lengths[Array.IndexOf(all, all.Max())];
        return (calibration.PixelCount / best, best);
    }

    // Of pixels so far apart, means over some frames.
    private static double[] Correlations(FocalSeries series, int[] lags)
    {
        int[] frames = Taken(series);
        AlignedBuffer? memory = null;
        var sums = new double[lags.Length];
        foreach (int n in frames)
        {
            ReadOnlySpan<float> pixels = series.FrameOnce(n, () => memory ??= new AlignedBuffer(series.Calibration.PixelCount));
            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] += Correlation(pixels, lags[i]) / frames.Length;
            }
        }

        memory?.Dispose();
        return sums;
    }

    private static int[] Taken(FocalSeries series)
    {
        int step = Math.Max(1, series.Count / Frames);
        return [.. Enumerable.Range(0, series.Count).Where(n => n % step == 0)];
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
