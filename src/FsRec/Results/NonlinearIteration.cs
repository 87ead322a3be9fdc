namespace FsRec.Results;

/// <summary>What one iteration of the nonlinear refinement did.</summary>
/// <param name="Iteration">Number of the iteration, from 1.</param>
/// <param name="ReducedChiSquare">Mean over all pixels of (model − data)² / variance: 1 where the model explains all but the noise.</param>
/// <param name="LargestMove">Longest move of a frame since the start, in px.</param>
/// <param name="LargestFocusStep">Largest change of a focus since the start, in nm.</param>
public sealed record NonlinearIteration(int Iteration, double ReducedChiSquare, double LargestMove, double LargestFocusStep)
{
    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"iteration {Iteration}: reduced chi-square {ReducedChiSquare:0.0000}, moved up to {LargestMove:0.000} px and {LargestFocusStep:0.00} nm");
}
