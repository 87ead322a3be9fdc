using FsRec.Fourier;
using FsRec.Series;
using MathNet.Numerics.Statistics;

namespace FsRec.Statistics;

/// <summary>
/// The noise of each frame from the frame itself: above a share of the Nyquist frequency there is no specimen, and the mean power there is
/// the variance of a pixel's white noise.
/// </summary>
internal static unsafe class NoiseLevel
{
    /// <summary>From where on, in units of the Nyquist frequency, nothing but noise is expected.</summary>
    public const double From = 0.92;

    /// <summary>Frequency numbers along the axes at which a frame's edges are seen, which are not continued periodically.</summary>
    public const int Edge = 4;

    // Of a square frame's frequencies, those in its corners above that: 1 − π/4·0.92².
    private const double NoisyShare = 0.34;

    // Steps of the counts of float32 images of noise-free simulations; no camera comes near.
    private const double Smallest = 1e-6;

    /// <summary>Variance of each frame's noise, in units of the square of the mean intensity; found once for the frames.</summary>
    /// <param name="series">The series.</param>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    /// <param name="progress">Told how far reading and transforming is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    public static double[] Of(FocalSeries series, int threads, IProgress<RunProgress>? progress, CancellationToken cancellationToken) =>
        series.FrameFindings.Get<Found>(
            found => found.Calibration == series.Calibration,
            () => new Found(series.Calibration, Measured(series, series.Spectra(threads, progress, cancellationToken), threads, cancellationToken))).Variances;

    /// <summary>
    /// To where the noise of a series is measured in 1/nm: to the corners of the spectrum, or as far as the spectrum by which it was made white
    /// is known.
    /// </summary>
    /// <param name="series">The series.</param>
    public static double To(FocalSeries series) => series.Detector?.Noise is { } noise ? noise.Reach * series.Calibration.Nyquist : double.PositiveInfinity;

    private static double[] Measured(FocalSeries series, FrameSpectra spectra, int threads, CancellationToken cancellationToken)
    {
        FrequencyGrid grid = FrequencyGrid.Of(series.Calibration);
        double from = From * series.Calibration.Nyquist;
        double to = To(series);
        var variances = new double[series.Count];
        FrameLoop.Run(series.Count, threads, cancellationToken, n =>
        {
            var powers = new List<float>((int)(NoisyShare * grid.Rows * grid.Columns / 2) + 1);
            using SpectrumLease lease = spectra.Take(n);
            for (int row = 0; row < grid.Rows; row++)
            {
                Add(lease.Plane, grid, row, (from * from, to * to), powers);
            }

            variances[n] = Math.Max(Smallest, powers.Count == 0 ? 0 : Median(powers) / Math.Log(2) / series.Calibration.PixelCount);
        });
        return variances;
    }

    /// <summary>Adds the powers of a row of the spectrum between two squared frequencies; of the row of ky = 0 and its neighbours none.</summary>
    private static void Add(ComplexPlane spectrum, FrequencyGrid grid, int row, (double From, double To) squares, List<float> powers)
    {
        int ky = FrequencyGrid.Signed(row, grid.Rows);
        // A frame's edges are not continued periodically: their spectrum lies along the axes.
        if (Math.Abs(ky) <= Edge)
        {
            return;
        }

        float* data = spectrum.Row(row);
        for (int kx = (grid.Columns / 2) - 1; kx > Edge && grid.SquaredFrequency(ky, kx) is var g2 && g2 > squares.From; kx--)
        {
            if (g2 <= squares.To)
            {
                float* p = data + ComplexPlane.Offset(kx);
                powers.Add((p[0] * p[0]) + (p[ComplexPlane.Lanes] * p[ComplexPlane.Lanes]));
            }
        }
    }

    /// <summary>Powers of noise are distributed exponentially, their median is ln 2 of the mean; what a lattice leaves up there does not move it.</summary>
    public static double Median(List<float> values) => ArrayStatistics.OrderStatisticInplace([.. values], (values.Count / 2) + 1);

    private sealed record Found(Calibration Calibration, double[] Variances);
}
