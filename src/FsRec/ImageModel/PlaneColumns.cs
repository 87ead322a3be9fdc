using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Load(int row, int count, float* target)
    {
        PlaneFactor factor = _factor;
        int end = Math.Min(row + count, _rows);
        float* from = _lens + (row * ComplexPlane.BlockFloats);
        float* p = target;
        for (int r = row; r < end; r++, from += ComplexPlane.BlockFloats, p += ComplexPlane.BlockFloats)
        {
            (Vector512<float> fr, Vector512<float> fi) = factor[r];
            Vector512<float> re = Vector512.Load(from);
            Vector512<float> im = Vector512.Load(from + ComplexPlane.Lanes);
            ((re * fr) - (im * fi)).Store(p);
            ((re * fi) + (im * fr)).Store(p + ComplexPlane.Lanes);
        }

        if (row + count > end)
        {
            new Span<float>(p, (row + count - Math.Max(row, end)) * ComplexPlane.BlockFloats).Clear();
        }
    }

    /// <summary>Nothing: the block is in the second cache.</summary>
    public void Fetch(int row, int count, bool nextBlock)
    {
    }
}
