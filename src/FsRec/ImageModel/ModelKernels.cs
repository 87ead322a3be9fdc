using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FsRec.Fourier;

namespace FsRec.ImageModel;

/// <summary>
/// Loops over planes that the nonlinear model is made of. A register holds the real or the imaginary parts of 16 neighbouring columns;
/// columns of a band are padded to whole blocks by a transfer function of 0.
/// </summary>
internal static unsafe class ModelKernels
{
    private const int Lanes = ComplexPlane.Lanes;

    /// <summary>plane = wave · transfer · factor on the band for all planes, 0 elsewhere in the band's blocks: wave and transfer go by once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Load(ComplexPlane wave, ComplexPlane transfer, ReadOnlySpan<PlaneFactor> planes, BandSlopes slopes, int planeRows)
    {
        int rows = wave.Rows;
        int blocks = wave.Blocks;
        for (int row = 0; row < rows; row++)
        {
            float* w = wave.Row(row);
            float* t = TransferRow(transfer, row, rows);
            for (nint at = 0; at < blocks * ComplexPlane.BlockFloats; at += ComplexPlane.BlockFloats)
            {
                Vector512<float> tr = Vector512.Load(t + at);
                Vector512<float> ti = Vector512.Load(t + at + Lanes);
                Vector512<float> wr = Vector512.Load(w + at);
                Vector512<float> wi = Vector512.Load(w + at + Lanes);
                Vector512<float> re = (wr * tr) - (wi * ti);
                Vector512<float> im = (wr * ti) + (wi * tr);
                for (int k = 0; k < planes.Length; k++)
                {
                    ref readonly PlaneFactor plane = ref planes[k];
                    (Vector512<float> fr, Vector512<float> fi) = Factor(in plane, slopes, row, at);
                    float* p = plane.Plane + (row * plane.Stride) + at;
                    ((re * fr) - (im * fi)).Store(p);
                    ((re * fi) + (im * fr)).Store(p + Lanes);
                }
            }
        }

        foreach (ref readonly PlaneFactor plane in planes)
        {
            for (int row = rows; row < planeRows; row++)
            {
                new Span<float>(plane.Plane + (row * plane.Stride), blocks * ComplexPlane.BlockFloats).Clear();
            }
        }
    }

    /// <summary>plane *= one component of the slope, on the band.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplySlope(ComplexPlane plane, BandSlopes slopes, bool alongRows)
    {
        for (int row = 0; row < plane.Rows; row++)
        {
            float* p = plane.Row(row);
            for (nint at = 0; at < plane.Blocks * ComplexPlane.BlockFloats; at += ComplexPlane.BlockFloats)
            {
                Vector512<float> slope = slopes.Product(row, at, alongRows ? 0 : 1, alongRows ? 1 : 0);
                (Vector512.Load(p + at) * slope).Store(p + at);
                (Vector512.Load(p + at + Lanes) * slope).Store(p + at + Lanes);
            }
        }
    }

    /// <summary>
    /// One part of target (real along columns, imaginary along rows) = (or +=) weight · Re(conj(plane) · wave · transfer · factor) on the band: the
    /// gradient by the slope that a cross term's image wave was multiplied with.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void GatherSlope(ComplexPlane plane, ComplexPlane wave, ComplexPlane transfer, SeparableFactor factor, float weight, bool alongRows, bool add, ComplexPlane target)
    {
        for (int row = 0; row < wave.Rows; row++)
        {
            float* w = wave.Row(row);
            float* t = TransferRow(transfer, row, wave.Rows);
            float* p = plane.Row(row);
            float* c = factor.Columns;
            float* s = target.Row(row) + (alongRows ? Lanes : 0);
            (float rowRe, float rowIm) = factor.Row(row);
            var yr = Vector512.Create(rowRe * weight);
            var yi = Vector512.Create(rowIm * weight);
            for (int b = 0; b < wave.Blocks; b++)
            {
                Vector512<float> xr = Vector512.Load(c);
                Vector512<float> xi = Vector512.Load(c + Lanes);
                Vector512<float> tr = Vector512.Load(t);
                Vector512<float> ti = Vector512.Load(t + Lanes);
                Vector512<float> fr = (xr * yr) - (xi * yi);
                Vector512<float> fi = (xr * yi) + (xi * yr);
                Vector512<float> gr = (tr * fr) - (ti * fi);
                Vector512<float> gi = (tr * fi) + (ti * fr);
                Vector512<float> wr = Vector512.Load(w);
                Vector512<float> wi = Vector512.Load(w + Lanes);
                Vector512<float> value = (((wr * gr) - (wi * gi)) * Vector512.Load(p)) + (((wr * gi) + (wi * gr)) * Vector512.Load(p + Lanes));
                (add ? Vector512.Load(s) + value : value).Store(s);
                w += 2 * Lanes;
                t += 2 * Lanes;
                p += 2 * Lanes;
                c += 2 * Lanes;
                s += 2 * Lanes;
            }
        }
    }

    /// <summary>Sets some blocks of some rows of a plane to 0.</summary>
    public static void Clear(ComplexPlane plane, int firstRow, int rowCount, int firstBlock, int blockCount)
    {
        for (int row = firstRow; row < firstRow + rowCount; row++)
        {
            new Span<float>(plane.Row(row) + (firstBlock * ComplexPlane.BlockFloats), blockCount * ComplexPlane.BlockFloats).Clear();
        }
    }

    /// <summary>image = (or +=) weight · |plane|² in some rows; the plane's columns are a multiple of 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddIntensity(ComplexPlane plane, int firstRow, int rowCount, float weight, bool add, float* image)
    {
        image += (long)firstRow * plane.Columns;
        for (int row = firstRow; row < firstRow + rowCount; row++)
        {
            float* p = plane.Row(row);
            for (int b = 0; b < plane.Blocks; b++)
            {
                Vector512<float> re = Vector512.Load(p);
                Vector512<float> im = Vector512.Load(p + Lanes);
                Vector512<float> value = weight * ((re * re) + (im * im));
                (add ? Vector512.Load(image) + value : value).Store(image);
                p += 2 * Lanes;
                image += Lanes;
            }
        }
    }

    /// <summary>plane *= image, a real one, in some rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyReal(ComplexPlane plane, int firstRow, int rowCount, float* image)
    {
        image += (long)firstRow * plane.Columns;
        for (int row = firstRow; row < firstRow + rowCount; row++)
        {
            float* p = plane.Row(row);
            for (int b = 0; b < plane.Blocks; b++)
            {
                Vector512<float> q = Vector512.Load(image);
                (Vector512.Load(p) * q).Store(p);
                (Vector512.Load(p + Lanes) * q).Store(p + Lanes);
                p += 2 * Lanes;
                image += Lanes;
            }
        }
    }

    /// <summary>
    /// gradient = conj(transfer) · Σ weight · conj(factor) · plane over the planes, on the band, and the sums of Im(conj(wave) · gradient)
    /// against 1, k and k² of each row.
    /// </summary>
    /// <param name="planes">The planes.</param>
    /// <param name="slopes">The slopes of the planes of cross terms.</param>
    /// <param name="transfer">The frame's transfer function, rows |ky| or all.</param>
    /// <param name="wave">The wave.</param>
    /// <param name="columnNumbers">kx of each column, padded with 0 to whole blocks.</param>
    /// <param name="gradient">On the band.</param>
    /// <param name="sums">Three numbers a row: Σ Im, Σ kx Im, Σ kx² Im.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(
        ReadOnlySpan<PlaneFactor> planes, BandSlopes slopes, ComplexPlane transfer, ComplexPlane wave, float* columnNumbers, ComplexPlane gradient, Span<double> sums)
    {
        int rows = gradient.Rows;
        int blocks = gradient.Blocks;
        for (int row = 0; row < rows; row++)
        {
            float* g = gradient.Row(row);
            float* t = TransferRow(transfer, row, rows);
            float* w = wave.Row(row);
            Vector512<float> sum0 = Vector512<float>.Zero;
            Vector512<float> sum1 = Vector512<float>.Zero;
            Vector512<float> sum2 = Vector512<float>.Zero;
            for (nint at = 0; at < blocks * ComplexPlane.BlockFloats; at += ComplexPlane.BlockFloats)
            {
                Vector512<float> gr = Vector512<float>.Zero;
                Vector512<float> gi = Vector512<float>.Zero;
                for (int k = 0; k < planes.Length; k++)
                {
                    ref readonly PlaneFactor plane = ref planes[k];
                    (Vector512<float> fr, Vector512<float> fi) = Factor(in plane, slopes, row, at);
                    float* p = plane.Plane + (row * plane.Stride) + at;
                    Vector512<float> pr = Vector512.Load(p);
                    Vector512<float> pi = Vector512.Load(p + Lanes);
                    gr += (fr * pr) + (fi * pi);
                    gi += (fr * pi) - (fi * pr);
                }

                Vector512<float> tr = Vector512.Load(t + at);
                Vector512<float> ti = Vector512.Load(t + at + Lanes);
                Vector512<float> re = (tr * gr) + (ti * gi);
                Vector512<float> im = (tr * gi) - (ti * gr);
                re.Store(g + at);
                im.Store(g + at + Lanes);
                Vector512<float> product = (Vector512.Load(w + at) * im) - (Vector512.Load(w + at + Lanes) * re);
                Vector512<float> kx = Vector512.Load(columnNumbers + (at / 2));
                sum0 += product;
                product *= kx;
                sum1 += product;
                sum2 += product * kx;
            }

            sums[3 * row] = Vector512.Sum(sum0);
            sums[(3 * row) + 1] = Vector512.Sum(sum1);
            sums[(3 * row) + 2] = Vector512.Sum(sum2);
        }
    }

    /// <summary>weight · factor of a plane, times the slopes it goes with, in a row of the band and a block of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> Re, Vector512<float> Im) Factor(in PlaneFactor plane, BandSlopes slopes, int row, nint at)
    {
        var yr = Vector512.Create(plane.Weight * plane.Rows[2 * row]);
        var yi = Vector512.Create(plane.Weight * plane.Rows[(2 * row) + 1]);
        Vector512<float> xr = Vector512.Load(plane.Columns + at);
        Vector512<float> xi = Vector512.Load(plane.Columns + at + Lanes);
        Vector512<float> re = (xr * yr) - (xi * yi);
        Vector512<float> im = (xr * yi) + (xi * yr);
        if (plane.AlongColumns + plane.AlongRows > 0)
        {
            Vector512<float> slope = slopes.Product(row, at, plane.AlongColumns, plane.AlongRows);
            re *= slope;
            im *= slope;
        }

        return (re, im);
    }

    /// <summary>The row of a transfer function for a row of the band: tables of a round lens hold rows |ky|, others all.</summary>
    private static float* TransferRow(ComplexPlane transfer, int row, int rows) => transfer.Row(transfer.Rows == rows ? row : Math.Abs(row - (rows / 2)));

    /// <summary>Adds a row of a plane of the same shape, times a factor.</summary>
    public static void AddRow(ComplexPlane source, int row, float factor, ComplexPlane target)
    {
        float* s = source.Row(row);
        float* t = target.Row(row);
        for (int i = 0; i < source.Blocks * ComplexPlane.BlockFloats; i += Lanes)
        {
            (Vector512.Load(t + i) + (factor * Vector512.Load(s + i))).Store(t + i);
        }
    }

    /// <summary>Copies a row of a plane that has as many columns or more.</summary>
    public static void CopyRow(ComplexPlane source, int row, ComplexPlane target)
    {
        int floats = target.Blocks * ComplexPlane.BlockFloats;
        new Span<float>(source.Row(row), floats).CopyTo(new Span<float>(target.Row(row), floats));
    }

    /// <summary>Adds a row of a plane of the same shape.</summary>
    public static void AddRow(ComplexPlane source, int row, ComplexPlane target)
    {
        float* s = source.Row(row);
        float* t = target.Row(row);
        for (int i = 0; i < source.Blocks * ComplexPlane.BlockFloats; i += Lanes)
        {
            (Vector512.Load(t + i) + Vector512.Load(s + i)).Store(t + i);
        }
    }
}
