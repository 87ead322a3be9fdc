namespace FsRec.Alignment;

/// <summary>What <see cref="AreaSurroundings"/> keeps of one frame.</summary>
internal abstract class FrameRegion : IDisposable
{
    /// <summary>Displacement along columns, in pixels, at which the surroundings were cut.</summary>
    public double Dx { get; set; } = double.NaN;

    /// <summary>Displacement along rows at which they were cut.</summary>
    public double Dy { get; set; } = double.NaN;

    /// <summary>Whether the surroundings were cut at a displacement.</summary>
    public bool IsCutAt(double dx, double dy) => Dx == dx && Dy == dy;

    /// <inheritdoc />
    public abstract void Dispose();
}
