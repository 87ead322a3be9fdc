namespace FsRec;

/// <summary>The figures of an iteration that ended, for whoever logs them.</summary>
/// <param name="Residual">Root mean square of what the wave leaves of the frames; <see langword="null"/> where it is not known.</param>
/// <param name="ChiSquare">Reduced chi-square; <see langword="null"/> where the iteration has none.</param>
/// <param name="LargestMove">Longest move of a frame in px.</param>
public sealed record IterationFigures(double? Residual, double? ChiSquare, double LargestMove);
