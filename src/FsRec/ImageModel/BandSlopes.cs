using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FsRec.Fourier;

namespace FsRec.ImageModel;

/// <summary>The aberrations' slope over the band for one frame: that of the tables at focus 0, and the focus times g.</summary>
/// <param name="table">Real part along columns, imaginary part along rows, in nm.</param>
/// <param name="focus">Defocus in nm.</param>
/// <param name="frequencies">g along columns of each column.</param>
/// <param name="rowStep">Step of the frequencies along rows.</param>
internal readonly unsafe struct BandSlopes(BlockedPlane table, float focus, float* frequencies, double rowStep)
{
    private readonly float* _table = table.Data;
    private readonly nint _stride = table.BlockStride;
    private readonly int _middle = table.Rows / 2;
    private readonly float _focus = focus;
    private readonly float* _frequencies = frequencies;
    private readonly double _rowStep = rowStep;

    /// <summary>A product of the slopes of a row and a block of columns.</summary>
    /// <param name="row">The row.</param>
    /// <param name="block">The block.</param>
    /// <param name="alongColumns">How often the slope along columns is in it.</param>
    /// <param name="alongRows">How often the slope along rows is in it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Product(int row, int block, int alongColumns, int alongRows)
    {
        float* table = _table + (block * _stride) + (row * ComplexPlane.BlockFloats);
        Vector512<float> product = Vector512<float>.One;
        if (alongColumns > 0)
        {
            Vector512<float> slope = Vector512.Load(table) + (_focus * Vector512.Load(_frequencies + (block * ComplexPlane.Lanes)));
            product = alongColumns > 1 ? slope * slope : slope;
        }

        if (alongRows > 0)
        {
            Vector512<float> slope = Vector512.Load(table + ComplexPlane.Lanes) + Vector512.Create(_focus * (float)((row - _middle) * _rowStep));
            product *= alongRows > 1 ? slope * slope : slope;
        }

        return product;
    }
}
