using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Alignment;

/// <summary>
/// The alignment whose way the data decide. Frame against frame is kept where neighbours are alike, by the specimen's power as measured, and
/// where the frames then agree with what the others predict for them. Otherwise each frame is aligned to what the others predict, and where
/// that leaves doubt other starts are tried; the one of highest likelihood is kept.
/// </summary>
internal static class DecidedAlignment
{
    /// <summary>Aligns a series.</summary>
    /// <param name="series">The series.</param>
    /// <param name="frameAgainstFrame">The first way.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    public static PrealignmentResult Run(
        FocalSeries series,
        Func<FocalSeries, int, IProgress<RunProgress>?, CancellationToken, PrealignmentResult> frameAgainstFrame,
        int threads,
        IProgress<RunProgress>? progress,
        CancellationToken cancellationToken)
    {
        using var aligner = new ModelAligner(series, threads, progress, cancellationToken);
        double likeness = aligner.Likeness();
        bool linear = series.Parameters.Restoration.Method == RestorationMethod.Linear;
        PrealignmentResult? sequential = null;
        string reason = linear
            ? FormattableString.Invariant($"a quarter of neighbouring images are expected to be alike to {likeness:0.00} or less")
            : $"{series.Parameters.Restoration.Method} restoration takes the places from the whole of the frames";
        if (linear && likeness >= NeighbourLikeness.Alike)
        {
            sequential = Sequential();
            if (sequential is not null)
            {
                aligner.Start(sequential.Aligned.Displacements);
                if (aligner.Holds())
                {
                    return sequential with
                    {
                        Choice = new AlignmentChoice(PrealignmentMethods.Sequential, FormattableString.Invariant(
                            $"neighbouring images are alike, most to {likeness:0.00} or more, and every image lies where the others predict it"), likeness),
                        QuietImages = [.. series.ImageNumbers.Where((_, n) => aligner.Quiet[n])],
                        SaturatedImages = [.. series.ImageNumbers.Where((_, n) => aligner.Saturated[n])],
                    };
                }
            }

            reason = "frame against frame, images do not lie where the others predict them";
        }

        aligner.Grow();
        Settling best = ModelAlignment.Settle(aligner, series, progress);
        string how = "";
        double other = double.NaN;
        if (!Certain(aligner, best))
        {
            sequential ??= Sequential();
            (IReadOnlyList<FrameDisplacement> Places, string How)[] starts =
            [
                .. sequential is null ? [] : new[] { (sequential.Aligned.Displacements, "; from where frame against frame leads") },
                (AlignedSeries.Unmoved(series).Displacements, "; from the frames as they are"),
            ];
            foreach ((IReadOnlyList<FrameDisplacement> places, string from) in starts)
            {
                AlignmentState kept = aligner.State;
                aligner.Start(places);
                Settling tried = ModelAlignment.Settle(aligner, series, progress);
                if (tried.LogLikelihood > best.LogLikelihood + ModelAligner.Certain)
                {
                    (other, best, how) = (best.LogLikelihood, tried, from);
                }
                else
                {
                    other = double.IsNaN(other) ? tried.LogLikelihood : Math.Max(other, tried.LogLikelihood);
                    aligner.Restore(kept);
                }
            }
        }

        return ModelAlignment.Result(series, aligner, best, progress) with
        {
            Choice = new AlignmentChoice(PrealignmentMethods.Model, reason + how, likeness, best.LogLikelihood, other),
        };

        PrealignmentResult? Sequential()
        {
            try
            {
                return frameAgainstFrame(series, threads, progress, cancellationToken);
            }
            catch (AlignmentException)
            {
                // Frames that run over the edge are frames that are lost.
                return null;
            }
        }
    }

    /// <summary>The way by which an aligned series is aligned further, where it is not known how it was aligned: by the likeness of neighbours.</summary>
    public static string MethodOf(AlignedSeries aligned, int threads, CancellationToken cancellationToken)
    {
        using var aligner = new ModelAligner(aligned.Series, threads, null, cancellationToken);
        return aligner.Likeness() < NeighbourLikeness.Alike ? PrealignmentMethods.Model : PrealignmentMethods.Sequential;
    }

    private static bool Certain(ModelAligner aligner, Settling settling) =>
        aligner.Votes.All(static v => v) && settling.Last.Rivals.All(static r => r.Sum(static p => p.Odds) < Math.Exp(-ModelAligner.Certain));
}
