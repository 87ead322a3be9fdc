using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FsRec.Fourier;
using FsRec.Fourier.Kernels;

namespace FsRec.Alignment;

/// <summary>
/// Moves an image by a part of a pixel, along columns or rows: y[i] = Σ w[k]·x[i + k], with w[k] = sinc(k − f)·exp(−(k − f)²/2s²) for the 24
/// nearest neighbours, k from −11 to 12. What lies below 0.3 of the sampling frequency is moved to 10⁻⁴ of it, all of it by the
/// same distance; a sine at half the sampling frequency, which has no place of its own, loses half of its height. Lanes are 16
/// neighbouring columns in both directions. The caller sees to it that the neighbours are there.
/// </summary>
internal sealed unsafe class ShiftKernel : IDisposable
{
    /// <summary>Neighbours that a pixel is made of.</summary>
    public const int Taps = 24;

    /// <summary>How many of them lie before the pixel.</summary>
    public const int Before = (Taps / 2) - 1;

    private const int Lanes = ComplexPlane.Lanes;
    private const int RowsTogether = 4;
    private const double Width = Taps / 7.0;

    // Zeros on both sides: rows that are summed together read past the ends.
    private readonly AlignedBuffer _weights = new(Taps + (2 * RowsTogether));

    private float* Weights => _weights.Pointer + RowsTogether;

    /// <summary>Sets the part of a pixel, from 0 to 1, by which y is further on than x.</summary>
    public void Set(double part)
    {
        Span<double> weights = stackalloc double[Taps];
        double sum = 0;
        for (int i = 0; i < Taps; i++)
        {
            double x = i - Before - part;
            double sinc = Math.Abs(x) < 1e-12 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
            weights[i] = sinc * Math.Exp(-x * x / (2 * Width * Width));
            sum += weights[i];
        }

        for (int i = 0; i < Taps; i++)
        {
            Weights[i] = (float)(weights[i] / sum);
        }
    }

    /// <summary>Moves along columns.</summary>
    /// <param name="source">The pixel before the first one's first neighbour is −<see cref="Before"/> rows from here.</param>
    /// <param name="columns">Columns, and floats from one row to the next, of source and target; a multiple of 32.</param>
    /// <param name="target">Where the sums go.</param>
    /// <param name="rows">Rows of sums; as many as the next multiple of 4 are written, and read.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AlongColumns(float* source, int columns, float* target, int rows)
    {
        nint stride = columns;
        for (int c = 0; c < columns; c += 2 * Lanes)
        {
            for (int r = 0; r < rows; r += RowsTogether)
            {
                FourRows(source + ((r - Before) * stride) + c, stride, target + (r * stride) + c);
            }
        }

        GC.KeepAlive(this);
    }

    /// <summary>Moves along rows.</summary>
    /// <param name="source">The first pixel of the first row.</param>
    /// <param name="stride">Floats from one row of the source to the next.</param>
    /// <param name="target">Where the sums go, row-major.</param>
    /// <param name="rows">Rows of sums.</param>
    /// <param name="columns">Columns of sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AlongRows(float* source, int stride, float* target, int rows, int columns)
    {
        for (int r = 0; r < rows; r++)
        {
            float* x = source + ((nint)r * stride) - Before;
            float* y = target + ((nint)r * columns);
            int c = 0;
            for (; c + (4 * Lanes) <= columns; c += 4 * Lanes)
            {
                FourBlocks(x + c, y + c);
            }

            for (; c < columns; c += Lanes)
            {
                var sum = Vector512<float>.Zero;
                for (int k = 0; k < Taps; k++)
                {
                    sum = Fused.MultiplyAdd(Vector512.Create(Weights[k]), Vector512.Load(x + c + k), sum);
                }

                Put(sum, y + c, Math.Min(Lanes, columns - c));
            }
        }

        GC.KeepAlive(this);
    }

    /// <summary>Four rows of 32 columns: each row of the source is read once and goes into all four sums, w[i − r] its weight in the sum of row r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FourRows(float* x, nint stride, float* y)
    {
        float* weights = Weights;
        var a0 = Vector512<float>.Zero;
        var a1 = Vector512<float>.Zero;
        var a2 = Vector512<float>.Zero;
        var a3 = Vector512<float>.Zero;
        var b0 = Vector512<float>.Zero;
        var b1 = Vector512<float>.Zero;
        var b2 = Vector512<float>.Zero;
        var b3 = Vector512<float>.Zero;
        for (int i = 0; i < Taps + RowsTogether - 1; i++, x += stride)
        {
            Vector512<float> a = Vector512.Load(x);
            Vector512<float> b = Vector512.Load(x + Lanes);
            Vector512<float> w = Vector512.Create(weights[i]);
            a0 = Fused.MultiplyAdd(w, a, a0);
            b0 = Fused.MultiplyAdd(w, b, b0);
            w = Vector512.Create(weights[i - 1]);
            a1 = Fused.MultiplyAdd(w, a, a1);
            b1 = Fused.MultiplyAdd(w, b, b1);
            w = Vector512.Create(weights[i - 2]);
            a2 = Fused.MultiplyAdd(w, a, a2);
            b2 = Fused.MultiplyAdd(w, b, b2);
            w = Vector512.Create(weights[i - 3]);
            a3 = Fused.MultiplyAdd(w, a, a3);
            b3 = Fused.MultiplyAdd(w, b, b3);
        }

        a0.Store(y);
        b0.Store(y + Lanes);
        a1.Store(y + stride);
        b1.Store(y + stride + Lanes);
        a2.Store(y + (2 * stride));
        b2.Store(y + (2 * stride) + Lanes);
        a3.Store(y + (3 * stride));
        b3.Store(y + (3 * stride) + Lanes);
    }

    /// <summary>Four registers of sums along a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FourBlocks(float* x, float* y)
    {
        float* weights = Weights;
        var s0 = Vector512<float>.Zero;
        var s1 = Vector512<float>.Zero;
        var s2 = Vector512<float>.Zero;
        var s3 = Vector512<float>.Zero;
        for (int k = 0; k < Taps; k++)
        {
            Vector512<float> w = Vector512.Create(weights[k]);
            s0 = Fused.MultiplyAdd(w, Vector512.Load(x + k), s0);
            s1 = Fused.MultiplyAdd(w, Vector512.Load(x + k + Lanes), s1);
            s2 = Fused.MultiplyAdd(w, Vector512.Load(x + k + (2 * Lanes)), s2);
            s3 = Fused.MultiplyAdd(w, Vector512.Load(x + k + (3 * Lanes)), s3);
        }

        s0.Store(y);
        s1.Store(y + Lanes);
        s2.Store(y + (2 * Lanes));
        s3.Store(y + (3 * Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector512<float> sum, float* y, int count)
    {
        for (int lane = 0; lane < count; lane++)
        {
            y[lane] = sum[lane];
        }
    }

    /// <inheritdoc />
    public void Dispose() => _weights.Dispose();
}
