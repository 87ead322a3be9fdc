namespace FsRec;

/// <summary>The defocus of a frame.</summary>
/// <param name="ImageNumber">Number of the image, as in its file name.</param>
/// <param name="Defocus">Defocus in nm, underfocus negative.</param>
public readonly record struct FrameFocus(int ImageNumber, double Defocus)
{
    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{ImageNumber}: {Defocus:0.00} nm");
}
