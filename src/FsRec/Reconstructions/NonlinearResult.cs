using FsRec.Refinement;
using FsRec.Results;

namespace FsRec.Reconstructions;

/// <summary>A nonlinear refinement's result. Immutable.</summary>
/// <param name="Reconstruction">The wave, displacements and foci that are to be used.</param>
/// <param name="KeptLinear">Whether the wave is the linear estimate, because the data do not show that the nonlinear one is better.</param>
/// <param name="LinearBias">
/// Mean square error that the linear theory makes of this wave by leaving out the nonlinear part of its images, over the mean square
/// error that noise and prior leave: the nonlinear estimate is the better one where this exceeds a small share.
/// </param>
/// <param name="Iterations">One record an iteration.</param>
/// <param name="FrameChiSquares">Reduced chi-square of each frame at the end: (model − data)² / variance, mean over the pixels.</param>
public sealed record NonlinearResult(
    Reconstruction Reconstruction,
    bool KeptLinear,
    double LinearBias,
    IReadOnlyList<NonlinearIteration> Iterations,
    IReadOnlyList<double> FrameChiSquares)
{
    /// <summary>Nodes of the integral over the focus spread that the images were made with.</summary>
    public int FocusNodes { get; init; }

    /// <summary>
    /// RMS error of an image by the finite number of nodes, in units of the noise of the least noisy frame: the rule's error term for the
    /// interference of every beam with the direct one, n! k²ⁿ / (2ⁿ (2n)!), k = πλΔg².
    /// </summary>
    public double FocusNodesError { get; init; }

    /// <summary>
    /// The misfit that the last iterations left, over that which the noise leaves in the wave (<see cref="NonlinearIteration.MisfitLeft"/>; of the last three the middle one); NaN where
    /// there were none.
    /// </summary>
    public double MisfitLeft => NonlinearPolicy.Default.Left(Iterations);

    /// <summary>Whether a wave that the refinement made has come to its end: what is left of the misfit is no more than what makes an error as large as that by noise.</summary>
    public bool HasConverged => KeptLinear || !(MisfitLeft > NonlinearPolicy.Default.TolerableLeft);

    /// <inheritdoc />
    public override string ToString() => KeptLinear
        ? FormattableString.Invariant($"linear estimate kept (bias {LinearBias:0.000} of the noise)")
        : FormattableString.Invariant($"nonlinear after {Counted.Of(Iterations.Count, "iteration")}{(Iterations.Count > 0 ? FormattableString.Invariant($", reduced chi-square {Iterations[^1].ReducedChiSquare:0.0000}") : "")}, focus spread in {Counted.Of(FocusNodes, "node")} (error {FocusNodesError:0.000} of the noise)");
}
