using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FsRec.Fourier;

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

    /// <summary>lens = wave · transfer on a block of columns of the band.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(BlockedPlane wave, BlockedPlane transfer, int block, float* lens)
    {
        int rows = wave.Rows;
        float* w = wave.Block(block);
        float* t = transfer.Block(block);
        for (int row = 0; row < rows; row++, w += BlockFloats, lens += BlockFloats)
        {
            float* h = t + TransferRow(transfer.Rows, row, rows);
            Vector512<float> tr = Vector512.Load(h);
            Vector512<float> ti = Vector512.Load(h + Lanes);
            Vector512<float> wr = Vector512.Load(w);
            Vector512<float> wi = Vector512.Load(w + Lanes);
            ((wr * tr) - (wi * ti)).Store(lens);
            ((wr * ti) + (wi * tr)).Store(lens + Lanes);
        }
    }

    /// <summary>sum = (or +=) conj(factor) · columns on a block of columns of the band.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(float* columns, PlaneFactor factor, int rows, bool add, float* sum)
    {
        for (int row = 0; row < rows; row++, columns += BlockFloats, sum += BlockFloats)
        {
            (Vector512<float> fr, Vector512<float> fi) = factor[row];
            Vector512<float> pr = Vector512.Load(columns);
            Vector512<float> pi = Vector512.Load(columns + Lanes);
            Vector512<float> re = (fr * pr) + (fi * pi);
            Vector512<float> im = (fr * pi) - (fi * pr);
            (add ? Vector512.Load(sum) + re : re).Store(sum);
            (add ? Vector512.Load(sum + Lanes) + im : im).Store(sum + Lanes);
        }
    }

    /// <summary>
    /// gradient = conj(transfer) · sum on a block of columns of the band, and the sums of Im(conj(wave) · gradient) against 1, ky and ky² of
    /// each column.
    /// </summary>
    /// <param name="sum">What <see cref="Gather"/> left of all planes.</param>
    /// <param name="transfer">The frame's transfer function, rows |ky| or all.</param>
    /// <param name="wave">The wave.</param>
    /// <param name="block">The block.</param>
    /// <param name="gradient">On the band.</param>
    /// <param name="columnSums">Σ Im of each column, then Σ ky Im, then Σ ky² Im, padded to whole blocks.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Finish(float* sum, BlockedPlane transfer, BlockedPlane wave, int block, BlockedPlane gradient, Span<double> columnSums)
    {
        int rows = wave.Rows;
        float* g = gradient.Block(block);
        float* w = wave.Block(block);
        float* t = transfer.Block(block);
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
            for (int row = first; row < end; row++, sum += BlockFloats, g += BlockFloats, w += BlockFloats)
            {
                float* h = t + TransferRow(transfer.Rows, row, rows);
                Vector512<float> gr = Vector512.Load(sum);
                Vector512<float> gi = Vector512.Load(sum + Lanes);
                Vector512<float> tr = Vector512.Load(h);
                Vector512<float> ti = Vector512.Load(h + Lanes);
                Vector512<float> re = (tr * gr) + (ti * gi);
                Vector512<float> im = (tr * gi) - (ti * gr);
                re.Store(g);
                im.Store(g + Lanes);
                Vector512<float> product = (Vector512.Load(w) * im) - (Vector512.Load(w + Lanes) * re);
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
    /// One part of target (real along columns, imaginary along rows) = (or +=) Re(conj(columns) · wave · transfer · factor) on a block of
    /// columns of the band: the gradient by the slope that a cross term's image wave was multiplied with, its other slope in the factor.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GatherSlope(float* columns, BlockedPlane wave, BlockedPlane transfer, PlaneFactor factor, int block, bool alongRows, bool add, BlockedPlane target)
    {
        int rows = wave.Rows;
        float* w = wave.Block(block);
        float* t = transfer.Block(block);
        float* s = target.Block(block) + (alongRows ? Lanes : 0);
        for (int row = 0; row < rows; row++, columns += BlockFloats, w += BlockFloats, s += BlockFloats)
        {
            (Vector512<float> fr, Vector512<float> fi) = factor[row];
            float* h = t + TransferRow(transfer.Rows, row, rows);
            Vector512<float> tr = Vector512.Load(h);
            Vector512<float> ti = Vector512.Load(h + Lanes);
            Vector512<float> gr = (tr * fr) - (ti * fi);
            Vector512<float> gi = (tr * fi) + (ti * fr);
            Vector512<float> wr = Vector512.Load(w);
            Vector512<float> wi = Vector512.Load(w + Lanes);
            Vector512<float> value = (((wr * gr) - (wi * gi)) * Vector512.Load(columns)) + (((wr * gi) + (wi * gr)) * Vector512.Load(columns + Lanes));
            (add ? Vector512.Load(s) + value : value).Store(s);
        }
    }

    /// <summary>Sets some rows of some blocks of a plane to 0.</summary>
    public static void Clear(BlockedPlane plane, int firstRow, int rowCount, int firstBlock, int blockCount)
    {
        for (int block = firstBlock; block < firstBlock + blockCount; block++)
        {
            new Span<float>(plane.Block(block) + (firstRow * BlockFloats), rowCount * BlockFloats).Clear();
        }
    }

    /// <summary>image = (or +=) weight · |plane|² in some rows; the plane's columns are a multiple of 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddIntensity(BlockedPlane plane, int firstRow, int rowCount, float weight, bool add, float* image)
    {
        image += (nint)firstRow * plane.Columns;
        for (int block = 0; block < plane.Blocks; block++, image += Lanes)
        {
            float* p = plane.Block(block) + (firstRow * BlockFloats);
            float* q = image;
            for (int row = 0; row < rowCount; row++, p += BlockFloats, q += plane.Columns)
            {
                Vector512<float> re = Vector512.Load(p);
                Vector512<float> im = Vector512.Load(p + Lanes);
                Vector512<float> value = weight * ((re * re) + (im * im));
                (add ? Vector512.Load(q) + value : value).Store(q);
            }
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
        for (int lane = 0; lane < Lanes; lane++)
        {
            sums[lane] += sum[lane];
        }
    }

    /// <summary>Floats to the row of a transfer function for a row of the band: tables of a round lens hold rows |ky|, others all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int TransferRow(int transferRows, int row, int rows) => (transferRows == rows ? row : Math.Abs(row - (rows / 2))) * BlockFloats;
}
