using FsRec.Series;

namespace FsRec.Alignment;

/// <summary>Finds frames of an aligned series that do not belong to the others.</summary>
internal static class FrameMembership
{
    /// <summary>The variance that takes a frame out of a sum: times this.</summary>
    public const double OutOfSums = 1e8;

    /// <summary>Judges the frames of an aligned series.</summary>
    /// <param name="aligned">The series with its displacements.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>Whether each frame is an outlier.</returns>
    public static bool[] Outliers(AlignedSeries aligned, int threads, CancellationToken cancellationToken)
    {
        using var aligner = new ModelAligner(aligned.Series, threads, null, cancellationToken);
        aligner.Start(aligned.Displacements);
        aligner.Judge();
        return [.. Enumerable.Range(0, aligned.Series.Count).Select(aligner.IsOutlier)];
    }
}
