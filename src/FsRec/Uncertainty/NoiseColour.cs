using FsRec.Fourier;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Uncertainty;

/// <summary>
/// Whether the noise of the frames has the power at all frequencies that it has at the highest, by which it is known. Beyond the band of the wave
/// there is nothing else in what frames and images differ by.
/// </summary>
internal static class NoiseColour
{
    // Of Limit: what is scattered beyond it just reaches the frames there.
    private const double Beyond = 1.05;

    // Of the Nyquist frequency: with less between the two there is nothing to compare.
    private const double LeastWidth = 0.1;

    /// <summary>
    /// Mean power of what frame and image differ by, between the band of the wave and the frequencies by which the noise is known, and at those; NaN
    /// where there is next to nothing between the two. Both are of the same part of the frame, whose intensity their noise goes with.
    /// </summary>
    /// <param name="spectrum">The difference's spectrum.</param>
    /// <param name="series">The series.</param>
    public static (double Beyond, double Highest) Powers(ComplexPlane spectrum, FocalSeries series)
    {
        (Calibration frame, double limit) = (series.Calibration, series.Parameters.Linear.Limit);
        FrequencyGrid grid = FrequencyGrid.Of(frame);
        double from = Beyond * limit;
        double to = NoiseLevel.From * frame.Nyquist;
        if (to - from < LeastWidth * frame.Nyquist)
        {
            return (double.NaN, double.NaN);
        }

        double end = NoiseLevel.To(series);
        (double sum, long count) = (0, 0);
        (double highest, long highestCount) = (0, 0);
        for (int row = 0; row < grid.Rows; row++)
        {
            int ky = FrequencyGrid.Signed(row, grid.Rows);
            for (int kx = 1; kx < grid.Columns / 2; kx++)
            {
                double g2 = grid.SquaredFrequency(ky, kx);
                if (g2 < from * from || g2 > end * end)
                {
                    continue;
                }

                (float re, float im) = spectrum[row, kx];
                double power = ((double)re * re) + ((double)im * im);
                if (g2 <= to * to)
                {
                    (sum, count) = (sum + power, count + 1);
                }
                else
                {
                    (highest, highestCount) = (highest + power, highestCount + 1);
                }
            }
        }

        return (sum / count, highest / highestCount);
    }
}
