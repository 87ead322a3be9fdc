namespace FsRec.Results;

/// <summary>The correlation of a frame with its simulated image near the place where it was found.</summary>
/// <param name="Iteration">Number of the iteration.</param>
/// <param name="ImageNumber">Number of the image.</param>
/// <param name="MoveX">Move found along columns, in pixels.</param>
/// <param name="MoveY">Move found along rows, in pixels.</param>
/// <param name="Radius">Radius k of the patch, in pixels.</param>
/// <param name="Patch">Correlation coefficients, (2k+1)² values row by row, at whole-pixel steps round the place found.</param>
public sealed record AlignmentPeak(int Iteration, int ImageNumber, double MoveX, double MoveY, int Radius, float[] Patch);
