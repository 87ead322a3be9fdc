using FsRec.Alignment;
using FsRec.Fourier;
using FsRec.Optics;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Restoration;

/// <summary>
/// The least-squares restoration of the linear theory with the envelopes and the noise inside the filter (N. Wiener's filter with two
/// unknowns a frequency, amplitude and phase, each with its own prior power). Noise and prior powers come from the data. Where the frames
/// say little it returns little, rather than amplified noise.
/// </summary>
public static class WienerRestoration
{
    /// <summary>Restores the exit wave of a series at given displacements.</summary>
    /// <param name="aligned">The series with its displacements in px.</param>
    /// <param name="threads">Threads to use; 0 for one a processor. The result does not depend on it.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>The exit wave, vacuum 1.</returns>
    /// <exception cref="FsRecException">The series has fewer than two frames.</exception>
    public static ExitWave Run(AlignedSeries aligned, int threads = 0, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Solve(aligned, threads, progress, cancellationToken).Wave;

    /// <summary>Restores the exit wave and tells what the restoration rests on.</summary>
    /// <param name="aligned">The series with its displacements.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <param name="limit">Highest frequency in 1/nm; <see langword="null"/> for Limit of the parameters.</param>
    /// <param name="strong">Whether squares of the scattered wave may count, as at the start of the full image model.</param>
    internal static WienerSolution Solve(
        AlignedSeries aligned, int threads, IProgress<RunProgress>? progress, CancellationToken cancellationToken, double? limit = null, bool strong = false)
    {
        FocalSeries series = aligned.Series;
        if (series.Count < 2)
        {
            throw new FsRecException($"A restoration takes at least two frames; the series has {series.Count}.");
        }

        TransferCheck.Require(series);
        IReadOnlyList<PlaceJudgement> places = FrameMembership.Judge(aligned, threads, cancellationToken);
        double[] own = NoiseLevel.Of(series, threads, progress, cancellationToken);
        double[] noise = [.. own.Select((v, n) => places[n].IsOutlier ? FrameMembership.OutOfSums * v : v / places[n].Weight)];
        var statistics = SeriesStatistics.Of(series, noise, threads, progress, cancellationToken, limit);
        // Beyond where the frames tell, noise over next to no transfer would pass for a specimen that scatters more than there is.
        statistics = statistics with { Prior = statistics.Prior.Continued(statistics.Information(threads, cancellationToken).Told) };

        ScatteredSquares squares = strong ? ScatteredSquares.Large : ScatteredSquares.Small;
        Estimate estimate = Make(aligned, statistics, squares, threads, cancellationToken);
        progress?.Report(new RunProgress("Wiener restoration", 1, 2));
        if (!strong)
        {
            estimate = WithoutSquares(aligned, statistics, estimate, threads, cancellationToken);
        }

        using ComplexPlane wave = estimate.Wave;
        new AzimuthalAberrations(series.Microscope).Remove(wave, statistics.Band);
        progress?.Report(new RunProgress("Wiener restoration", 2, 2));
        return new WienerSolution(
            WaveSpectrum.ToWave(wave, statistics.Band, series.Calibration),
            statistics with { Prior = estimate.Prior },
            estimate.Used,
            estimate.Shown,
            [.. places.Select(static p => p.IsOutlier)])
        {
            OwnNoise = own,
            Places = places,
        };
    }

    /// <summary>The better of an estimate and of that from frames which the squares of its scattered wave were taken off.</summary>
    private static Estimate WithoutSquares(AlignedSeries aligned, SeriesStatistics statistics, Estimate first, int threads, CancellationToken cancellationToken)
    {
        using var squares = new SquaresOfFrames(aligned, statistics with { Prior = first.Prior }, threads, cancellationToken);
        Estimate second = Make(
            squares.TakeOff(first.Wave), statistics with { Prior = first.Prior }, ScatteredSquares.TakenOff, threads, cancellationToken);
        bool better = squares.Explains(second.Wave);
        (better ? first : second).Wave.Dispose();
        return better ? second : first;
    }

    /// <summary>Powers and wave, the wave's spectrum as a round lens would show it with ψ(0) its vacuum.</summary>
    private static Estimate Make(AlignedSeries aligned, SeriesStatistics statistics, ScatteredSquares squares, int threads, CancellationToken cancellationToken)
    {
        ComplexPlane wave = Restore(aligned, statistics, threads, cancellationToken);
        var system = new WienerSystem(statistics.Information(threads, cancellationToken), wave, statistics.Prior);
        (PriorPowers prior, ExpectedPowers used, ExpectedPowers shown) = system.Solve(statistics.Prior, statistics.LowerLimit, squares, wave, cancellationToken);
        Normalise(wave, statistics.Band);
        return new Estimate(wave, prior, used, shown);
    }

    /// <summary>The spectrum of a + ip with given prior powers, as a round lens would show it; 0 at g = 0.</summary>
    internal static ComplexPlane Restore(AlignedSeries aligned, SeriesStatistics statistics, int threads, CancellationToken cancellationToken)
    {
        FocalSeries series = aligned.Series;
        using RestorationFilter filter = WienerFilter.Create(statistics, threads, cancellationToken);
        using var projector = new BackProjector(statistics.Band, series.Spectra(threads, null, cancellationToken), filter, series.Count, threads, cancellationToken);
        ComplexPlane wave = statistics.Band.CreateSpectrum();
        projector.Run(aligned.Displacements, wave, cancellationToken);
        return wave;
    }

    /// <summary>
    /// The linear theory of frames of mean 1 gives c·ψ_s, c = ψ(0): with S its power c² = (1 + √(1 − 4S)) / 2 makes c² + |ψ_s|² = 1.
    /// </summary>
    internal static void Normalise(ComplexPlane wave, WaveBand band)
    {
        double scattered = WaveSpectrum.ScatteredFraction(wave, band);
        double c = Math.Sqrt(0.5 * (1 + Math.Sqrt(Math.Max(0, 1 - (4 * scattered)))));
        for (int row = 0; row < band.Rows; row++)
        {
            for (int column = 0; column < band.Columns; column++)
            {
                (float re, float im) = wave[row, column];
                wave[row, column] = ((float)(re / c), (float)(im / c));
            }
        }

        wave[band.RowReach, band.ColumnReach] = ((float)(c * band.Grid.Rows * band.Grid.Columns), 0);
    }

    private sealed record Estimate(ComplexPlane Wave, PriorPowers Prior, ExpectedPowers Used, ExpectedPowers Shown);
}
