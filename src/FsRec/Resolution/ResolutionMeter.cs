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

        (ComplexPlane first, ComplexPlane second) = HalfWaves.Restore(reconstruction, method, options.Threads, progress, cancellationToken);
        var sums = new RingSums(count, width);
        var rings = new RingNumbers(grid, count, width);
        using (first)
        using (second)
        {
            var halves = new ComplexPlane[2];
            FrameLoop.Run(2, options.Threads, cancellationToken, i => halves[i] = Windowed(i == 0 ? first : second, series, window, transform, rings));
            using ComplexPlane a = halves[0];
            using ComplexPlane b = halves[1];
            sums.Add(a, b, rings);
        }

        progress?.Report(new RunProgress("Resolution", 1, 2));
        double[] image = ImageSignal.Measure(reconstruction, window, count, width, options.Threads, cancellationToken);
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
    private static ComplexPlane Windowed(ComplexPlane spectrum, FocalSeries series, SoftWindow window, FourierTransform transform, RingNumbers rings)
    {
        var plane = new ComplexPlane(series.Calibration.Rows, series.Calibration.Columns);
        using FourierScratch scratch = transform.CreateScratch();
        WaveSpectrum.ToPlane(spectrum, SeriesOptics.Band(series), plane);
        transform.Inverse(plane, scratch);
        for (int r = 0; r < plane.Rows; r++)
        {
            window.Multiply(r, plane.Row(r));
        }

        rings.Transform(transform, plane, scratch);
        return plane;
    }
}
