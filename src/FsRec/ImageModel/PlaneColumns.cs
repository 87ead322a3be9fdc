using FsRec.Fourier;

namespace FsRec.ImageModel;

/// <summary>A block of columns of one plane of the model, lens · factor on the rows of the band and 0 beyond, on the way into its transform.</summary>
/// <param name="lens">The block of the wave behind the lens.</param>
/// <param name="rows">Rows of the band.</param>
/// <param name="factor">The plane's factors.</param>
internal readonly unsafe struct PlaneColumns(float* lens, int rows, PlaneFactor factor) : IRowLoader
{
    private readonly float* _lens = lens;
    private readonly int _rows = rows;
    private readonly PlaneFactor _factor = factor;

    /// <inheritdoc />
    public void Load(int row, int count, float* target)
    {
        int end = Math.Clamp(_rows, row, row + count);
        _factor.Multiply(_lens + (row * ComplexPlane.BlockFloats), row, end, target);
        if (row + count > end)
        {
            new Span<float>(target + ((end - row) * ComplexPlane.BlockFloats), (row + count - end) * ComplexPlane.BlockFloats).Clear();
        }
    }

    /// <summary>Nothing: the block is in the second cache.</summary>
    public void Fetch(int row, int count, bool nextBlock)
    {
    }
}
