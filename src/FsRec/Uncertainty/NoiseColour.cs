using FsRec.Fourier;
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
    /// Mean power of an image between the band of the wave and the frequencies by which the noise is known; NaN where that is next to nothing.
    /// </summary>
    /// <param name="spectrum">The image's spectrum.</param>
    /// <param name="frame">Shape and scale of the image.</param>
    /// <param name="limit">Limit in 1/nm.</param>
    public static double Power(ComplexPlane spectrum, Calibration frame, double limit)
    {
        FrequencyGrid grid = FrequencyGrid.Of(frame);
        double from = Beyond * limit;
        double to = NoiseLevel.From * frame.Nyquist;
        if (to - from < LeastWidth * frame.Nyquist)
        {
            return double.NaN;
        }

        (double sum, long count) = (0, 0);
        for (int row = 0; row < grid.Rows; row++)
        {
            int ky = FrequencyGrid.Signed(row, grid.Rows);
            for (int kx = 1; kx < grid.Columns / 2; kx++)
            {
                if (grid.SquaredFrequency(ky, kx) is var g2 && g2 >= from * from && g2 <= to * to)
                {
                    (float re, float im) = spectrum[row, kx];
                    sum += ((double)re * re) + ((double)im * im);
                    count++;
                }
            }
        }

        return count == 0 ? double.NaN : sum / count / frame.PixelCount;
    }
}
