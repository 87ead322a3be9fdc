namespace FsRec.Rendering.Canvas;

/// <summary>A line's colour, width and dashes.</summary>
/// <param name="Ink">Colour.</param>
/// <param name="Width">Width in units of the figure.</param>
/// <param name="Dash">Length of dashes and gaps; 0 for none.</param>
internal readonly record struct Stroke(Ink Ink, double Width = 1, double Dash = 0);
