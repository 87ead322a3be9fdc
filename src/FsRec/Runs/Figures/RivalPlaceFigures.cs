namespace FsRec.Runs;

/// <summary>Another place that an image might have.</summary>
public sealed record RivalPlaceFigures(double Dx, double Dy, double Odds);
