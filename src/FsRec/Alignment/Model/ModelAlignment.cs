using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Alignment;

/// <summary>
/// Alignment against the image that the other frames predict for each frame at its defocus: contrast that
/// vanishes and reverses inside the series is part of the prediction. The alignment grows from the frame of greatest signal outwards, or starts
/// from given displacements, then goes through all frames again and again, each against the rest. A step by which the frames predict one
/// another worse is taken back.
/// </summary>
public static class ModelAlignment
{
    /// <summary>A round that moves no frame by more, in px, is the last.</summary>
    internal const double Settled = 0.005;

    /// <summary>Aligns a series.</summary>
    /// <param name="series">The series; its foci and microscope are used.</param>
    /// <param name="threads">Threads to use; 0 for one a processor. The result does not depend on it.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <returns>The displacements, mean-free, with the history: round 0 is the growth, the others are rounds.</returns>
    public static PrealignmentResult Run(FocalSeries series, int threads = 0, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using var aligner = new ModelAligner(series, threads, progress, cancellationToken);
        aligner.Grow();
        Settling settling = Settle(aligner, series, progress);
        return Result(series, aligner, settling, progress) with
        {
            Choice = new AlignmentChoice(PrealignmentMethods.Model, "asked for", aligner.Likeness(), settling.LogLikelihood),
        };
    }

    /// <summary>Brings an alignment to where it is likeliest.</summary>
    internal static Settling Settle(ModelAligner aligner, FocalSeries series, IProgress<RunProgress>? progress)
    {
        var settling = new Settling(aligner, series, progress);
        settling.Run();
        return settling;
    }

    private static int IndexOf(FocalSeries series, int image) => series.ImageNumbers.TakeWhile(number => number != image).Count();

    /// <summary>What an alignment has found.</summary>
    internal static PrealignmentResult Result(FocalSeries series, ModelAligner aligner, Settling settling, IProgress<RunProgress>? progress)
    {
        IReadOnlyList<UncertainPlace> uncertain = aligner.Uncertain(settling.Last);
        bool doubt = aligner.IsWeak(settling.Last) || uncertain.Count > 0 || 4 * aligner.Votes.Count(static v => !v) > series.Count;
        (double Dx, double Dy)[] apart = doubt ? HalfAlignment.Apart(aligner, series, progress) : new (double, double)[series.Count];
        bool[] undetermined = [.. apart.Select(static a => a != (0, 0))];
        aligner.PlaceFaint(settling.Last, undetermined);
        aligner.DropStrays();
        return new PrealignmentResult(
            new AlignedSeries(series, aligner.Displacements)
            {
                Method = PrealignmentMethods.Model,
                Apart = doubt ? [.. series.ImageNumbers.Zip(apart, static (number, a) => new FrameDisplacement(number, a.Dx, a.Dy))] : null,
            },
            settling.Rounds)
        {
            Method = PrealignmentMethods.Model,
            OutlierImages = [.. series.ImageNumbers.Where((_, n) => aligner.IsOutlier(n))],
            DoubtfulFoci = aligner.DoubtfulFoci,
            FaintImages = [.. series.ImageNumbers.Where((_, n) => aligner.Faint[n])],
            QuietImages = [.. series.ImageNumbers.Where((_, n) => aligner.Quiet[n])],
            SaturatedImages = [.. series.ImageNumbers.Where((_, n) => aligner.Saturated[n])],
            // A faint image no longer lies where it was found, and is named as one.
            UncertainPlaces = [.. uncertain.Where(u => !aligner.Faint[IndexOf(series, u.ImageNumber)])],
            UndeterminedImages = [.. series.ImageNumbers.Where((_, n) => undetermined[n])],
        };
    }
}
