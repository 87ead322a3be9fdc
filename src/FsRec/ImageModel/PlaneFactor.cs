namespace FsRec.ImageModel;

/// <summary>What the wave behind the lens is multiplied by to be the wave of one plane of the model.</summary>
/// <param name="plane">The plane.</param>
/// <param name="factor">Displacement and focus.</param>
/// <param name="term">The cross term whose slopes multiply it; <see langword="null"/> for none.</param>
/// <param name="weight">A factor of its own.</param>
internal readonly unsafe struct PlaneFactor(Fourier.ComplexPlane plane, SeparableFactor factor, CrossTerm? term, float weight)
{
    /// <summary>The plane's first row.</summary>
    public float* Plane { get; } = plane.Data;

    /// <summary>Floats from one of its rows to the next.</summary>
    public nint Stride { get; } = plane.RowStride;

    /// <summary>Factors of the band's columns in the block layout.</summary>
    public float* Columns { get; } = factor.Columns;

    /// <summary>Factors of the band's rows, real and imaginary part by turns.</summary>
    public float* Rows { get; } = factor.Rows;

    /// <summary>How often the slope along columns multiplies it.</summary>
    public int AlongColumns { get; } = term is { } t ? (t.First ? 0 : 1) + (t.Second is false ? 1 : 0) : 0;

    /// <summary>How often the slope along rows multiplies it.</summary>
    public int AlongRows { get; } = term is { } t ? (t.First ? 1 : 0) + (t.Second is true ? 1 : 0) : 0;

    /// <summary>A factor of its own.</summary>
    public float Weight { get; } = weight;
}
