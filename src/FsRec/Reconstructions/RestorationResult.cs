using FsRec.Results;

namespace FsRec.Reconstructions;

/// <summary>A restoration by any method, with what it went through.</summary>
/// <param name="Reconstruction">The wave, displacements and foci that are to be used.</param>
/// <param name="Linear">The linear reconstruction before a Wiener restoration or a refinement; <see langword="null"/> when there was none.</param>
/// <param name="Nonlinear">The refinement by the full image model; <see langword="null"/> when there was none.</param>
public sealed record RestorationResult(Reconstruction Reconstruction, Reconstruction? Linear, NonlinearResult? Nonlinear);
