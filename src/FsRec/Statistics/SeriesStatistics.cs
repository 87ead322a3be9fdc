using FsRec.Optics;
using FsRec.Series;

namespace FsRec.Statistics;

/// <summary>
/// What is known of a series before there is a wave, all from the frames themselves and the microscope: how each frame transfers the wave, what
/// its noise is, and what powers amplitude and phase have. Found once for a series. Immutable.
/// </summary>
internal sealed record SeriesStatistics
{
    private SeriesInformation? _information;

    /// <summary>The band of the wave.</summary>
    public required WaveBand Band { get; init; }

    /// <summary>The microscope.</summary>
    public required Microscope Microscope { get; init; }

    /// <summary>Defocus of each frame in nm.</summary>
    public required IReadOnlyList<double> Foci { get; init; }

    /// <summary>Transfer function of each frame.</summary>
    public required IReadOnlyList<TransferFunction> Transfers { get; init; }

    /// <summary>Variance of the noise that each frame counts with, in units of the square of the mean intensity.</summary>
    public required IReadOnlyList<double> Noise { get; init; }

    /// <summary>Power spectra of amplitude and phase.</summary>
    public required PriorPowers Prior { get; init; }

    /// <summary>Frequency in 1/nm below which the series says little.</summary>
    public required double LowerLimit { get; init; }

    /// <summary>Number of frames.</summary>
    public int Frames => Foci.Count;

    /// <summary>The statistics of a series with each frame's own noise.</summary>
    /// <param name="series">The series.</param>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <param name="limit">Highest frequency in 1/nm; <see langword="null"/> for Limit of the parameters.</param>
    public static SeriesStatistics Of(FocalSeries series, int threads, IProgress<RunProgress>? progress, CancellationToken cancellationToken, double? limit = null) =>
        Of(series, NoiseLevel.Of(series, threads, progress, cancellationToken), threads, progress, cancellationToken, limit);

    /// <summary>The statistics of a series whose frames count with a given noise.</summary>
    /// <param name="series">The series.</param>
    /// <param name="noise">Variance that each frame counts with.</param>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <param name="limit">Highest frequency in 1/nm; <see langword="null"/> for Limit of the parameters.</param>
    public static SeriesStatistics Of(
        FocalSeries series, IReadOnlyList<double> noise, int threads, IProgress<RunProgress>? progress, CancellationToken cancellationToken, double? limit = null)
    {
        WaveBand band = SeriesOptics.Band(series, limit);
        return series.Findings.Get<SeriesStatistics>(
            known => known.Band.Limit == band.Limit && known.Noise.SequenceEqual(noise),
            () =>
            {
                TransferFunction[] transfers = SeriesOptics.Transfers(series, series.Foci);
                double lower = SeriesOptics.LowerLimit(series);
                return new SeriesStatistics
                {
                    Band = band,
                    Microscope = series.Microscope,
                    Foci = series.Foci,
                    Transfers = transfers,
                    Noise = noise,
                    Prior = PriorPowers.Estimate(series.Spectra(threads, progress, cancellationToken), band, transfers, noise, lower, threads, cancellationToken),
                    LowerLimit = lower,
                };
            });
    }

    /// <summary>The statistics of some of the frames, with the prior powers of all.</summary>
    /// <param name="frames">Positions in the series, from 0.</param>
    public SeriesStatistics Part(IReadOnlyList<int> frames) => this with
    {
        Foci = [.. frames.Select(n => Foci[n])],
        Transfers = [.. frames.Select(n => Transfers[n])],
        Noise = [.. frames.Select(n => Noise[n])],
    };

    /// <summary>What the frames say at a frequency, without the prior.</summary>
    /// <param name="g2">Square of the frequency in 1/nm².</param>
    public LinearTheory Data(double g2) => LinearTheory.At(Transfers, Noise, g2);

    /// <summary>What frames and prior say at a frequency.</summary>
    /// <param name="g2">Square of the frequency in 1/nm².</param>
    public LinearTheory Known(double g2) => Data(g2).With(Prior.At(Math.Sqrt(g2)));

    /// <summary>
    /// What frames and prior say at a frequency where a scattered wave adds to the curvature what the linear theory leaves out: the data's mean for
    /// amplitude and phase, times the scattered power.
    /// </summary>
    /// <param name="g2">Square of the frequency in 1/nm².</param>
    /// <param name="scattered">The scattered power.</param>
    public LinearTheory Known(double g2, double scattered)
    {
        LinearTheory data = Data(g2);
        double beyond = 0.5 * scattered * (data.Aa + data.Pp);
        LinearTheory known = data.With(Prior.At(Math.Sqrt(g2)));
        return new LinearTheory(known.Aa + beyond, known.Ap, known.Pp + beyond);
    }

    /// <summary>How a frame shows amplitude and phase at a frequency.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="g2">Square of the frequency in 1/nm².</param>
    public (double A, double P) Row(int frame, double g2) => LinearTheory.Row(Transfers[frame], g2);

    /// <summary>What the frames say at each frequency of the band; the first call computes it.</summary>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    public SeriesInformation Information(int threads, CancellationToken cancellationToken)
    {
        // A copy with another band or noise has taken the information of the first along.
        SeriesInformation? known = _information;
        return known is not null && known.IsOf(this) ? known : _information = new SeriesInformation(this, threads, cancellationToken);
    }
}
