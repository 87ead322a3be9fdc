using FsRec.Fourier;

namespace FsRec.Optics;

/// <summary>The memory one thread's image simulation writes to.</summary>
internal sealed class ImageWorkspace(ComplexPlane plane, FourierScratch scratch) : IDisposable
{
    /// <summary>The image wave, and its spectrum before.</summary>
    public ComplexPlane Plane => plane;

    /// <summary>Scratch of the transforms.</summary>
    public FourierScratch Scratch => scratch;

    /// <inheritdoc />
    public void Dispose()
    {
        plane.Dispose();
        scratch.Dispose();
    }
}
