using FsRec.Series;

namespace FsRec.Alignment;

/// <summary>What the frames of an aligned series say of one another: which do not belong, and how certain their places are.</summary>
internal static class FrameMembership
{
    /// <summary>The variance that takes a frame out of a sum: times this.</summary>
    public const double OutOfSums = 1e8;

    /// <summary>Judges the frames of an aligned series where they lie.</summary>
    /// <param name="aligned">The series with its displacements.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>One judgement a frame.</returns>
    public static IReadOnlyList<PlaceJudgement> Judge(AlignedSeries aligned, int threads, CancellationToken cancellationToken)
    {
        using var aligner = new ModelAligner(aligned.Series, threads, null, cancellationToken);
        aligner.Start(aligned.Displacements);
        aligner.Judge();
        IReadOnlyList<PlaceJudgement> judgements = aligner.Judgements(together: true);
        return aligned.Members is { } members ? [.. judgements.Select((j, n) => j.IsOutlier == !members[n] ? j : j with { IsOutlier = !members[n], Rivals = [], Fitting = null })] : judgements;
    }
}
