using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FsRec.Fourier;
using FsRec.Fourier.Kernels;

namespace FsRec.ImageModel;

/// <summary>
/// What a block of columns of the wave behind the lens is multiplied by to be that of one plane of the model: nothing for the middle of the focus spread, its
/// focus for another node, slopes for a cross term.
/// </summary>
/// <param name="focus">The focus of a node; <see langword="null"/> for the middle.</param>
/// <param name="slopes">The slopes of the frame on the block of columns.</param>
/// <param name="term">The cross term whose slopes multiply it; <see langword="null"/> for none.</param>
/// <param name="weight">A factor of its own on the way back.</param>
/// <param name="block">The block of columns.</param>
internal readonly unsafe struct PlaneFactor(SeparableFactor? focus, float* slopes, CrossTerm? term, float weight, int block)
{
    private const int Lanes = ComplexPlane.Lanes;
    private const int BlockFloats = ComplexPlane.BlockFloats;

    private readonly float* _columns = focus is null ? null : focus.Columns + (block * BlockFloats);
    private readonly float* _rows = focus is null ? null : focus.Rows;
    private readonly float* _slopes = slopes;
    private readonly int _alongColumns = term is { } t ? (t.First ? 0 : 1) + (t.Second is false ? 1 : 0) : 0;
    private readonly int _alongRows = term is { } t ? (t.First ? 1 : 0) + (t.Second is true ? 1 : 0) : 0;
    private readonly float _weight = weight;

    /// <summary>The real factor of a row of the band where there is no focus.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Real(int row)
    {
        var product = Vector512.Create(_weight);
        float* slopes = _slopes + (row * BlockFloats);
        for (int i = 0; i < _alongColumns; i++)
        {
            product *= Vector512.Load(slopes);
        }

        for (int i = 0; i < _alongRows; i++)
        {
            product *= Vector512.Load(slopes + Lanes);
        }

        return product;
    }

    /// <summary>target = factor · lens on some rows of the band.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Multiply(float* lens, int row, int end, float* target)
    {
        if (_columns is null)
        {
            for (; row < end; row++, lens += BlockFloats, target += BlockFloats)
            {
                Vector512<float> factor = Real(row);
                (Vector512.Load(lens) * factor).Store(target);
                (Vector512.Load(lens + Lanes) * factor).Store(target + Lanes);
            }

            return;
        }

        Vector512<float> xr = Vector512.Load(_columns);
        Vector512<float> xi = Vector512.Load(_columns + Lanes);
        float* rows = _rows;
        for (; row < end; row++, lens += BlockFloats, target += BlockFloats)
        {
            var yr = Vector512.Create(rows[2 * row]);
            var yi = Vector512.Create(rows[(2 * row) + 1]);
            Vector512<float> fr = Fused.MultiplyAdd(-xi, yi, xr * yr);
            Vector512<float> fi = Fused.MultiplyAdd(xi, yr, xr * yi);
            Vector512<float> re = Vector512.Load(lens);
            Vector512<float> im = Vector512.Load(lens + Lanes);
            Fused.MultiplyAdd(-im, fi, re * fr).Store(target);
            Fused.MultiplyAdd(im, fr, re * fi).Store(target + Lanes);
        }
    }

    /// <summary>sum = (or +=) weight · conj(factor) · columns on all rows of the band; the columns have real and imaginary parts exchanged.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gather(float* columns, int rows, bool add, float* sum)
    {
        if (_columns is null)
        {
            for (int row = 0; row < rows; row++, columns += BlockFloats, sum += BlockFloats)
            {
                Vector512<float> factor = Real(row);
                Vector512<float> re = Vector512.Load(columns + Lanes);
                Vector512<float> im = Vector512.Load(columns);
                (add ? Fused.MultiplyAdd(factor, re, Vector512.Load(sum)) : factor * re).Store(sum);
                (add ? Fused.MultiplyAdd(factor, im, Vector512.Load(sum + Lanes)) : factor * im).Store(sum + Lanes);
            }

            return;
        }

        var weight = Vector512.Create(_weight);
        Vector512<float> xr = weight * Vector512.Load(_columns);
        Vector512<float> xi = weight * Vector512.Load(_columns + Lanes);
        float* factors = _rows;
        for (int row = 0; row < rows; row++, columns += BlockFloats, sum += BlockFloats)
        {
            var yr = Vector512.Create(factors[2 * row]);
            var yi = Vector512.Create(factors[(2 * row) + 1]);
            Vector512<float> fr = Fused.MultiplyAdd(-xi, yi, xr * yr);
            Vector512<float> fi = Fused.MultiplyAdd(xi, yr, xr * yi);
            Vector512<float> pr = Vector512.Load(columns + Lanes);
            Vector512<float> pi = Vector512.Load(columns);
            Vector512<float> re = add ? Fused.MultiplyAdd(fr, pr, Vector512.Load(sum)) : fr * pr;
            Vector512<float> im = add ? Fused.MultiplyAdd(fr, pi, Vector512.Load(sum + Lanes)) : fr * pi;
            Fused.MultiplyAdd(fi, pi, re).Store(sum);
            Fused.MultiplyAdd(-fi, pr, im).Store(sum + Lanes);
        }
    }
}
