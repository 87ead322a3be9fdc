using FsRec.Fourier;
using FsRec.Optics;
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

    // Of the logarithm of the ratio. Beams that interfere with one another beyond Limit, and that no wave holds, leave up to 0.04 of it in series of white noise.
    private const double Tolerance = 0.03;

    // Likewise where nothing is said of the detector, so that its blur would be taken from its noise: a scintillator's leave 0.2 and more.
    private const double ToleranceUntold = 0.1;

    // Standard errors.
    private const double BeyondChance = 5;

    // Logarithm of a spectrum's range over that of the ratio. From frequency 0 to the highest a detector's falls 3 to 7 times as much as from those beyond the wave, 16 where these are near the highest; what a strong object that the
    // model does not explain leaves is 30 and more.
    private const double Range = 20;

    // Largest value of a spectrum over its least. A scintillator that passes a tenth at the Nyquist frequency has 100 there, counts that were interpolated or smoothed somewhat more; of frames
    // almost without noise, where rounding and misfit are all there is, it is millions.
    private const double MostRatio = 1000;

    // Of a reduced chi-square that is less than the degrees of freedom allow: the noise's power at the highest frequencies is known to a part of that.
    private const double Shortfall = 0.025;

    // Of the degrees of freedom that a fit spends: powers that are estimated with the wave let it follow noise more than the theory of given powers has it.
    private const double SpentBeyond = 0.5;

    /// <summary>Whether the noise has another spectrum than it was taken to have, by its power beyond what is transferred.</summary>
    /// <param name="colour">That over the power at the highest frequencies.</param>
    /// <param name="error">The ratio's standard error as a share of it.</param>
    /// <param name="isTold">Whether the detector was told.</param>
    public static bool IsSeen(double colour, double error, bool isTold) =>
        Math.Abs(Math.Log(colour)) > Math.Max(isTold ? Tolerance : ToleranceUntold, BeyondChance * error);

    /// <summary>Whether a spectrum, relative to that which noise was taken to have, is one that noise can have.</summary>
    /// <param name="residuals">The spectrum.</param>
    public static bool IsPossible(DetectorCurve residuals) => residuals.Values.Max() <= MostRatio * residuals.Values.Min();

    /// <summary>
    /// Whether a spectrum of residuals may be that of a detector's noise, which goes on smoothly beyond the wave: what a wave does not explain lies at its own frequencies and leaves little beyond.
    /// </summary>
    /// <param name="residuals">The spectrum of residuals.</param>
    /// <param name="colour">The ratio.</param>
    public static bool Explains(DetectorCurve residuals, double colour)
    {
        double sign = Math.Sign(Math.Log(colour));
        double range = residuals.Values.Max(v => sign * Math.Log(v / residuals.Values[^1]));
        return range <= Range * Math.Abs(Math.Log(colour));
    }

    /// <summary>Whether frames and images differ by less than noise makes them: a wave may explain too little, but not more than there is.</summary>
    /// <param name="chiSquare">Reduced chi-square, over the number of the data.</param>
    /// <param name="spent">The share of the data's degrees of freedom that the fit spends.</param>
    public static bool IsTooLittle(double chiSquare, double spent) => chiSquare < 1 - spent - Math.Max(Shortfall, SpentBeyond * spent);

    /// <summary>
    /// Median power of what frame and image differ by, between the frequencies that carry an image and those by which the noise is known, and at those; NaN
    /// where there is next to nothing between the two. Both are of the same part of the frame, whose intensity their noise goes with. What a
    /// lattice scatters beyond Limit does not move a median.
    /// </summary>
    /// <param name="spectrum">The difference's spectrum.</param>
    /// <param name="series">The series.</param>
    public static NoisePowers Powers(ComplexPlane spectrum, FocalSeries series)
    {
        Calibration frame = series.Calibration;
        FrequencyGrid grid = FrequencyGrid.Of(frame);
        double from = From(series);
        double to = NoiseLevel.From * frame.Nyquist;
        if (to - from < LeastWidth * frame.Nyquist)
        {
            return NoisePowers.None;
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

        return beyond.Count == 0 || highest.Count == 0
            ? NoisePowers.None
            : new NoisePowers(NoiseLevel.Median(beyond), NoiseLevel.Median(highest), beyond.Count, highest.Count);
    }

    /// <summary>From where on in 1/nm frames and images differ by noise alone.</summary>
    /// <param name="series">The series.</param>
    public static double From(FocalSeries series) =>
        Math.Max(Beyond * series.Parameters.Linear.Limit, BeyondInformation * series.Parameters.InformationLimit);

    /// <summary>The ratio of the two powers over all frames, and how far chance alone may have its logarithm from 0.</summary>
    /// <param name="frames">Those of each frame; of one that takes no part all zero.</param>
    /// <param name="correlation">What the window of the differences does to the number of frequencies that are independent of one another.</param>
    /// <returns>Ratio and standard error, NaN where there are no such frequencies.</returns>
    public static (double Colour, double Error) Ratio(IReadOnlyList<NoisePowers> frames, double correlation)
    {
        NoisePowers[] used = [.. frames.Where(static f => f.Count > 0)];
        double colour = frames.Sum(static f => f.Beyond) / frames.Sum(static f => f.Highest);
        // The median of n exponentially distributed powers is off by a share of 1/(√n ln 2).
        double variance = used.Sum(static f => (1.0 / f.Count) + (1.0 / f.CountHighest)) / ((double)used.Length * used.Length);
        return (colour, Math.Sqrt(correlation * variance) / Math.Log(2));
    }
}
