namespace FsRec.Comparison;

/// <summary>A vector in the plane of the frames; its unit is that of what it is.</summary>
/// <param name="X">Part along columns.</param>
/// <param name="Y">Part along rows.</param>
public readonly record struct PlaneVector(double X, double Y)
{
    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"({X:0.###}, {Y:0.###})");
}
