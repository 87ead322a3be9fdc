using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Restoration;

/// <summary>What a Wiener restoration has found of an aligned series beside its wave. Immutable.</summary>
/// <param name="Displacements">Where the frames lay.</param>
/// <param name="Statistics">Noise and prior powers as the restoration ended with them.</param>
/// <param name="Outliers">Whether each frame does not belong to the others.</param>
internal sealed record RestoredStatistics(IReadOnlyList<FrameDisplacement> Displacements, SeriesStatistics Statistics, IReadOnlyList<bool> Outliers)
{
    /// <summary>Those of an aligned series: of a restoration that was made, or else of one that is made for them.</summary>
    /// <param name="aligned">The series with its displacements.</param>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    public static RestoredStatistics Of(AlignedSeries aligned, int threads, IProgress<RunProgress>? progress, CancellationToken cancellationToken) =>
        aligned.Series.Findings.Get<RestoredStatistics>(
            known => known.Displacements.SequenceEqual(aligned.Displacements),
            () => Of(aligned, WienerRestoration.Solve(aligned, threads, progress, cancellationToken)));

    /// <summary>Keeps those of a restoration with its series.</summary>
    /// <param name="aligned">The series with its displacements.</param>
    /// <param name="solution">What the restoration found, up to Limit.</param>
    public static void Keep(AlignedSeries aligned, WienerSolution solution) => aligned.Series.Findings.Get<RestoredStatistics>(
        known => known.Displacements.SequenceEqual(aligned.Displacements),
        () => Of(aligned, solution));

    private static RestoredStatistics Of(AlignedSeries aligned, WienerSolution solution) => new(aligned.Displacements, solution.Statistics, solution.Outliers);
}
