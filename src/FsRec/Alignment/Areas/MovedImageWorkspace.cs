using FsRec.Fourier;

namespace FsRec.Alignment;

/// <summary>The memory one thread's <see cref="MovedImage"/> writes to.</summary>
internal sealed class MovedImageWorkspace(RealTransform transform, PartialColumnPass columns) : IDisposable
{
    /// <summary>The displacement of the image at hand.</summary>
    public PhaseRamp Ramp { get; } = new(transform.Rows, transform.Columns);

    /// <summary>The moved image with its rows still in Fourier space; only the rows that are cut are right.</summary>
    public ComplexPlane Plane { get; } = transform.CreateHalfPlane();

    /// <summary>Scratch of the column transforms.</summary>
    public FourierScratch Columns { get; } = columns.CreateScratch();

    /// <summary>Scratch of the transform.</summary>
    public RealTransformScratch Scratch { get; } = transform.CreateScratch();

    /// <inheritdoc />
    public void Dispose()
    {
        Ramp.Dispose();
        Plane.Dispose();
        Columns.Dispose();
        Scratch.Dispose();
    }
}
