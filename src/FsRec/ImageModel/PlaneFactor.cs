using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FsRec.Fourier;

namespace FsRec.ImageModel;

/// <summary>What a block of columns of the wave behind the lens is multiplied by to be that of one plane of the model.</summary>
/// <param name="factor">Displacement and focus.</param>
/// <param name="slopes">The slopes of the frame.</param>
/// <param name="term">The cross term whose slopes multiply it; <see langword="null"/> for none.</param>
/// <param name="weight">A factor of its own.</param>
/// <param name="block">The block of columns.</param>
internal readonly unsafe struct PlaneFactor(SeparableFactor factor, BandSlopes slopes, CrossTerm? term, float weight, int block)
{
    private readonly float* _columns = factor.Columns + (block * ComplexPlane.BlockFloats);
    private readonly float* _rows = factor.Rows;
    private readonly BandSlopes _slopes = slopes;
    private readonly int _alongColumns = term is { } t ? (t.First ? 0 : 1) + (t.Second is false ? 1 : 0) : 0;
    private readonly int _alongRows = term is { } t ? (t.First ? 1 : 0) + (t.Second is true ? 1 : 0) : 0;
    private readonly float _weight = weight;
    private readonly int _block = block;

    /// <summary>The factors of a row of the band.</summary>
    public (Vector512<float> Re, Vector512<float> Im) this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var yr = Vector512.Create(_weight * _rows[2 * row]);
            var yi = Vector512.Create(_weight * _rows[(2 * row) + 1]);
            Vector512<float> xr = Vector512.Load(_columns);
            Vector512<float> xi = Vector512.Load(_columns + ComplexPlane.Lanes);
            Vector512<float> re = (xr * yr) - (xi * yi);
            Vector512<float> im = (xr * yi) + (xi * yr);
            if (_alongColumns + _alongRows > 0)
            {
                Vector512<float> slope = _slopes.Product(row, _block, _alongColumns, _alongRows);
                re *= slope;
                im *= slope;
            }

            return (re, im);
        }
    }
}
