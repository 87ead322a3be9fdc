using FsRec.Fourier;
using FsRec.Series;

namespace FsRec.Alignment;

/// <summary>
/// Pre-alignment to a common, noise-reduced frame (Commonframe), for low dose: averages of neighbouring frames are aligned one after
/// the other and then to their common mean; each frame starts from its average's displacement and is aligned to that mean.
/// </summary>
/// <remarks>
/// The mean holds the frame that is aligned to it, whose noise then draws it to where it is. Leaving it out was tried on simulated
/// series: at low dose that pull does more good than harm (0.39 against 0.65 px RMS at 100 electrons/Å²).
/// </remarks>
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
        blocks = Rounds(averages, blocks, placed => Mean(averages.CutAll(placed)), maxRounds, precision, [], "Aligning averages", progress);
        float[] common = Mean(averages.CutAll(blocks));
        IReadOnlyList<FrameDisplacement> start =
            [.. frames.ImageNumbers.Select((number, n) => new FrameDisplacement(number, blocks[blockOf[n]].Dx, blocks[blockOf[n]].Dy))];
        rounds.Add(new PrealignmentRound(0, DisplacementAlgebra.Largest(start), start));
        return DisplacementAlgebra.WithoutMean(
            Rounds(frames, start, _ => common, maxRounds, precision, rounds, "Aligning to the common frame", progress));
    }

    private static IReadOnlyList<FrameDisplacement> Rounds(
        PrealignmentFrames frames,
        IReadOnlyList<FrameDisplacement> displacements,
        Func<IReadOnlyList<FrameDisplacement>, float[]> reference,
        int maxRounds,
        double precision,
        ICollection<PrealignmentRound> rounds,
        string stage,
        IProgress<RunProgress>? progress)
    {
        for (int round = 1; round <= maxRounds; round++)
        {
            AreaStack areas = frames.CutAll(displacements);
            float[] common = reference(displacements);
            var moved = new FrameDisplacement[frames.Count];
            frames.ForEach(frames.Count, (worker, n) =>
            {
                (double dx, double dy) = frames.Peak(areas[n], common, worker);
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

    /// <summary>The normalised mean of reference areas.</summary>
    private static float[] Mean(AreaStack areas)
    {
        var mean = new float[areas.Pixels];
        for (int n = 0; n < areas.Count; n++)
        {
            AreaStatistics.Add(mean, areas[n]);
        }

        AreaStatistics.Normalise(mean);
        return mean;
    }
}
