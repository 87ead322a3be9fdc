namespace FsRec.Refinement;

/// <summary>An optimisation between two steps, from which it goes on with the same bits.</summary>
/// <param name="Iteration">Steps that were made.</param>
/// <param name="Value">The value reached.</param>
/// <param name="Ended">Whether the tolerance was met, where the optimisation has ended; <see langword="null"/> where it goes on.</param>
/// <param name="Unknowns">The best point.</param>
/// <param name="Gradient">The gradient there; empty where the optimisation has ended.</param>
/// <param name="Next">Where the next step is remembered.</param>
/// <param name="Memory">The steps that are remembered, the youngest first: step, change of the gradient, curvature along it.</param>
internal sealed record OptimiserState(
    int Iteration, double Value, bool? Ended, float[] Unknowns, float[] Gradient, int Next, IReadOnlyList<(float[] Step, float[] Change, double Curvature)> Memory);
