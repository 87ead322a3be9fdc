using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Results;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Resolution;

/// <summary>Measures the resolution of a reconstruction by two halves of its series.</summary>
public static unsafe class ResolutionMeter
{
    // The images' own signal to noise is a mean; so many frames tell it.
    private const int MostFrames = 12;

    /// <summary>Restores the wave of alternate frames twice, at the displacements of the whole, and holds one against the other.</summary>
    /// <param name="reconstruction">The reconstruction.</param>
    /// <param name="options">Window, method, threads; <see langword="null"/> for the defaults.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <exception cref="FsRecException">There are fewer than four frames.</exception>
    public static ResolutionMeasurement Measure(
        Reconstruction reconstruction, ResolutionOptions? options = null, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new ResolutionOptions();
        FocalSeries series = reconstruction.Series;
        RestorationMethod method = (options.Method ?? reconstruction.Method) == RestorationMethod.Linear ? RestorationMethod.Linear : RestorationMethod.Wiener;
        Calibration frame = series.Calibration;
        var window = new SoftWindow(frame.Rows, frame.Columns, options.CentralFraction);
        FrequencyGrid grid = FrequencyGrid.Of(frame);
        double limit = Math.Min(series.Parameters.Linear.Limit, frame.Nyquist);
        double width = Math.Max(grid.RowStep, grid.ColumnStep);
        int count = Math.Max(1, (int)Math.Floor(limit / width));
        var transform = new FourierTransform(frame.Rows, frame.Columns);
        using FourierScratch scratch = transform.CreateScratch();

        (ComplexPlane first, ComplexPlane second) = HalfWaves.Restore(reconstruction, method, options.Threads, progress, cancellationToken);
        var sums = new RingSums(count, width);
        using (first)
        using (second)
        using (ComplexPlane a = Windowed(first, series, window, transform, scratch))
        using (ComplexPlane b = Windowed(second, series, window, transform, scratch))
        {
            sums.Add(a, b, grid);
        }

        progress?.Report(new RunProgress("Resolution", 1, 2));
        double[] image = ImageSignal(reconstruction, window, count, width, options.Threads, cancellationToken);
        (double shared, double error) = SharedNoise.Measure(reconstruction, options.Threads, cancellationToken);
        progress?.Report(new RunProgress("Resolution", 2, 2));
        int belonging = reconstruction.Uncertainty is { } trust ? trust.Frames.Count(static f => f.Weight > 0) : series.Count;
        return new ResolutionMeasurement
        {
            Series = series,
            Rings = [.. Enumerable.Range(1, count).Select(i => sums.Ring(i, window.IndependentShare, image[i]))],
            Band = new FrequencyBand(Math.Min(series.Parameters.LowerLimit, 0.5 * limit), limit),
            Method = method,
            Frames = [(belonging + 1) / 2, belonging / 2],
            CentralFraction = options.CentralFraction,
            IndependentShare = window.IndependentShare,
            SharedNoise = shared,
            HasSharedNoise = shared > ResolutionMeasurement.TolerableSharedNoise && shared > 5 * error,
        };
    }

    /// <summary>The spectrum of a wave under the window, without the mean.</summary>
    private static ComplexPlane Windowed(ComplexPlane spectrum, FocalSeries series, SoftWindow window, FourierTransform transform, FourierScratch scratch)
    {
        ExitWave wave = WaveSpectrum.ToWave(spectrum, SeriesOptics.Band(series), series.Calibration);
        ReadOnlySpan<float> data = wave.Interleaved;
        var plane = new ComplexPlane(series.Calibration.Rows, series.Calibration.Columns);
        for (int r = 0, i = 0; r < plane.Rows; r++)
        {
            float* row = plane.Row(r);
            for (int c = 0; c < plane.Columns; c++, i += 2)
            {
                float w = window[r, c];
                float* p = row + ComplexPlane.Offset(c);
                (p[0], p[ComplexPlane.Lanes]) = (w * data[i], w * data[i + 1]);
            }
        }

        transform.Forward(plane, scratch);
        return plane;
    }

    /// <summary>Power that the wave predicts for the frames over the power of what is left of them, by rings from 0.</summary>
    private static double[] ImageSignal(
        Reconstruction reconstruction, SoftWindow window, int count, double width, int threads, CancellationToken cancellationToken)
    {
        Calibration frame = reconstruction.Series.Calibration;
        FrequencyGrid grid = FrequencyGrid.Of(frame);
        int[] some = Some(reconstruction);
        var parts = new (double Signal, double Residual)[some.Length][];
        ushort[] ringOf = RingNumbers(grid, width, count);
        int[] offset = [.. Enumerable.Range(0, frame.Columns).Select(ComplexPlane.Offset)];
        using var frames = new PredictedFrames(reconstruction, threads, cancellationToken);
        var transform = new FourierTransform(frame.Rows, frame.Columns);
        FrameLoop.Run(some.Length, threads, cancellationToken, k =>
        {
            (float[] measured, float[] predicted) = frames.Get(some[k]);
            using FourierScratch scratch = transform.CreateScratch();
            using var plane = new ComplexPlane(frame.Rows, frame.Columns);
            // Two real images in one transform: what is predicted, and what is left.
            for (int r = 0, i = 0; r < frame.Rows; r++)
            {
                float* row = plane.Row(r);
                for (int c = 0; c < frame.Columns; c++, i++)
                {
                    float w = window[r, c];
                    float* p = row + offset[c];
                    (p[0], p[ComplexPlane.Lanes]) = (w * (predicted[i] - 1), w * (measured[i] - predicted[i]));
                }
            }

            transform.Forward(plane, scratch);
            var rings = new (double Signal, double Residual)[count + 2];
            for (int r = 0, i = 0; r < frame.Rows; r++)
            {
                float* row = plane.Row(r);
                float* mirrored = plane.Row(r == 0 ? 0 : frame.Rows - r);
                for (int c = 0; c < frame.Columns; c++, i++)
                {
                    float* p = row + offset[c];
                    float* m = mirrored + offset[c == 0 ? 0 : frame.Columns - c];
                    (double sr, double si) = (0.5 * (p[0] + m[0]), 0.5 * (p[ComplexPlane.Lanes] - m[ComplexPlane.Lanes]));
                    (double dr, double di) = (0.5 * (p[ComplexPlane.Lanes] + m[ComplexPlane.Lanes]), 0.5 * (m[0] - p[0]));
                    ref (double Signal, double Residual) ring = ref rings[ringOf[i]];
                    ring.Signal += (sr * sr) + (si * si);
                    ring.Residual += (dr * dr) + (di * di);
                }
            }

            parts[k] = rings;
        });
        return [.. Enumerable.Range(0, count + 1).Select(i => parts.Sum(p => p[i].Signal) / Math.Max(1e-30, parts.Sum(p => p[i].Residual)))];
    }

    /// <summary>The ring of every frequency of a plane, row by row; one more than there are for those beyond the last.</summary>
    private static ushort[] RingNumbers(FrequencyGrid grid, double width, int count)
    {
        var rings = new ushort[grid.Rows * grid.Columns];
        for (int r = 0, i = 0; r < grid.Rows; r++)
        {
            int ky = FrequencyGrid.Signed(r, grid.Rows);
            for (int c = 0; c < grid.Columns; c++, i++)
            {
                rings[i] = (ushort)Math.Min(count + 1, Math.Round(Math.Sqrt(grid.SquaredFrequency(ky, FrequencyGrid.Signed(c, grid.Columns))) / width));
            }
        }

        return rings;
    }

    private static int[] Some(Reconstruction reconstruction)
    {
        int[] all = [.. Enumerable.Range(0, reconstruction.Series.Count).Where(n => reconstruction.Uncertainty is null || reconstruction.Uncertainty.Frames[n].Weight > 0)];
        int take = Math.Min(MostFrames, all.Length);
        return [.. Enumerable.Range(0, take).Select(i => all[(int)((long)i * all.Length / take)])];
    }
}
