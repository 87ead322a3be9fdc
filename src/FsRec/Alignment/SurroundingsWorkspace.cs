using FsRec.Fourier;

namespace FsRec.Alignment;

/// <summary>The memory one thread's <see cref="AreaSurroundings"/> writes to.</summary>
internal sealed class SurroundingsWorkspace(RealTransform transform, PartialColumnPass columns) : IDisposable
{
    /// <summary>The area with its surroundings, row-major.</summary>
    public float[] Pixels { get; } = new float[transform.Rows * transform.Columns];

    /// <summary>The displacement between the area and what is kept.</summary>
    public PhaseRamp Ramp { get; } = new(transform.Rows, transform.Columns);

    /// <summary>The moved surroundings with their rows still in Fourier space.</summary>
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
