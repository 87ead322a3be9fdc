namespace FsRec.Alignment;

/// <summary>A place that a frame might have in place of the one it was given.</summary>
/// <param name="Dx">Displacement along columns in px.</param>
/// <param name="Dy">Displacement along rows in px.</param>
/// <param name="Odds">How likely it is, over the place that was given; small where that is certain.</param>
public readonly record struct RivalPlace(double Dx, double Dy, double Odds)
{
    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"({Dx:0.0}, {Dy:0.0}) px (1:{Math.Max(1, 1 / Odds):0.#})");
}
