using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Series;

namespace FsRec.Statistics;

/// <summary>
/// Whether foci are ten times too large, as those in Å are, by the spectra of the frames alone: the mean power of a ring of frequencies changes from frame to frame
/// as the transfer does, P = a + b cos 2χ + c sin 2χ of what the specimen scatters, and with other foci it does not.
/// </summary>
internal static unsafe class FocusUnit
{
    /// <summary>What foci in Å are in nm.</summary>
    public const double Tenth = 0.1;

    /// <summary>The largest of foci in nm from which on they may be some in Å. Smaller ones are usual, and nobody takes spectra for them.</summary>
    public const double Suspicious = 500;

    private const int TrendOrder = 2;

    // Two cosines and three trends are fitted; of few frames any foci explain much.
    private const int LeastFrames = 12;

    // How much more of the change from frame to frame the smaller foci explain, and how far beyond what noise lets any foci explain, in standard deviations.
    private const double Clearly = 2;
    private const double Certain = 6;

    // Parts of a ring over which the transfer is averaged.
    private const int Steps = 8;

    // What is left of a cosine beside the others, of its square, below which it is no other.
    private const double Dependent = 1e-3;

    /// <summary>Whether foci a tenth as large explain the spectra, and the foci as they are do not.</summary>
    /// <param name="series">The series.</param>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    /// <param name="progress">Told how far reading and transforming is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    public static bool IsTenfold(FocalSeries series, int threads, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        if (series.Count < LeastFrames || series.Foci.Max(Math.Abs) < Suspicious)
        {
            return false;
        }

        Rings rings = Measure(series, threads, progress, cancellationToken);
        double given = Explained(rings, series, 1);
        double smaller = Explained(rings, series, Tenth);
        return smaller > Certain * Math.Sqrt(4.0 * rings.Samples.Length) && smaller > Clearly * given;
    }

    /// <summary>How much of the change of the rings' powers foci explain beyond what any would of noise, in units of the squared scatter of one ring's power.</summary>
    /// <param name="rings">The powers.</param>
    /// <param name="series">The series.</param>
    /// <param name="scale">What the foci are multiplied by.</param>
    internal static double Explained(Rings rings, FocalSeries series, double scale)
    {
        TransferFunction[] transfers = SeriesOptics.Transfers(series, [.. series.Foci.Select(z => scale * z)]);
        int frames = transfers.Length;
        double[][] trends = Trends(frames);
        double sum = 0;
        for (int ring = 0; ring < rings.Samples.Length; ring++)
        {
            if (rings.Samples[ring] == 0)
            {
                continue;
            }

            double[] cosines = new double[frames];
            double[] sines = new double[frames];
            for (int n = 0; n < frames; n++)
            {
                for (int i = 0; i < Steps; i++)
                {
                    double g = (rings.First + ring - 0.5 + ((i + 0.5) / Steps)) * rings.Width;
                    (double sine, double cosine) = Math.SinCos(2 * transfers[n].Phase(g * g));
                    (cosines[n], sines[n]) = (cosines[n] + (cosine / Steps), sines[n] + (sine / Steps));
                }
            }

            double[] powers = [.. rings.Powers.Select(frame => frame[ring])];
            double mean = powers.Average();
            if (!(mean > 0))
            {
                continue;
            }

            Detrend(powers, trends);
            Detrend(cosines, trends);
            Detrend(sines, trends);
            double wanted = Dot(sines, sines);
            double along = Dot(sines, cosines) / Math.Max(1e-30, Dot(cosines, cosines));
            for (int n = 0; n < frames; n++)
            {
                sines[n] -= along * cosines[n];
            }

            double part = Part(powers, cosines, Dot(cosines, cosines), frames) + Part(powers, sines, wanted, frames);
            sum += (part * rings.Samples[ring] / (mean * mean)) - 2;
        }

        return sum;
    }

    private static double Part(double[] powers, double[] along, double whole, int frames)
    {
        double square = Dot(along, along);
        double product = Dot(powers, along);
        return square > Dependent * Math.Max(whole, Dependent * frames) ? product * product / square : 0;
    }

    // Without the mean and what grows steadily along the series: what drifts out of the frame, or is damaged by the beam, follows no transfer, and the cosines of
    // small foci follow that.
    private static void Detrend(double[] values, double[][] trends)
    {
        foreach (double[] trend in trends)
        {
            double along = Dot(values, trend);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] -= along * trend[i];
            }
        }
    }

    // Powers of the position in the series, each without those before it and of length 1.
    private static double[][] Trends(int frames)
    {
        var trends = new double[TrendOrder + 1][];
        for (int order = 0; order <= TrendOrder; order++)
        {
            double[] trend = [.. Enumerable.Range(0, frames).Select(n => Math.Pow((2.0 * n / (frames - 1)) - 1, order))];
            Detrend(trend, trends[..order]);
            double length = Math.Sqrt(Dot(trend, trend));
            trends[order] = [.. trend.Select(t => t / length)];
        }

        return trends;
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, static (x, y) => x * y).Sum();

    /// <summary>The mean powers of the frames in rings of one step of the spectrum, from where edges are not seen to Limit.</summary>
    internal static Rings Measure(FocalSeries series, int threads, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        FrequencyGrid grid = FrequencyGrid.Of(series.Calibration);
        double width = Math.Max(grid.RowStep, grid.ColumnStep);
        double limit = Math.Min(series.Parameters.Linear.Limit, NoiseLevel.From * series.Calibration.Nyquist);
        const int First = NoiseLevel.Edge + 1;
        int count = Math.Max(0, (int)(limit / width) - First + 1);
        (int rowReach, int columnReach) = (grid.RowReach(limit), grid.ColumnReach(limit));
        var samples = new long[count];
        var powers = new double[series.Count][];
        var numbers = new RingNumbers(grid, First + count - 1, width);
        FrameSpectra spectra = series.Spectra(threads, progress, cancellationToken);
        FrameLoop.Run(series.Count, threads, cancellationToken, n =>
        {
            var sums = new double[count];
            var counts = new long[count];
            using SpectrumLease lease = spectra.Take(n);
            for (int ky = -rowReach; ky <= rowReach; ky++)
            {
                if (Math.Abs(ky) <= NoiseLevel.Edge)
                {
                    continue;
                }

                ReadOnlySpan<ushort> rings = numbers.Row(ky);
                float* data = lease.Plane.Row(FrequencyGrid.Index(ky, grid.Rows));
                for (int kx = NoiseLevel.Edge + 1; kx <= columnReach; kx++)
                {
                    int ring = rings[kx] - First;
                    if (ring >= 0 && ring < count)
                    {
                        float* p = data + ComplexPlane.Offset(kx);
                        sums[ring] += ((double)p[0] * p[0]) + ((double)p[ComplexPlane.Lanes] * p[ComplexPlane.Lanes]);
                        counts[ring]++;
                    }
                }
            }

            powers[n] = [.. sums.Select((sum, ring) => sum / Math.Max(1, counts[ring]))];
            if (n == 0)
            {
                counts.CopyTo(samples, 0);
            }
        });
        return new Rings(First, width, samples, powers);
    }

    /// <summary>Powers of rings.</summary>
    /// <param name="First">Number of the first ring; ring i is centred on i times the width.</param>
    /// <param name="Width">Their width in 1/nm.</param>
    /// <param name="Samples">Number of frequencies of each.</param>
    /// <param name="Powers">The mean power of each, one list a frame.</param>
    internal sealed record Rings(int First, double Width, long[] Samples, double[][] Powers);
}
