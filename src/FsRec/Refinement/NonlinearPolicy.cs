using FsRec.Results;

namespace FsRec.Refinement;

/// <summary>
/// The numbers by which the nonlinear refinement decides, each with its unit and where it comes from. Rows are those of tests/FsRec.Benchmarks/README.md.
/// Immutable.
/// </summary>
internal sealed record NonlinearPolicy
{
    /// <summary>What is used.</summary>
    public static NonlinearPolicy Default { get; } = new();

    /// <summary>
    /// Iterations of each stage; the last is repeated. Powers, weights and metric are made anew between two. ("What the first iterations reach": after 4 the
    /// wave explains the frames well enough for the foci to follow it, after 12 displacements and foci are those of the end.)
    /// </summary>
    public IReadOnlyList<int> Stages { get; init; } = [4, 8, 28];

    /// <summary>
    /// The wave's highest frequency over Limit. Beams beyond Limit make images with those inside; a model that leaves them out bends the wave to explain
    /// them. Chosen together with powers that fall beyond what the frames tell (<see cref="Statistics.PriorPowers.Continued"/>);
    /// without those a wave of 4/3 has an error of 0.131 on a 6 nm particle, one of 1.25 0.115 and one of 1.1 0.108.
    /// </summary>
    public double BeyondLimit { get; init; } = 4.0 / 3;

    /// <summary>Largest standard deviation in px of a frame's displacement about where the alignment has it: by the 0.5 px beyond which the benchmarks call a frame lost.</summary>
    public double ExpectedMove { get; init; } = 0.5;

    /// <summary>Standard deviation in nm of a frame's focus about the given one. Set by judgement: twice the scatter of the benchmarks' wrong foci, 1.5 nm.</summary>
    public double ExpectedFocusError { get; init; } = 3;

    /// <summary>Error in px by the linear theory, above which the alignment knows a frame's place better: that of an alignment to the model, 0.01 to 0.03.</summary>
    public double UncertainMove { get; init; } = 0.03;

    /// <summary>Error in nm by the linear theory, above which a focus is left as it is given. Set by judgement between foci that gain (0.02 nm on `thick`) and those that only follow noise.</summary>
    public double UncertainFocus { get; init; } = 0.06;

    /// <summary>Reduced chi-square below which a wave explains the frames well enough to look at aberrations; set by judgement.</summary>
    public double ExplainedMisfit { get; init; } = 1.1;

    /// <summary>All iterations over those before aberrations are free ("Aberrations": 120 iterations, the last 80 with C3).</summary>
    public int AberrationShare { get; init; } = 3;

    /// <summary>Most iterations where the linear estimate will be kept: as many as displacements and foci take; the rest would be the wave's.</summary>
    public int FrameIterations { get; init; } = 12;

    /// <summary>
    /// Square of the error that the linear theory makes of the wave by leaving squares out, over that of the error by noise and prior, below which its estimate is kept:
    /// 0.01 for thin crystals, 0.07 for light atoms, 0.23 for a crystal of 0.5 rad, 2.8 for a particle of 6 nm.
    /// </summary>
    public double BiasWorthRemoving { get; init; } = 0.3;

    /// <summary>
    /// RMS of |u|² that the start's wave is taken to have at most: the linear theory makes too much of a strong object ("What the first iterations reach": 0.35 of
    /// the wave at the end).
    /// </summary>
    public double MostAtStart { get; init; } = 0.3;

    /// <summary>Of the prior power of amplitude or phase in the other: with 0.1 in place of 1 the error of a 6 nm particle is 0.099 in place of 0.103; sin² of a local
    /// phase of 0.3 rad, see <see cref="Statistics.PriorPowers.Mixed"/>.</summary>
    public double SmallestShare { get; init; } = 0.1;

    /// <summary>
    /// Misfit left over that which noise leaves, below which the refinement has converged. The metric is that of the linear theory; along the softest
    /// directions of a thick particle the curvature is a hundredth of it, so that this share makes a twentieth of the square of the wave's error.
    /// </summary>
    public double Settled { get; init; } = 0.0005;

    /// <summary>The same where only displacements and foci are wanted: they are among the stiffest unknowns, and the wave is another's.</summary>
    public double SettledFrames { get; init; } = 0.02;

    /// <summary>
    /// Misfit left over that which noise leaves, above which a refinement that has used up its iterations has not converged: along the softest directions, where the curvature is a
    /// hundredth of the metric, that makes the error larger by 15 % than noise alone does. ("What the first iterations reach": 0.001 to 0.002 after the usual 40.)
    /// </summary>
    public double TolerableLeft { get; init; } = 0.003;

    /// <summary>Iterations in a row that must be below: what one promises varies by a factor of three.</summary>
    public int SettledIterations { get; init; } = 3;

    /// <summary>Iterations after which most refinements are there: those of all stages.</summary>
    public int Usual => Stages.Sum();

    /// <summary>Iterations before the last stage, in which powers and weights are still on their way.</summary>
    public int Unsettled => Stages.SkipLast(1).Sum();

    /// <summary>Whether the last iterations leave less than that.</summary>
    /// <param name="history">The iterations.</param>
    /// <param name="least">Misfit left over that which noise leaves.</param>
    public bool HasSettled(IReadOnlyList<NonlinearIteration> history, double least) =>
        history.Count >= SettledIterations && history.TakeLast(SettledIterations).All(i => i.MisfitLeft < least);

    /// <summary>Whether there were as many iterations as usual and no more is left than is tolerable; otherwise the last stage is repeated while there may be more iterations.</summary>
    /// <param name="history">The iterations.</param>
    public bool IsEnough(IReadOnlyList<NonlinearIteration> history) => history.Count >= Usual && Left(history) <= TolerableLeft;

    /// <summary>What the last iterations left: the middle one of as many as must settle, as one alone varies; NaN without iterations.</summary>
    /// <param name="history">The iterations.</param>
    public double Left(IReadOnlyList<NonlinearIteration> history) => history.Count == 0
        ? double.NaN
        : history.TakeLast(SettledIterations).Select(static i => i.MisfitLeft).Order().ElementAt(Math.Min(SettledIterations, history.Count) / 2);
}
