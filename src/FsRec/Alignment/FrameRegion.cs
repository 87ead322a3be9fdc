using FsRec.Fourier;

namespace FsRec.Alignment;

/// <summary>What <see cref="AreaSurroundings"/> keeps of one frame: the spectrum of the reference area with its surroundings.</summary>
internal sealed class FrameRegion(ComplexPlane spectrum) : IDisposable
{
    /// <summary>The half-plane spectrum of the surroundings, mean removed and tapered.</summary>
    public ComplexPlane Spectrum => spectrum;

    /// <summary>Displacement along columns, in pixels, at which they were cut.</summary>
    public double Dx { get; set; } = double.NaN;

    /// <summary>Displacement along rows at which they were cut.</summary>
    public double Dy { get; set; } = double.NaN;

    /// <summary>Mean of the whole frame, which was taken away.</summary>
    public float Mean { get; set; }

    /// <summary>Whether an area at a displacement can be cut from what is kept.</summary>
    public bool Reaches(double dx, double dy) => Math.Abs(dx - Dx) <= AreaSurroundings.Room && Math.Abs(dy - Dy) <= AreaSurroundings.Room;

    /// <inheritdoc />
    public void Dispose() => spectrum.Dispose();
}
