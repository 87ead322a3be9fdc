using System.Numerics;
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

    // Eight bins to a factor of two; fewer values are sorted out without.
    private const int Shift = 20;
    private const int Few = 1000;

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
        (int Row, int First, int Last)[] runs = [.. Enumerable.Range(0, grid.Rows).Select(row => Run(grid, row, from * from, to * to)).Where(static r => r.First <= r.Last)];
        int count = runs.Sum(static r => r.Last - r.First + 1);
        // One array a thread: every page of a new one is cleared when it is first written.
        var memory = new float[FrameLoop.Workers(threads, series.Count)][];
        var variances = new double[series.Count];
        FrameLoop.Run(series.Count, threads, cancellationToken, (worker, n) =>
        {
            float[] powers = memory[worker] ??= GC.AllocateUninitializedArray<float>(count);
            using SpectrumLease lease = spectra.Take(n);
            int i = 0;
            foreach ((int row, int first, int last) in runs)
            {
                float* data = lease.Plane.Row(row);
                for (int kx = first; kx <= last;)
                {
                    float* p = data + ComplexPlane.Offset(kx);
                    if (kx % Vector<float>.Count == 0 && last - kx + 1 >= Vector<float>.Count)
                    {
                        (Vector<float> re, Vector<float> im) = (Vector.Load(p), Vector.Load(p + ComplexPlane.Lanes));
                        ((re * re) + (im * im)).CopyTo(powers, i);
                        (kx, i) = (kx + Vector<float>.Count, i + Vector<float>.Count);
                        continue;
                    }

                    powers[i++] = (p[0] * p[0]) + (p[ComplexPlane.Lanes] * p[ComplexPlane.Lanes]);
                    kx++;
                }
            }

            variances[n] = Math.Max(Smallest, count == 0 ? 0 : MedianInPlace(powers) / Math.Log(2) / series.Calibration.PixelCount);
        });
        return variances;
    }

    /// <summary>The column numbers of a row of the spectrum between two squared frequencies; of the row of ky = 0 and its neighbours none.</summary>
    private static (int Row, int First, int Last) Run(FrequencyGrid grid, int row, double from, double to)
    {
        int ky = FrequencyGrid.Signed(row, grid.Rows);
        // A frame's edges are not continued periodically: their spectrum lies along the axes.
        if (Math.Abs(ky) <= Edge)
        {
            return (row, 0, -1);
        }

        int last = (grid.Columns / 2) - 1;
        while (last > Edge && grid.SquaredFrequency(ky, last) > to)
        {
            last--;
        }

        int first = last + 1;
        while (first - 1 > Edge && grid.SquaredFrequency(ky, first - 1) > from)
        {
            first--;
        }

        return (row, first, last);
    }

    /// <summary>Powers of noise are distributed exponentially, their median is ln 2 of the mean; what a lattice leaves up there does not move it.</summary>
    public static double Median(List<float> values) => MedianInPlace([.. values]);

    // Powers are not negative, and the bits of such numbers are in the order of the numbers.
    private static double MedianInPlace(float[] values)
    {
        int rank = values.Length / 2;
        if (values.Length < Few)
        {
            return ArrayStatistics.OrderStatisticInplace(values, rank + 1);
        }

        Span<int> counts = stackalloc int[1 << (31 - Shift)];
        counts.Clear();
        foreach (float value in values)
        {
            counts[Bin(value)]++;
        }

        int bin = 0;
        for (; rank >= counts[bin]; bin++)
        {
            rank -= counts[bin];
        }

        var inside = new float[counts[bin]];
        int count = 0;
        foreach (float value in values)
        {
            if (Bin(value) == bin)
            {
                inside[count++] = value;
            }
        }

        return ArrayStatistics.OrderStatisticInplace(inside, rank + 1);
    }

    private static int Bin(float value) => (BitConverter.SingleToInt32Bits(value) & int.MaxValue) >> Shift;

    private sealed record Found(Calibration Calibration, double[] Variances);
}
