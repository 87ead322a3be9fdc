namespace FsRec.Cli;

/// <summary>Another place that an image might have, for the summary as JSON.</summary>
internal sealed record RivalPlaceSummary(double Dx, double Dy, double Odds);
