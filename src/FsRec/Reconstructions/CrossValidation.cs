using FsRec.Alignment;
using FsRec.Fourier;
using FsRec.ImageModel;
using FsRec.Optics;
using FsRec.Restoration;
using FsRec.Results;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Reconstructions;

/// <summary>
/// The check of a reconstruction that needs no truth: some frames are left out, the wave is reconstructed from the others, and what
/// was left out is predicted from it. Frames of other foci that the wave has not seen tell a right wave from one that only fits.
/// </summary>
public static class CrossValidation
{
    private const int MostRefinements = 3;

    /// <summary>Leaves out every k-th frame of an aligned series and predicts it.</summary>
    /// <param name="aligned">The series with its displacements; of frames that are left out only the displacement is taken from it.</param>
    /// <param name="every">k, 2 or more; the first frame left out is the one of position k/2.</param>
    /// <param name="options">Method, iterations, threads; <see langword="null"/> for what the parameters say.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <exception cref="FsRecException">No frame is left out, or fewer than two are kept.</exception>
    public static CrossValidationResult Run(
        AlignedSeries aligned, int every, ReconstructionOptions? options = null, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new ReconstructionOptions();
        int[] left = [.. Enumerable.Range(0, aligned.Series.Count).Where(n => every > 1 && n % every == every / 2)];
        int[] kept = [.. Enumerable.Range(0, aligned.Series.Count).Except(left)];
        if (left.Length == 0 || kept.Length < 2)
        {
            throw new FsRecException($"Of {aligned.Series.Count} images every {every}th cannot be left out: {left.Length} would be predicted from {kept.Length}. Leave out every second to every {aligned.Series.Count}th.");
        }

        AlignedSeries rest = Part(aligned, kept);
        RestorationResult result = WaveReconstruction.Run(rest, null, options, progress, cancellationToken);
        Reconstruction wave = result.Reconstruction;
        AlignedSeries unseen = Part(aligned, left);
        if (wave.Uncertainty?.Noise is { } noise)
        {
            // A wave of other noise, and of another blur, is held against frames of the same.
            unseen = unseen.Of(NoiseRevision.With(unseen.Series, noise));
        }

        AlignedSeries predicted = Follow(unseen, rest, wave.Aligned);
        return new CrossValidationResult(
            wave.Method, every, Predict(wave.Wave, predicted, options.Threads, cancellationToken));
    }

    /// <summary>Some frames of an aligned series, as a series of their own.</summary>
    private static AlignedSeries Part(AlignedSeries aligned, int[] frames)
    {
        FocalSeries part = aligned.Series.Select(frames);
        return new AlignedSeries(part, [.. frames.Select(n => aligned.Displacements[n])]) { Method = aligned.Method, Outliers = aligned.Outliers is { } o ? [.. frames.Select(n => o[n])] : null };
    }

    /// <summary>Moves displacements along with those of other frames, by the mean move of these and its part linear in defocus.</summary>
    private static AlignedSeries Follow(AlignedSeries left, AlignedSeries before, AlignedSeries after)
    {
        IReadOnlyList<FrameDisplacement> moves = DisplacementAlgebra.Subtract(after.Displacements, before.Displacements);
        (double x, double sx) = Line(before.Series.Foci, [.. moves.Select(static m => m.Dx)]);
        (double y, double sy) = Line(before.Series.Foci, [.. moves.Select(static m => m.Dy)]);
        double shift = Shift(before.Series.Foci, after.Series.Foci);
        return new AlignedSeries(
            left.Series.WithFoci([.. left.Series.Foci.Select(z => z + shift)]),
            [.. left.Displacements.Select((d, n) => d with { Dx = d.Dx + x + (sx * left.Series.Foci[n]), Dy = d.Dy + y + (sy * left.Series.Foci[n]) })]);
    }

    private static double Shift(IReadOnlyList<double> before, IReadOnlyList<double> after) => after.Zip(before, static (a, b) => a - b).Average();

    private static (double Offset, double Slope) Line(IReadOnlyList<double> x, double[] y)
    {
        (double mx, double my) = (x.Average(), y.Average());
        double xx = x.Sum(v => (v - mx) * (v - mx));
        double slope = xx > 0 ? x.Zip(y, (a, b) => (a - mx) * (b - my)).Sum() / xx : 0;
        return (my - (slope * mx), slope);
    }

    private static PredictedFrame[] Predict(ExitWave wave, AlignedSeries aligned, int threads, CancellationToken cancellationToken)
    {
        FocalSeries series = aligned.Series;
        double limit = series.Parameters.Linear.Limit;
        var statistics = SeriesStatistics.Of(series, threads, null, cancellationToken);
        var grid = new ModelGrid(series.Calibration, ModelGrid.Margin(series, statistics.Prior, limit, DisplacementAlgebra.Largest(aligned.Displacements)), limit);
        using var model = new NonlinearModel(series, grid, statistics.Noise, threads);
        using ComplexPlane spectrum = WaveSpectrum.FromWave(grid.Extend(wave), grid.Band);
        new AzimuthalAberrations(series.Microscope).Apply(spectrum, grid.Band);
        FrameState[] states = [.. aligned.Displacements.Select(static d => new FrameState(d.Dx, d.Dy, 0))];
        var points = new AlignmentPoints(series, statistics, threads, cancellationToken);
        var found = new PredictedFrame[series.Count];
        for (int round = 0; round <= MostRefinements; round++)
        {
            model.WeightBy(spectrum, states, cancellationToken);
            FrameState[] next = [.. states];
            model.Simulate(
                spectrum,
                states,
                (n, image) =>
                {
                    (double correlation, double dx, double dy) = ImageAgreement.Of(points, n, image);
                    next[n] = new FrameState(states[n].Dx + dx, states[n].Dy + dy, 0);
                    found[n] = new PredictedFrame(
                        series.ImageNumbers[n], series.Foci[n], correlation, double.NaN, states[n].Dx, states[n].Dy);
                },
                cancellationToken);
            for (int n = 0; n < found.Length; n++)
            {
                found[n] = found[n] with { ReducedChiSquare = model.ChiSquares[n] / series.Calibration.PixelCount };
            }

            states = next;
        }

        return found;
    }
}
