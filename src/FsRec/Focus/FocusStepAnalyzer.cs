using FsRec.Alignment;
using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Parameters;
using FsRec.Results;
using FsRec.Series;
using FsRec.Statistics;
using MathNet.Numerics;
using MathNet.Numerics.Statistics;

namespace FsRec.Focus;

/// <summary>
/// Focus-step analysis: the images of the wave over a range of foci are compared with every frame, and each frame takes the focus whose image
/// differs least from it.
/// </summary>
public static class FocusStepAnalyzer
{
    /// <summary>Robust standard deviations from the line beyond which a frame is named an outlier.</summary>
    private const double OutlierDeviations = 3.5;

    /// <summary>Analyses a reconstruction.</summary>
    /// <param name="reconstruction">Wave, displacements and frames.</param>
    /// <param name="threads">Threads to use; 0 for one a processor. The result does not depend on it.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two images.</param>
    /// <exception cref="FsRecException">The series has no focal range to search in.</exception>
    public static FocusStepAnalysis Analyze(
        Reconstruction reconstruction, int threads = 0, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        FocalSeries series = reconstruction.Series;
        TransferCheck.Require(series);
        ReconstructionParameters parameters = series.Parameters;
        double[] search = SearchFoci(series, parameters, out double step);
        FrameSpectra spectra = series.ForPlaces(threads, progress, cancellationToken).Spectra(threads, progress, cancellationToken);
        var areas = new AlignmentAreas(spectra.Transform, series.Calibration, series.ReferenceArea, parameters.EffectiveRefinementFilter);
        float[][] measured = MeasuredAreas(reconstruction, spectra, areas, threads, cancellationToken);
        var differences = new double[series.Count, search.Length];
        var band = new WaveBand(FrequencyGrid.Of(series.Calibration), parameters.Linear.Limit);
        using (ComplexPlane wave = WaveSpectrum.FromWave(reconstruction.Wave, band))
        using (var images = new WaveImages(band, areas, threads))
        {
            new AzimuthalAberrations(series.Microscope).Apply(wave, band);
            int done = 0;
            FrameLoop.Run(search.Length, threads, cancellationToken, (worker, z) =>
            {
                float[] simulated = images.Area(wave, new TransferFunction(SeriesOptics.Lens(series), search[z]), SeriesOptics.HasEnvelopes(series), worker);
                for (int n = 0; n < measured.Length; n++)
                {
                    differences[n, z] = AreaStatistics.MeanAbsoluteDifference(simulated, measured[n]);
                }

                progress?.Report(new RunProgress("Focus step analysis", Interlocked.Increment(ref done), search.Length));
            });
        }

        return Fit(reconstruction, search, step, differences, measured);
    }

    /// <summary>The foci searched: Rangemultiplier times the focal range, centred on it, in steps of Stepmultiplier / (4λLimit²).</summary>
    private static double[] SearchFoci(FocalSeries series, ReconstructionParameters parameters, out double step)
    {
        double low = series.Foci.Min();
        double high = series.Foci.Max();
        double limit = parameters.Linear.Limit;
        step = parameters.StepRefinement.StepMultiplier / (4 * series.Microscope.Wavelength * limit * limit);
        double half = parameters.StepRefinement.RangeMultiplier * (high - low) / 2;
        if (!(half > 0) || !(step > 0))
        {
            throw new FsRecException("The focus step analysis searches within a multiple of the series' focal range, and all foci are the same.");
        }

        double first = ((low + high) / 2) - half;
        double spacing = step;
        int count = SearchSteps.Count(
            2 * half, step, "The focus step analysis", FormattableString.Invariant($"Rangemultiplier={parameters.StepRefinement.RangeMultiplier:g6} or raise Stepmultiplier={parameters.StepRefinement.StepMultiplier:g6}"));
        return [.. Enumerable.Range(0, count).Select(i => first + (i * spacing))];
    }

    private static float[][] MeasuredAreas(Reconstruction reconstruction, FrameSpectra spectra, AlignmentAreas areas, int threads, CancellationToken cancellationToken)
    {
        var measured = new float[reconstruction.Series.Count][];
        using var workspaces = new PerWorker<AreaWorkspace>(FrameLoop.Workers(threads), areas.CreateWorkspace);
        FrameLoop.Run(measured.Length, threads, cancellationToken, (worker, n) =>
        {
            FrameDisplacement d = reconstruction.Displacements[n];
            measured[n] = new float[areas.Area.PixelCount];
            using SpectrumLease spectrum = spectra.Take(n);
            areas.Measured(spectrum.Plane, d.Dx, d.Dy, measured[n], workspaces[worker]);
        });
        return measured;
    }

    private static FocusStepAnalysis Fit(Reconstruction reconstruction, double[] search, double step, double[,] differences, float[][] measured)
    {
        FocalSeries series = reconstruction.Series;
        int count = series.Count;
        var refined = new double[count];
        var least = new int[count];
        for (int n = 0; n < count; n++)
        {
            for (int z = 1; z < search.Length; z++)
            {
                least[n] = differences[n, z] < differences[n, least[n]] ? z : least[n];
            }

            refined[n] = search[least[n]] + (step * VertexOffset(differences, n, least[n]));
        }

        // Microscopes step by image, so the line runs over image numbers: a series with gaps has one step all the same.
        double[] numbers = [.. series.ImageNumbers.Select(static i => (double)i)];
        (double intercept, double slope) = MathNet.Numerics.Fit.Line(numbers, refined);
        double[] fitted = [.. numbers.Select(x => intercept + (slope * x))];
        double[] residuals = [.. refined.Zip(fitted, static (y, f) => y - f)];
        double[] unswayed = DistancesFromRobustLine(numbers, refined);
        double tolerance = OutlierDeviations * Math.Max(1.4826 * unswayed.Median(), step);
        double squares = residuals.Sum(static r => r * r);
        double meanNumber = numbers.Average();
        double spread = numbers.Sum(x => (x - meanNumber) * (x - meanNumber));
        double variance = count > 2 ? squares / (count - 2) : 0;
        return new FocusStepAnalysis
        {
            Reconstruction = reconstruction,
            Frames = [.. Enumerable.Range(0, count).Select(n => new FocusEstimate(
                series.ImageNumbers[n],
                series.Foci[n],
                refined[n],
                differences[n, least[n]],
                AreaStatistics.MeanAndDeviation(measured[n]).Deviation,
                fitted[n],
                unswayed[n] > tolerance,
                least[n] == 0 || least[n] == search.Length - 1))],
            Step = slope,
            FirstFocus = fitted[0],
            StepError = spread > 0 ? Math.Sqrt(variance / spread) : 0,
            Deviation = Math.Sqrt(variance),
            RSquared = GoodnessOfFit.RSquared(fitted, refined),
            SearchStep = step,
        };
    }

    /// <summary>
    /// Distance of each focus from the line of the median of all slopes between two frames and the median offset (Theil and Sen), which
    /// frames far off cannot draw to themselves as they do a line of least squares.
    /// </summary>
    private static double[] DistancesFromRobustLine(double[] numbers, double[] foci)
    {
        var slopes = new List<double>();
        for (int i = 0; i < numbers.Length; i++)
        {
            for (int j = i + 1; j < numbers.Length; j++)
            {
                if (numbers[j] != numbers[i])
                {
                    slopes.Add((foci[j] - foci[i]) / (numbers[j] - numbers[i]));
                }
            }
        }

        double slope = slopes.Count > 0 ? slopes.Median() : 0;
        double[] offsets = [.. foci.Zip(numbers, (z, x) => z - (slope * x))];
        double offset = offsets.Median();
        return [.. offsets.Select(o => Math.Abs(o - offset))];
    }

    /// <summary>Where the parabola through the least difference and its neighbours has its vertex, in steps from the least, −½ to ½.</summary>
    private static double VertexOffset(double[,] differences, int frame, int least)
    {
        if (least == 0 || least == differences.GetLength(1) - 1)
        {
            return 0;
        }

        double before = differences[frame, least - 1];
        double at = differences[frame, least];
        double after = differences[frame, least + 1];
        double curvature = before - (2 * at) + after;
        return curvature > 0 ? Math.Clamp(0.5 * (before - after) / curvature, -0.5, 0.5) : 0;
    }
}
