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
                if (aligner.Holds([]))
                {
                    return sequential with
                    {
                        Aligned = WithOutliers(sequential.Aligned, []),
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

        PrealignmentResult model = ModelAlignment.Result(series, aligner, best, progress) with
        {
            Choice = new AlignmentChoice(PrealignmentMethods.Model, reason + how, likeness, best.LogLikelihood, other),
        };
        return linear && likeness >= NeighbourLikeness.Alike && model.OutlierImages.Count > 0 ? SoundAgainstSound(model) : model;

        // Frames that do not belong are no reason to align the others another way than without them.
        PrealignmentResult SoundAgainstSound(PrealignmentResult found)
        {
            int[] outliers = [.. Enumerable.Range(0, series.Count).Where(n => found.OutlierImages.Contains(series.ImageNumbers[n]))];
            int[] sound = [.. Enumerable.Range(0, series.Count).Except(outliers)];
            if (sound.Length < 2 || Try(series.Select(sound)) is not { } part)
            {
                return found;
            }

            IReadOnlyList<FrameDisplacement> places = Joined(found.Aligned.Displacements, part.Aligned.Displacements, sound);
            aligner.Start(places, outliers);
            return aligner.Holds(outliers)
                ? found with
                {
                    Aligned = WithOutliers(new AlignedSeries(series, places) { Method = PrealignmentMethods.Sequential }, outliers),
                    Method = PrealignmentMethods.Sequential,
                    Rounds = part.Rounds,
                    Choice = new AlignmentChoice(PrealignmentMethods.Sequential, FormattableString.Invariant(
                        $"neighbouring images are alike, most to {likeness:0.00} or more, and every image but those that do not belong lies where the others predict it"), likeness),
                }
                : found;
        }

        PrealignmentResult? Sequential() => Try(series);

        PrealignmentResult? Try(FocalSeries frames)
        {
            try
            {
                return frameAgainstFrame(frames, threads, progress, cancellationToken);
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

    private static AlignedSeries WithOutliers(AlignedSeries aligned, int[] outliers) => new(aligned.Series, aligned.Displacements)
    {
        Method = aligned.Method,
        Outliers = [.. aligned.Displacements.Select((_, n) => outliers.Contains(n))],
    };

    /// <summary>
    /// Displacements of all frames, mean-free: of some as they are given, of the others as another alignment has them against the nearest of those.
    /// </summary>
    private static IReadOnlyList<FrameDisplacement> Joined(IReadOnlyList<FrameDisplacement> other, IReadOnlyList<FrameDisplacement> given, int[] frames)
    {
        FrameDisplacement[] all = [.. other];
        for (int i = 0; i < frames.Length; i++)
        {
            all[frames[i]] = given[i];
        }

        return DisplacementAlgebra.WithoutMean(DisplacementAlgebra.Followed(other, all, frames));
    }

    private static bool Certain(ModelAligner aligner, Settling settling) =>
        aligner.Votes.All(static v => v) && settling.Last.Rivals.All(static r => r.Sum(static p => p.Odds) < Math.Exp(-ModelAligner.Certain));
}
