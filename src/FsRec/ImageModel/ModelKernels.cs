using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FsRec.Fourier;
using FsRec.Fourier.Kernels;

namespace FsRec.ImageModel;

/// <summary>
/// Loops over blocks of columns and over rows that the nonlinear model is made of. A register holds the real or the imaginary parts of 16
/// neighbouring columns; columns of a band are padded to whole blocks by a transfer function of 0.
/// </summary>
internal static unsafe class ModelKernels
{
    private const int Lanes = ComplexPlane.Lanes;
    private const int BlockFloats = ComplexPlane.BlockFloats;

    // Rows that are added up as floats.
    private const int RowsSummed = 32;

    /// <summary>lens = wave · transfer · factor on a block of columns of the band.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(BlockedPlane wave, BlockedPlane transfer, SeparableFactor factor, int block, float* lens)
    {
        int rows = wave.Rows;
        float* w = wave.Block(block);
        float* t = transfer.Block(block);
        float* y = factor.Rows;
        Vector512<float> xr = Vector512.Load(factor.Columns + (block * BlockFloats));
        Vector512<float> xi = Vector512.Load(factor.Columns + (block * BlockFloats) + Lanes);
        for (int row = 0; row < rows; row++, w += BlockFloats, lens += BlockFloats, y += 2)
        {
            (Vector512<float> tr, Vector512<float> ti) = Lens(t + TransferRow(transfer.Rows, row, rows), xr, xi, y);
            Vector512<float> wr = Vector512.Load(w);
            Vector512<float> wi = Vector512.Load(w + Lanes);
            Fused.MultiplyAdd(-wi, ti, wr * tr).Store(lens);
            Fused.MultiplyAdd(wi, tr, wr * ti).Store(lens + Lanes);
        }
    }

    /// <summary>
    /// gradient = conj(transfer · factor) · sum on a block of columns of the band, and the sums of Im(conj(wave) · gradient) against 1, ky and ky² of
    /// each column.
    /// </summary>
    /// <param name="sum">What <see cref="PlaneFactor.Gather"/> left of all planes.</param>
    /// <param name="transfer">The frame's transfer function, rows |ky| or all.</param>
    /// <param name="factor">Its displacement and step of focus.</param>
    /// <param name="wave">The wave.</param>
    /// <param name="block">The block.</param>
    /// <param name="gradient">On the band.</param>
    /// <param name="columnSums">Σ Im of each column, then Σ ky Im, then Σ ky² Im, padded to whole blocks.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Finish(float* sum, BlockedPlane transfer, SeparableFactor factor, BlockedPlane wave, int block, BlockedPlane gradient, Span<double> columnSums)
    {
        int rows = wave.Rows;
        float* g = gradient.Block(block);
        float* w = wave.Block(block);
        float* t = transfer.Block(block);
        float* y = factor.Rows;
        Vector512<float> xr = Vector512.Load(factor.Columns + (block * BlockFloats));
        Vector512<float> xi = Vector512.Load(factor.Columns + (block * BlockFloats) + Lanes);
        Span<double> sums0 = columnSums.Slice(block * Lanes, Lanes);
        Span<double> sums1 = columnSums.Slice((wave.Blocks + block) * Lanes, Lanes);
        Span<double> sums2 = columnSums.Slice(((2 * wave.Blocks) + block) * Lanes, Lanes);
        sums0.Clear();
        sums1.Clear();
        sums2.Clear();
        for (int first = 0; first < rows; first += RowsSummed)
        {
            Vector512<float> sum0 = Vector512<float>.Zero;
            Vector512<float> sum1 = Vector512<float>.Zero;
            Vector512<float> sum2 = Vector512<float>.Zero;
            int end = Math.Min(first + RowsSummed, rows);
            for (int row = first; row < end; row++, sum += BlockFloats, g += BlockFloats, w += BlockFloats, y += 2)
            {
                (Vector512<float> tr, Vector512<float> ti) = Lens(t + TransferRow(transfer.Rows, row, rows), xr, xi, y);
                Vector512<float> gr = Vector512.Load(sum);
                Vector512<float> gi = Vector512.Load(sum + Lanes);
                Vector512<float> re = Fused.MultiplyAdd(ti, gi, tr * gr);
                Vector512<float> im = Fused.MultiplyAdd(-ti, gr, tr * gi);
                re.Store(g);
                im.Store(g + Lanes);
                Vector512<float> product = Fused.MultiplyAdd(-Vector512.Load(w + Lanes), re, Vector512.Load(w) * im);
                var ky = Vector512.Create((float)(row - (rows / 2)));
                sum0 += product;
                product *= ky;
                sum1 += product;
                sum2 += product * ky;
            }

            Add(sum0, sums0);
            Add(sum1, sums1);
            Add(sum2, sums2);
        }
    }

    /// <summary>
    /// One part of target (real along columns, imaginary along rows) = (or +=) Re(conj(columns) · wave · transfer · factor) · other on a block of
    /// columns of the band, the columns' parts exchanged: the gradient by the slope that a cross term's image wave was multiplied with, its other slope in the last factor.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GatherSlope(
        float* columns, BlockedPlane wave, BlockedPlane transfer, SeparableFactor factor, PlaneFactor other, int block, bool alongRows, bool add, BlockedPlane target)
    {
        int rows = wave.Rows;
        float* w = wave.Block(block);
        float* t = transfer.Block(block);
        float* s = target.Block(block) + (alongRows ? Lanes : 0);
        float* y = factor.Rows;
        Vector512<float> xr = Vector512.Load(factor.Columns + (block * BlockFloats));
        Vector512<float> xi = Vector512.Load(factor.Columns + (block * BlockFloats) + Lanes);
        for (int row = 0; row < rows; row++, columns += BlockFloats, w += BlockFloats, s += BlockFloats, y += 2)
        {
            (Vector512<float> gr, Vector512<float> gi) = Lens(t + TransferRow(transfer.Rows, row, rows), xr, xi, y);
            Vector512<float> wr = Vector512.Load(w);
            Vector512<float> wi = Vector512.Load(w + Lanes);
            Vector512<float> value = (((wr * gr) - (wi * gi)) * Vector512.Load(columns + Lanes)) + (((wr * gi) + (wi * gr)) * Vector512.Load(columns));
            value *= other.Real(row);
            (add ? Vector512.Load(s) + value : value).Store(s);
        }
    }

    /// <summary>image = (or +=) weight · |plane|² in a row; the plane's columns are a multiple of 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddIntensity(BlockedPlane plane, int row, float weight, bool add, float* image)
    {
        float* p = plane.Data + ((nint)row * BlockFloats);
        float* end = image + plane.Columns;
        for (; image < end; image += Lanes, p += plane.BlockStride)
        {
            Vector512<float> re = Vector512.Load(p);
            Vector512<float> im = Vector512.Load(p + Lanes);
            Vector512<float> value = weight * ((re * re) + (im * im));
            (add ? Vector512.Load(image) + value : value).Store(image);
        }
    }

    /// <summary>target = Σ factor · plane on a block of columns, the planes in their order; factors of 1 where none are given.</summary>
    public static void Sum(ReadOnlySpan<BlockedPlane> planes, ReadOnlySpan<float> factors, int block, BlockedPlane target)
    {
        float* t = target.Block(block);
        new Span<float>(t, target.BlockStride).Clear();
        for (int n = 0; n < planes.Length; n++)
        {
            float* s = planes[n].Block(block);
            var factor = Vector512.Create(factors.IsEmpty ? 1 : factors[n]);
            for (int i = 0; i < target.BlockStride; i += Lanes)
            {
                (Vector512.Load(t + i) + (factor * Vector512.Load(s + i))).Store(t + i);
            }
        }
    }

    /// <summary>Copies a block of columns to a plane of rows.</summary>
    public static void CopyBlock(BlockedPlane source, int block, ComplexPlane target)
    {
        float* s = source.Block(block);
        for (int row = 0; row < target.Rows; row++, s += BlockFloats)
        {
            float* t = target.Row(row) + (block * BlockFloats);
            Vector512.Load(s).Store(t);
            Vector512.Load(s + Lanes).Store(t + Lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector512<float> sum, Span<double> sums)
    {
        (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(sum);
        (Vector512.Create<double>(sums) + lower).CopyTo(sums);
        (Vector512.Create<double>(sums[(Lanes / 2)..]) + upper).CopyTo(sums[(Lanes / 2)..]);
    }

    /// <summary>A row of a block of a transfer function times displacement and focus: x of its columns, y of its row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> Re, Vector512<float> Im) Lens(float* transfer, Vector512<float> xr, Vector512<float> xi, float* y)
    {
        var yr = Vector512.Create(y[0]);
        var yi = Vector512.Create(y[1]);
        Vector512<float> fr = Fused.MultiplyAdd(-xi, yi, xr * yr);
        Vector512<float> fi = Fused.MultiplyAdd(xi, yr, xr * yi);
        Vector512<float> tr = Vector512.Load(transfer);
        Vector512<float> ti = Vector512.Load(transfer + Lanes);
        return (Fused.MultiplyAdd(-ti, fi, tr * fr), Fused.MultiplyAdd(ti, fr, tr * fi));
    }

    /// <summary>Floats to the row of a transfer function for a row of the band: tables of a round lens hold rows |ky|, others all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int TransferRow(int transferRows, int row, int rows) => (transferRows == rows ? row : Math.Abs(row - (rows / 2))) * BlockFloats;
}
