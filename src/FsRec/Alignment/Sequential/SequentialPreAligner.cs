using FsRec.Series;

namespace FsRec.Alignment;

/// <summary>
/// Pre-alignment frame by frame (<c>sequential-com</c>): each frame against the one before inside the reference area, whole
/// pixels first, then rounds of sub-pixel centres of mass until no frame moves more than half a pixel.
/// </summary>
internal static class SequentialPreAligner
{
    private const double Settled = 0.5;
    private const int Candidates = 4;

    /// <summary>Aligns images one after the other.</summary>
    /// <param name="frames">The images.</param>
    /// <param name="maxRounds">Most sub-pixel rounds.</param>
    /// <param name="rounds">Told of the coarse step and of each round.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <returns>Mean-free displacements.</returns>
    /// <exception cref="AlignmentException">A frame drifts over the frame's edge.</exception>
    public static IReadOnlyList<FrameDisplacement> Align(
        PrealignmentFrames frames, int maxRounds, ICollection<PrealignmentRound> rounds, IProgress<RunProgress>? progress)
    {
        IReadOnlyList<FrameDisplacement> displacements = Coarse(frames, progress);
        rounds.Add(new PrealignmentRound(0, DisplacementAlgebra.Largest(displacements), displacements));
        for (int round = 1; round <= maxRounds; round++)
        {
            IReadOnlyList<FrameDisplacement> refined = Refine(frames, displacements);
            double move = DisplacementAlgebra.Largest(DisplacementAlgebra.Subtract(refined, displacements));
            displacements = refined;
            rounds.Add(new PrealignmentRound(round, move, displacements));
            progress?.Report(new RunProgress("Pre-alignment", round, maxRounds, FormattableString.Invariant($"largest move {move:0.000} px")));
            if (move <= Settled)
            {
                break;
            }
        }

        return displacements;
    }

    /// <summary>
    /// Whole-pixel drift of each image against the one before, summed along the series. The correlation of two areas cut at the same
    /// place favours small drifts, since the overlap shrinks with the drift, and a crystal offers a rival at every lattice vector. So
    /// the best places are tried again with the second area cut where its content should lie, in full overlap, and the one of highest
    /// correlation wins.
    /// </summary>
    public static IReadOnlyList<FrameDisplacement> Coarse(PrealignmentFrames frames, IProgress<RunProgress>? progress)
    {
        AreaStack areas = frames.CutAll(frames.Unmoved);
        var drift = new (double Dx, double Dy)[frames.Count];
        int done = 0;
        frames.ForEach(frames.Count - 1, (worker, index) =>
        {
            int n = index + 1;
            drift[n] = frames.MostAlike(n, frames.Peaks(areas[n], areas[n - 1], Candidates, worker), areas[n - 1], worker);
            progress?.Report(new RunProgress("Coarse pre-alignment", Interlocked.Increment(ref done), frames.Count - 1));
        });
        return Accumulate(frames, frames.Unmoved, drift);
    }

    /// <summary>One round: each moved image against the moved one before, the sub-pixel differences summed along the series.</summary>
    private static IReadOnlyList<FrameDisplacement> Refine(PrealignmentFrames frames, IReadOnlyList<FrameDisplacement> displacements)
    {
        AreaStack areas = frames.CutAll(displacements);
        var drift = new (double Dx, double Dy)[frames.Count];
        frames.ForEach(frames.Count - 1, (worker, index) => drift[index + 1] = frames.Peak(areas[index + 1], areas[index], worker));
        return Accumulate(frames, displacements, drift);
    }

    private static IReadOnlyList<FrameDisplacement> Accumulate(
        PrealignmentFrames frames, IReadOnlyList<FrameDisplacement> displacements, (double Dx, double Dy)[] drift)
    {
        var moved = new FrameDisplacement[frames.Count];
        double x = 0;
        double y = 0;
        for (int n = 0; n < moved.Length; n++)
        {
            x += drift[n].Dx;
            y += drift[n].Dy;
            moved[n] = displacements[n] with { Dx = displacements[n].Dx + x, Dy = displacements[n].Dy + y };
        }

        return frames.EnsureRoom(DisplacementAlgebra.WithoutMean(moved));
    }
}
