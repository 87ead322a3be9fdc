namespace FsRec;

/// <summary>
/// How far a frame's content lies from the common frame: the aligned frame is the frame shifted by (−Dx, −Dy).
/// </summary>
/// <param name="ImageNumber">Number of the image, as in its file name.</param>
/// <param name="Dx">Displacement along columns (the fast axis), in pixels.</param>
/// <param name="Dy">Displacement along rows, in pixels.</param>
public readonly record struct FrameDisplacement(int ImageNumber, double Dx, double Dy)
{
    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"{ImageNumber}: ({Dx:0.000}, {Dy:0.000}) px");
}
