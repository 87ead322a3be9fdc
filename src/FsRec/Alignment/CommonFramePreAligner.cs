using FsRec.Series;

namespace FsRec.Alignment;

/// <summary>
/// Pre-alignment to a common, noise-reduced frame (Commonframe), for low dose: averages of neighbouring frames are aligned one after
/// the other and then to their common mean; each frame starts from its average's displacement and is aligned to the common mean. A
/// reference leaves out what is being aligned to it: its own noise would hold it where it is.
/// </summary>
internal static class CommonFramePreAligner
{
    /// <summary>Aligns frames by way of their averages.</summary>
    /// <param name="averages">Averages of neighbouring frames, one a block.</param>
    /// <param name="frames">The frames.</param>
    /// <param name="blockOf">The block of each frame.</param>
    /// <param name="maxRounds">Most rounds of either alignment to the mean.</param>
    /// <param name="precision">A round that moves nothing farther is the last, in pixels.</param>
    /// <param name="rounds">Told of each round on the frames.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <returns>Mean-free displacements of the frames.</returns>
    /// <exception cref="AlignmentException">A frame drifts over the frame's edge.</exception>
    public static IReadOnlyList<FrameDisplacement> Align(
        PrealignmentFrames averages,
        PrealignmentFrames frames,
        IReadOnlyList<int> blockOf,
        int maxRounds,
        double precision,
        ICollection<PrealignmentRound> rounds,
        IProgress<RunProgress>? progress)
    {
        IReadOnlyList<FrameDisplacement> blocks = SequentialPreAligner.Coarse(averages, progress);
        blocks = AlignToMean(averages, blocks, maxRounds, precision, [], "Aligning averages", progress);
        IReadOnlyList<FrameDisplacement> start =
            [.. frames.ImageNumbers.Select((number, n) => new FrameDisplacement(number, blocks[blockOf[n]].Dx, blocks[blockOf[n]].Dy))];
        rounds.Add(new PrealignmentRound(0, DisplacementAlgebra.Largest(start), start));
        return DisplacementAlgebra.WithoutMean(AlignToMean(frames, start, maxRounds, precision, rounds, "Aligning to the common frame", progress));
    }

    private static IReadOnlyList<FrameDisplacement> AlignToMean(
        PrealignmentFrames frames,
        IReadOnlyList<FrameDisplacement> displacements,
        int maxRounds,
        double precision,
        ICollection<PrealignmentRound> rounds,
        string stage,
        IProgress<RunProgress>? progress)
    {
        if (frames.Count < 2)
        {
            return displacements;
        }

        for (int round = 1; round <= maxRounds; round++)
        {
            float[][] areas = frames.CutAll(displacements);
            float[] sum = Sum(areas);
            var moved = new FrameDisplacement[frames.Count];
            frames.ForEach(frames.Count, (worker, n) =>
            {
                var others = new float[sum.Length];
                for (int i = 0; i < others.Length; i++)
                {
                    others[i] = sum[i] - areas[n][i];
                }

                AreaStatistics.Normalise(others);
                (double dx, double dy) = frames.Peak(areas[n], others, worker);
                moved[n] = displacements[n] with { Dx = displacements[n].Dx + dx, Dy = displacements[n].Dy + dy };
            });
            double move = DisplacementAlgebra.Largest(DisplacementAlgebra.Subtract(moved, displacements));
            displacements = frames.EnsureRoom(moved);
            rounds.Add(new PrealignmentRound(round, move, displacements));
            progress?.Report(new RunProgress(stage, round, maxRounds, FormattableString.Invariant($"largest move {move:0.000} px")));
            if (move <= precision)
            {
                break;
            }
        }

        return displacements;
    }

    private static float[] Sum(float[][] areas)
    {
        var sum = new float[areas[0].Length];
        foreach (float[] area in areas)
        {
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += area[i];
            }
        }

        return sum;
    }
}
