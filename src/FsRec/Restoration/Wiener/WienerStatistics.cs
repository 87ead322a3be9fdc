using FsRec.Alignment;
using FsRec.Optics;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Restoration;

/// <summary>What a restoration knows of a series before there is a wave, all from the frames themselves. Immutable.</summary>
internal sealed record WienerStatistics
{
    /// <summary>The band of the wave on the frames' grid.</summary>
    public required WaveBand Band { get; init; }

    /// <summary>Frequency in 1/nm below which the series says little.</summary>
    public required double LowerLimit { get; init; }

    /// <summary>Variance of each frame's own noise.</summary>
    public required IReadOnlyList<double> OwnNoise { get; init; }

    /// <summary>Variance that each frame counts with: of its noise, over the weight that the odds of its place allow; of frames that do not belong so large that they say nothing.</summary>
    public required IReadOnlyList<double> Noise { get; init; }

    /// <summary>What the frames say of one another's places.</summary>
    public required IReadOnlyList<PlaceJudgement> Places { get; init; }

    /// <summary>What the frames say at each frequency.</summary>
    public required SeriesInformation Information { get; init; }

    /// <summary>Power spectra of amplitude and phase, from the power spectra of the frames.</summary>
    public required PriorPowers Prior { get; init; }

    /// <summary>Whether each frame does not belong to the others.</summary>
    public IReadOnlyList<bool> Outliers => [.. Places.Select(static p => p.IsOutlier)];

    /// <summary>Gathers them.</summary>
    /// <param name="aligned">The series with its displacements.</param>
    /// <param name="limit">Highest frequency in 1/nm; <see langword="null"/> for Limit of the parameters.</param>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    public static WienerStatistics Of(AlignedSeries aligned, double? limit, int threads, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        FocalSeries series = aligned.Series;
        FrameSpectra spectra = series.Spectra(threads, progress, cancellationToken);
        WaveBand band = SeriesOptics.Band(series, limit);
        double lower = SeriesOptics.LowerLimit(series);
        IReadOnlyList<PlaceJudgement> places = FrameMembership.Judge(aligned, threads, cancellationToken);
        double[] own = NoiseLevel.Of(series, spectra, threads, cancellationToken);
        double[] noise = [.. own.Select((v, n) => places[n].IsOutlier ? FrameMembership.OutOfSums * v : v / places[n].Weight)];
        TransferFunction[] transfers = SeriesOptics.Transfers(series, series.Foci);
        return new WienerStatistics
        {
            Band = band,
            LowerLimit = lower,
            OwnNoise = own,
            Noise = noise,
            Places = places,
            Information = new SeriesInformation(band, transfers, noise, threads, cancellationToken),
            Prior = PriorPowers.Estimate(spectra, band, transfers, noise, lower, threads, cancellationToken),
        };
    }
}
