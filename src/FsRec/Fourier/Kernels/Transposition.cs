using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FsRec.Fourier.Kernels;

/// <summary>
/// Transpositions of small matrices, to[c][r] = from[r][c]. Four columns at a time: quarter q of register i takes them from
/// row 4q + i, so that a 4 × 4 transposition within each quarter leaves whole columns.
/// </summary>
internal static unsafe class Transposition
{
    /// <summary>Transposes 4, 8 or 16 rows by a multiple of 4 columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run(float* from, nint fromStride, float* to, nint toStride, int rows, int columns)
    {
        if (rows == 16 && Avx512F.IsSupported)
        {
            Sixteen(from, fromStride, to, toStride, columns);
            return;
        }

        int r = 0;
        for (; Avx.IsSupported && r <= rows - 8; r += 8)
        {
            Eight(from + (r * fromStride), fromStride, to + r, toStride, columns);
        }

        for (; r < rows; r += 4)
        {
            Four(from + (r * fromStride), fromStride, to + r, toStride, columns);
        }
    }

    /// <summary>Transposes rows of complex numbers, real parts followed by imaginary ones, to rows of a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Complex(float* from, int rows, int columns, float* to)
    {
        if (rows == 16 && columns == 8 && Avx.IsSupported)
        {
            // What registers of eight leave most often, without calls.
            for (int part = 0; part < 2; part++, from += 8, to += ComplexPlane.Lanes)
            {
                for (int half = 0; half < 2; half++)
                {
                    EightByFour(from + (half * 8 * 16), 16, to + (8 * half), ComplexPlane.BlockFloats);
                    EightByFour(from + (half * 8 * 16) + 4, 16, to + (8 * half) + (4 * ComplexPlane.BlockFloats), ComplexPlane.BlockFloats);
                }
            }

            return;
        }

        Run(from, 2 * columns, to, ComplexPlane.BlockFloats, rows, columns);
        Run(from + columns, 2 * columns, to + ComplexPlane.Lanes, ComplexPlane.BlockFloats, rows, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sixteen(float* from, nint stride, float* to, nint toStride, int columns)
    {
        for (; columns > 0; columns -= 4, from += 4, to += 4 * toStride)
        {
            Vector512<float> a = Quarters(from, 4 * stride);
            Vector512<float> b = Quarters(from + stride, 4 * stride);
            Vector512<float> c = Quarters(from + (2 * stride), 4 * stride);
            Vector512<float> d = Quarters(from + (3 * stride), 4 * stride);
            Vector512<double> ab = Avx512F.UnpackLow(a, b).AsDouble();
            Vector512<double> cd = Avx512F.UnpackLow(c, d).AsDouble();
            Avx512F.UnpackLow(ab, cd).AsSingle().Store(to);
            Avx512F.UnpackHigh(ab, cd).AsSingle().Store(to + toStride);
            ab = Avx512F.UnpackHigh(a, b).AsDouble();
            cd = Avx512F.UnpackHigh(c, d).AsDouble();
            Avx512F.UnpackLow(ab, cd).AsSingle().Store(to + (2 * toStride));
            Avx512F.UnpackHigh(ab, cd).AsSingle().Store(to + (3 * toStride));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Quarters(float* from, nint stride)
    {
        Vector512<float> all = Vector128.Load(from).ToVector256Unsafe().ToVector512Unsafe();
        all = Avx512F.InsertVector128(all, Vector128.Load(from + stride), 1);
        all = Avx512F.InsertVector128(all, Vector128.Load(from + (2 * stride)), 2);
        return Avx512F.InsertVector128(all, Vector128.Load(from + (3 * stride)), 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Eight(float* from, nint stride, float* to, nint toStride, int columns)
    {
        for (; columns > 0; columns -= 4, from += 4, to += 4 * toStride)
        {
            EightByFour(from, stride, to, toStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EightByFour(float* from, nint stride, float* to, nint toStride)
    {
        Vector256<float> a = Halves(from, 4 * stride);
        Vector256<float> b = Halves(from + stride, 4 * stride);
        Vector256<float> c = Halves(from + (2 * stride), 4 * stride);
        Vector256<float> d = Halves(from + (3 * stride), 4 * stride);
        Vector256<double> ab = Avx.UnpackLow(a, b).AsDouble();
        Vector256<double> cd = Avx.UnpackLow(c, d).AsDouble();
        Avx.UnpackLow(ab, cd).AsSingle().Store(to);
        Avx.UnpackHigh(ab, cd).AsSingle().Store(to + toStride);
        ab = Avx.UnpackHigh(a, b).AsDouble();
        cd = Avx.UnpackHigh(c, d).AsDouble();
        Avx.UnpackLow(ab, cd).AsSingle().Store(to + (2 * toStride));
        Avx.UnpackHigh(ab, cd).AsSingle().Store(to + (3 * toStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halves(float* from, nint stride) =>
        Avx.InsertVector128(Vector128.Load(from).ToVector256Unsafe(), Vector128.Load(from + stride), 1);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four(float* from, nint stride, float* to, nint toStride, int columns)
    {
        for (int c = 0; c < columns; c++, to += toStride)
        {
            to[0] = from[c];
            to[1] = from[c + stride];
            to[2] = from[c + (2 * stride)];
            to[3] = from[c + (3 * stride)];
        }
    }
}
