namespace FsRec.Results;

/// <summary>What one iteration of the nonlinear refinement did.</summary>
/// <param name="Iteration">Number of the iteration, from 1.</param>
/// <param name="ReducedChiSquare">Mean over all pixels of (model − data)² / variance: 1 where the model explains all but the noise.</param>
/// <param name="LargestMove">Longest move of a frame since the start, in px.</param>
/// <param name="LargestFocusStep">Largest change of a focus since the start, in nm.</param>
public sealed record NonlinearIteration(int Iteration, double ReducedChiSquare, double LargestMove, double LargestFocusStep)
{
    /// <summary>
    /// The misfit that was left before it, as the curvature has it, over that which the noise leaves in the wave: what the wave was still off by for want of
    /// iterations, as a share of the square of what noise makes it off by. NaN where it is not known.
    /// </summary>
    public double MisfitLeft { get; init; } = double.NaN;

    /// <summary>
    /// How many numbers of the wave the frames tell, by the curvature and the prior: the trace of the matrix by which the fit follows the data. As many of the data's degrees of
    /// freedom are spent. NaN where it is not known.
    /// </summary>
    public double Told { get; init; } = double.NaN;

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"iteration {Iteration}: reduced chi-square {ReducedChiSquare:0.0000}, moved up to {LargestMove:0.000} px and {LargestFocusStep:0.00} nm, misfit left {MisfitLeft:0.000} of the noise's");
}
