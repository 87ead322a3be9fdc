using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Alignment;

/// <summary>
/// Alignment against the image that the other frames predict for each frame at its defocus: contrast that
/// vanishes and reverses inside the series is part of the prediction. The alignment grows from the frame of greatest signal outwards,
/// then goes through all frames again, each against the rest, its own contribution left out of the reference. Frames that do not belong to
/// the others are named and taken out.
/// </summary>
public static class ModelAlignment
{
    private const int GlobalRounds = 2;
    private const int MostRounds = 12;

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
        if (aligner.Reject() && aligner.IsOutlier(aligner.First))
        {
            // What was grown from a frame that does not belong is grown again.
            aligner.Restart();
        }

        IReadOnlyList<FrameDisplacement> displacements = aligner.Displacements;
        List<PrealignmentRound> rounds = [new(0, DisplacementAlgebra.Largest(displacements), displacements)];
        for (int round = 1; round <= MostRounds; round++)
        {
            aligner.Realign(everywhere: round <= GlobalRounds);
            bool changed = aligner.Reject();
            IReadOnlyList<FrameDisplacement> moved = aligner.Displacements;
            // All frames together may creep along what the data cannot tell.
            double move = DisplacementAlgebra.Largest(DisplacementAlgebra.WithoutTilt(DisplacementAlgebra.Subtract(moved, displacements), series.Foci));
            displacements = moved;
            rounds.Add(new PrealignmentRound(round, move, displacements));
            progress?.Report(new RunProgress("Alignment to the model", round, MostRounds, FormattableString.Invariant($"largest move {move:0.000} px")));
            if (move < Settled && round > GlobalRounds && !changed)
            {
                break;
            }
        }

        aligner.PlaceFaint();
        return new PrealignmentResult(new AlignedSeries(series, aligner.Displacements), rounds)
        {
            Method = PrealignmentMethods.Model,
            OutlierImages = aligner.OutlierImages,
            FaintImages = aligner.FaintImages,
        };
    }
}
