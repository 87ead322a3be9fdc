using FsRec.Alignment;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Restoration;

/// <summary>What a Wiener restoration found and rests on.</summary>
/// <param name="Wave">The exit wave.</param>
/// <param name="Statistics">
/// What the restoration rests on, with the prior powers it ended with. The noise is what each frame counts with: its own over the weight that the odds of its
/// place allow; of frames that do not belong so large that they say nothing.
/// </param>
/// <param name="Used">The powers about each frequency that the wave was estimated with.</param>
/// <param name="Shown">The powers that the specimen shows about each frequency.</param>
/// <param name="Outliers">Whether each frame does not belong to the others.</param>
internal sealed record WienerSolution(ExitWave Wave, SeriesStatistics Statistics, ExpectedPowers Used, ExpectedPowers Shown, IReadOnlyList<bool> Outliers)
{
    /// <summary>Variance of each frame's own noise.</summary>
    public required IReadOnlyList<double> OwnNoise { get; init; }

    /// <summary>Variance that each frame counts with.</summary>
    public IReadOnlyList<double> Noise => Statistics.Noise;

    /// <summary>Power spectra of amplitude and phase.</summary>
    public PriorPowers Prior => Statistics.Prior;

    /// <summary>What a sum of squares over <see cref="Noise"/> is times as much of over the frame's own noise.</summary>
    /// <param name="frame">The frame.</param>
    public double Inflation(int frame) => Noise[frame] / OwnNoise[frame];

    /// <summary>What the frames say of one another's places; <see langword="null"/> where it was not asked.</summary>
    public IReadOnlyList<PlaceJudgement>? Places { get; init; }

    /// <summary>
    /// The series with foci, and displacements, at which frames fit that do not belong at their own; <see langword="null"/> where there is no such frame.
    /// </summary>
    /// <param name="aligned">The series.</param>
    public AlignedSeries? Fitting(AlignedSeries aligned) => Places is { } places && places.Any(static p => p.Fitting is not null)
        ? new AlignedSeries(
            aligned.Series.WithFoci([.. aligned.Series.Foci.Select((z, n) => places[n].Fitting?.Focus ?? z)]),
            [.. aligned.Displacements.Select((d, n) => places[n].Fitting is { } fit ? d with { Dx = fit.Dx, Dy = fit.Dy } : d)])
        {
            Method = aligned.Method,
            Apart = aligned.Apart,
        }
        : null;
}
