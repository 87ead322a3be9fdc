namespace FsRec.Alignment;

/// <summary>An image that does not show what the others predict for it at its own focus, and does at another.</summary>
/// <param name="ImageNumber">Number of the image.</param>
/// <param name="Focus">Its focus as it was given, in nm.</param>
/// <param name="FittingFocus">The focus that fits, in nm.</param>
public sealed record DoubtfulFocus(int ImageNumber, double Focus, double FittingFocus)
{
    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"image {ImageNumber}: {Focus:0.0} nm, fits at {FittingFocus:0.0} nm");
}
