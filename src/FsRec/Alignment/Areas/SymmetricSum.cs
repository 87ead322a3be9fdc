using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FsRec.Fourier;
using FsRec.Fourier.Kernels;

namespace FsRec.Alignment;

/// <summary>
/// Weighted sums over neighbours, w[0]·x[i] + Σ w[k]·(x[i − k] + x[i + k]), along columns or rows of an image. Lanes are 16 neighbouring columns
/// in both. The caller sees to it that the neighbours are there.
/// </summary>
internal sealed unsafe class SymmetricSum : IDisposable
{
    private const int Lanes = ComplexPlane.Lanes;
    private const int RowsTogether = 4;
    private readonly AlignedBuffer _weights;
    private readonly int _reach;

    /// <summary>Takes the weights w[0], w[1], …; they are scaled so that a constant stays what it is.</summary>
    public SymmetricSum(ReadOnlySpan<double> weights)
    {
        _reach = weights.Length - 1;
        _weights = new AlignedBuffer(weights.Length);
        double sum = -weights[0];
        foreach (double weight in weights)
        {
            sum += 2 * weight;
        }

        for (int k = 0; k < weights.Length; k++)
        {
            _weights.Pointer[k] = (float)(weights[k] / sum);
        }
    }

    /// <summary>Sums along columns.</summary>
    /// <param name="source">The first of the rows in the middle of sums; the reach above and below it belongs to the image.</param>
    /// <param name="stride">Floats from one row to the next, of source and target.</param>
    /// <param name="columns">Columns; a multiple of 16.</param>
    /// <param name="target">Where the sums go.</param>
    /// <param name="rows">Rows of sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SumColumns(float* source, nint stride, int columns, float* target, int rows)
    {
        for (int c = 0; c < columns; c += Lanes)
        {
            int r = 0;
            for (; r + RowsTogether <= rows; r += RowsTogether)
            {
                FourRows(source + (r * stride) + c, stride, target + (r * stride) + c);
            }

            for (; r < rows; r++)
            {
                float* x = source + (r * stride) + c;
                Vector512<float> sum = Vector512.Create(_weights.Pointer[0]) * Vector512.Load(x);
                for (int k = 1; k <= _reach; k++)
                {
                    sum = Fused.MultiplyAdd(Vector512.Create(_weights.Pointer[k]), Vector512.Load(x - (k * stride)) + Vector512.Load(x + (k * stride)), sum);
                }

                sum.Store(target + (r * stride) + c);
            }
        }

        GC.KeepAlive(this);
    }

    /// <summary>Sums along rows and adds them, times a sign, and a constant to the target, or sets it where the sign is 1.</summary>
    /// <param name="source">The first of the columns in the middle of sums, of the first row; the reach left and right of it belongs to the image.</param>
    /// <param name="stride">Floats from one row of the source to the next.</param>
    /// <param name="target">Where the sums go, row-major.</param>
    /// <param name="rows">Rows of sums.</param>
    /// <param name="columns">Columns of sums.</param>
    /// <param name="sign">1 to set the target, −1 to subtract from it.</param>
    /// <param name="constant">What is added besides.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SumRows(float* source, int stride, float* target, int rows, int columns, int sign, float constant)
    {
        for (int r = 0; r < rows; r++)
        {
            float* x = source + ((nint)r * stride);
            float* y = target + ((nint)r * columns);
            int c = 0;
            for (; c + (4 * Lanes) <= columns; c += 4 * Lanes)
            {
                FourBlocks(x + c, y + c, sign, constant);
            }

            for (; c < columns; c += Lanes)
            {
                Vector512<float> sum = Vector512.Create(_weights.Pointer[0]) * Vector512.Load(x + c);
                for (int k = 1; k <= _reach; k++)
                {
                    sum = Fused.MultiplyAdd(Vector512.Create(_weights.Pointer[k]), Vector512.Load(x + c - k) + Vector512.Load(x + c + k), sum);
                }

                Put(sum, y + c, Math.Min(Lanes, columns - c), sign, constant);
            }
        }

        GC.KeepAlive(this);
    }

    /// <summary>Four rows of sums share what they read: the rows from −reach to reach + 3, each one once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FourRows(float* x, nint stride, float* y)
    {
        float* weights = _weights.Pointer;
        Vector512<float> w = Vector512.Create(weights[0]);
        Vector512<float> s0 = w * Vector512.Load(x);
        Vector512<float> s1 = w * Vector512.Load(x + stride);
        Vector512<float> s2 = w * Vector512.Load(x + (2 * stride));
        Vector512<float> s3 = w * Vector512.Load(x + (3 * stride));
        float* up = x;
        float* down = x;
        for (int k = 1; k <= _reach; k++)
        {
            up -= stride;
            down += stride;
            w = Vector512.Create(weights[k]);
            s0 = Fused.MultiplyAdd(w, (Vector512.Load(up) + Vector512.Load(down)), s0);
            s1 = Fused.MultiplyAdd(w, (Vector512.Load(up + stride) + Vector512.Load(down + stride)), s1);
            s2 = Fused.MultiplyAdd(w, (Vector512.Load(up + (2 * stride)) + Vector512.Load(down + (2 * stride))), s2);
            s3 = Fused.MultiplyAdd(w, (Vector512.Load(up + (3 * stride)) + Vector512.Load(down + (3 * stride))), s3);
        }

        s0.Store(y);
        s1.Store(y + stride);
        s2.Store(y + (2 * stride));
        s3.Store(y + (3 * stride));
    }

    /// <summary>Four registers of sums along a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void FourBlocks(float* x, float* y, int sign, float constant)
    {
        float* weights = _weights.Pointer;
        Vector512<float> w = Vector512.Create(weights[0]);
        Vector512<float> s0 = w * Vector512.Load(x);
        Vector512<float> s1 = w * Vector512.Load(x + Lanes);
        Vector512<float> s2 = w * Vector512.Load(x + (2 * Lanes));
        Vector512<float> s3 = w * Vector512.Load(x + (3 * Lanes));
        for (int k = 1; k <= _reach; k++)
        {
            w = Vector512.Create(weights[k]);
            s0 = Fused.MultiplyAdd(w, (Vector512.Load(x - k) + Vector512.Load(x + k)), s0);
            s1 = Fused.MultiplyAdd(w, (Vector512.Load(x + Lanes - k) + Vector512.Load(x + Lanes + k)), s1);
            s2 = Fused.MultiplyAdd(w, (Vector512.Load(x + (2 * Lanes) - k) + Vector512.Load(x + (2 * Lanes) + k)), s2);
            s3 = Fused.MultiplyAdd(w, (Vector512.Load(x + (3 * Lanes) - k) + Vector512.Load(x + (3 * Lanes) + k)), s3);
        }

        Put(s0, y, Lanes, sign, constant);
        Put(s1, y + Lanes, Lanes, sign, constant);
        Put(s2, y + (2 * Lanes), Lanes, sign, constant);
        Put(s3, y + (3 * Lanes), Lanes, sign, constant);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector512<float> sum, float* y, int count, int sign, float constant)
    {
        if (count == Lanes)
        {
            Vector512<float> value = sign > 0 ? sum : Vector512.Load(y) - sum;
            (value + Vector512.Create(constant)).Store(y);
            return;
        }

        for (int lane = 0; lane < count; lane++)
        {
            y[lane] = (sign > 0 ? sum[lane] : y[lane] - sum[lane]) + constant;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _weights.Dispose();
}
