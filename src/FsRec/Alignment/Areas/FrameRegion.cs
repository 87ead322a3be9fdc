namespace FsRec.Alignment;

/// <summary>What <see cref="AreaSurroundings"/> keeps of one frame.</summary>
internal abstract class FrameRegion : IDisposable
{
    /// <summary>Displacement along columns, in pixels, at which the surroundings were cut.</summary>
    public double Dx { get; set; } = double.NaN;

    /// <summary>Displacement along rows at which they were cut.</summary>
    public double Dy { get; set; } = double.NaN;

    /// <summary>Whether an area at a displacement can be cut from what is kept.</summary>
    public bool Reaches(double dx, double dy) => Math.Abs(dx - Dx) <= AreaSurroundings.Room && Math.Abs(dy - Dy) <= AreaSurroundings.Room;

    /// <inheritdoc />
    public abstract void Dispose();
}
