namespace FsRec.Refinement;

/// <summary>What the wave behind the lens is multiplied by to be the wave of one plane of the model.</summary>
/// <param name="plane">The plane.</param>
/// <param name="factor">Displacement and focus.</param>
/// <param name="slope">0, or 1 along columns and 2 along rows where the plane is that of a cross term.</param>
/// <param name="weight">A factor of its own.</param>
internal readonly unsafe struct PlaneFactor(Fourier.ComplexPlane plane, SeparableFactor factor, int slope, float weight)
{
    /// <summary>The plane's first row.</summary>
    public float* Plane { get; } = plane.Data;

    /// <summary>Floats from one of its rows to the next.</summary>
    public nint Stride { get; } = plane.RowStride;

    /// <summary>Factors of the band's columns in the block layout.</summary>
    public float* Columns { get; } = factor.Columns;

    /// <summary>Factors of the band's rows, real and imaginary part by turns.</summary>
    public float* Rows { get; } = factor.Rows;

    /// <summary>The component of the slope: 0 for none, 1 along columns, 2 along rows.</summary>
    public int Slope { get; } = slope;

    /// <summary>A factor of its own.</summary>
    public float Weight { get; } = weight;
}
