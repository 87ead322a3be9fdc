using FsRec.Fourier;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Uncertainty;

/// <summary>
/// Whether the noise of the frames has the power at all frequencies that it has at the highest, by which it is known. Beyond what
/// a microscope transfers there is nothing else in what frames and images differ by.
/// </summary>
internal static class NoiseColour
{
    // Of Limit, and of the microscope's information limit: there the focus spread leaves 0.3 % of the interference's power, whatever Limit is.
    private const double Beyond = 1.05;
    private const double BeyondInformation = 1.1;

    // Of the Nyquist frequency: with less between the two there is nothing to compare.
    private const double LeastWidth = 0.05;

    /// <summary>
    /// Median power of what frame and image differ by, between the frequencies that carry an image and those by which the noise is known, and at those; NaN
    /// where there is next to nothing between the two. Both are of the same part of the frame, whose intensity their noise goes with. What a
    /// lattice scatters beyond Limit does not move a median.
    /// </summary>
    /// <param name="spectrum">The difference's spectrum.</param>
    /// <param name="series">The series.</param>
    public static (double Beyond, double Highest) Powers(ComplexPlane spectrum, FocalSeries series)
    {
        (Calibration frame, double limit) = (series.Calibration, series.Parameters.Linear.Limit);
        FrequencyGrid grid = FrequencyGrid.Of(frame);
        double from = Math.Max(Beyond * limit, BeyondInformation * series.Parameters.InformationLimit);
        double to = NoiseLevel.From * frame.Nyquist;
        if (to - from < LeastWidth * frame.Nyquist)
        {
            return (double.NaN, double.NaN);
        }

        double end = NoiseLevel.To(series);
        List<float> beyond = [];
        List<float> highest = [];
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
                (g2 <= to * to ? beyond : highest).Add((re * re) + (im * im));
            }
        }

        return beyond.Count == 0 || highest.Count == 0 ? (double.NaN, double.NaN) : (NoiseLevel.Median(beyond), NoiseLevel.Median(highest));
    }
}
