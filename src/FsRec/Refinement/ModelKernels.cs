using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FsRec.Fourier;

namespace FsRec.Refinement;

/// <summary>
/// Loops over planes that the nonlinear model is made of. A register holds the real or the imaginary parts of 16 neighbouring columns;
/// columns of a band are padded to whole blocks by a transfer function of 0.
/// </summary>
internal static unsafe class ModelKernels
{
    private const int Lanes = ComplexPlane.Lanes;

    /// <summary>plane = wave · transfer · factor on the band, 0 elsewhere in the band's blocks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Load(ComplexPlane wave, ComplexPlane transfer, SeparableFactor factor, ComplexPlane plane)
    {
        for (int row = 0; row < wave.Rows; row++)
        {
            float* w = wave.Row(row);
            float* t = TransferRow(transfer, row, wave.Rows);
            float* p = plane.Row(row);
            float* c = factor.Columns;
            (float rowRe, float rowIm) = factor.Row(row);
            var yr = Vector512.Create(rowRe);
            var yi = Vector512.Create(rowIm);
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
                ((wr * gr) - (wi * gi)).Store(p);
                ((wr * gi) + (wi * gr)).Store(p + Lanes);
                w += 2 * Lanes;
                t += 2 * Lanes;
                p += 2 * Lanes;
                c += 2 * Lanes;
            }
        }

        for (int row = wave.Rows; row < plane.Rows; row++)
        {
            new Span<float>(plane.Row(row), wave.Blocks * ComplexPlane.BlockFloats).Clear();
        }
    }

    /// <summary>plane *= s on the band, s one component of the aberrations' slope: that of the tables, and the focus times g.</summary>
    /// <param name="plane">On the band.</param>
    /// <param name="slopes">Real part along columns, imaginary part along rows, in nm, at focus 0.</param>
    /// <param name="alongRows">Which component.</param>
    /// <param name="focus">Defocus in nm.</param>
    /// <param name="frequencies">g along columns of each column; along rows it is taken from the band.</param>
    /// <param name="rowStep">Step of the frequencies along rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplySlope(ComplexPlane plane, ComplexPlane slopes, bool alongRows, float focus, float* frequencies, double rowStep)
    {
        for (int row = 0; row < slopes.Rows; row++)
        {
            float* s = slopes.Row(row) + (alongRows ? Lanes : 0);
            float* p = plane.Row(row);
            float* g = frequencies;
            var gy = Vector512.Create((float)((row - (slopes.Rows / 2)) * rowStep));
            for (int b = 0; b < slopes.Blocks; b++)
            {
                Vector512<float> slope = Vector512.Load(s) + (focus * (alongRows ? gy : Vector512.Load(g)));
                (Vector512.Load(p) * slope).Store(p);
                (Vector512.Load(p + Lanes) * slope).Store(p + Lanes);
                s += 2 * Lanes;
                p += 2 * Lanes;
                g += Lanes;
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

    /// <summary>target = (or +=) weight · conj(factor) · plane on the band.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gather(ComplexPlane plane, SeparableFactor factor, float weight, bool add, ComplexPlane target)
    {
        for (int row = 0; row < target.Rows; row++)
        {
            float* t = target.Row(row);
            float* p = plane.Row(row);
            float* c = factor.Columns;
            (float rowRe, float rowIm) = factor.Row(row);
            var yr = Vector512.Create(rowRe * weight);
            var yi = Vector512.Create(rowIm * weight);
            for (int b = 0; b < target.Blocks; b++)
            {
                Vector512<float> xr = Vector512.Load(c);
                Vector512<float> xi = Vector512.Load(c + Lanes);
                Vector512<float> fr = (xr * yr) - (xi * yi);
                Vector512<float> fi = (xr * yi) + (xi * yr);
                Vector512<float> pr = Vector512.Load(p);
                Vector512<float> pi = Vector512.Load(p + Lanes);
                Vector512<float> re = (fr * pr) + (fi * pi);
                Vector512<float> im = (fr * pi) - (fi * pr);
                (add ? Vector512.Load(t) + re : re).Store(t);
                (add ? Vector512.Load(t + Lanes) + im : im).Store(t + Lanes);
                t += 2 * Lanes;
                p += 2 * Lanes;
                c += 2 * Lanes;
            }
        }
    }

    /// <summary>gradient *= conj(transfer), then the sums of Im(conj(wave) · gradient) against 1, k and k² of each row.</summary>
    /// <param name="gradient">On the band; in: by the wave behind the lens, out: by the wave.</param>
    /// <param name="transfer">The frame's transfer function, rows |ky| or all.</param>
    /// <param name="wave">The wave.</param>
    /// <param name="columnNumbers">kx of each column, padded with 0 to whole blocks.</param>
    /// <param name="sums">Three numbers a row: Σ Im, Σ kx Im, Σ kx² Im.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Finish(ComplexPlane gradient, ComplexPlane transfer, ComplexPlane wave, float* columnNumbers, Span<double> sums)
    {
        for (int row = 0; row < gradient.Rows; row++)
        {
            float* g = gradient.Row(row);
            float* t = TransferRow(transfer, row, wave.Rows);
            float* w = wave.Row(row);
            float* k = columnNumbers;
            Vector512<float> sum0 = Vector512<float>.Zero;
            Vector512<float> sum1 = Vector512<float>.Zero;
            Vector512<float> sum2 = Vector512<float>.Zero;
            for (int b = 0; b < gradient.Blocks; b++)
            {
                Vector512<float> tr = Vector512.Load(t);
                Vector512<float> ti = Vector512.Load(t + Lanes);
                Vector512<float> gr = Vector512.Load(g);
                Vector512<float> gi = Vector512.Load(g + Lanes);
                Vector512<float> re = (tr * gr) + (ti * gi);
                Vector512<float> im = (tr * gi) - (ti * gr);
                re.Store(g);
                im.Store(g + Lanes);
                Vector512<float> product = (Vector512.Load(w) * im) - (Vector512.Load(w + Lanes) * re);
                Vector512<float> kx = Vector512.Load(k);
                sum0 += product;
                product *= kx;
                sum1 += product;
                sum2 += product * kx;
                g += 2 * Lanes;
                t += 2 * Lanes;
                w += 2 * Lanes;
                k += Lanes;
            }

            sums[3 * row] = Vector512.Sum(sum0);
            sums[(3 * row) + 1] = Vector512.Sum(sum1);
            sums[(3 * row) + 2] = Vector512.Sum(sum2);
        }
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
