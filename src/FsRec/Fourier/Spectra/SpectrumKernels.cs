using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FsRec.Fourier;

/// <summary>
/// Element-by-element products on half-planes. All work on whole blocks: a register holds the real or the imaginary parts of 16
/// neighbouring columns, and what the padding holds is as good as any other number.
/// </summary>
internal static unsafe class SpectrumKernels
{
    private const int Lanes = ComplexPlane.Lanes;

    /// <summary>target(ky, kx) = source(ky, kx) · ramp(ky, kx) · filter(|ky|, kx).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyRamped(ComplexPlane source, PhaseRamp ramp, RealTable filter, ComplexPlane target)
    {
        for (int row = 0; row < source.Rows; row++)
        {
            float* s = source.Row(row);
            float* t = target.Row(row);
            float* f = filter.Row(FrequencyGrid.Signed(row, source.Rows));
            float* c = ramp.Columns;
            (float rowRe, float rowIm) = ramp.Row(row);
            var ry = Vector512.Create(rowRe);
            var iy = Vector512.Create(rowIm);
            for (int b = 0; b < source.Blocks; b++)
            {
                Vector512<float> rx = Vector512.Load(c);
                Vector512<float> ix = Vector512.Load(c + Lanes);
                Vector512<float> weight = Vector512.Load(f);
                Vector512<float> rampRe = ((rx * ry) - (ix * iy)) * weight;
                Vector512<float> rampIm = ((rx * iy) + (ix * ry)) * weight;
                Vector512<float> re = Vector512.Load(s);
                Vector512<float> im = Vector512.Load(s + Lanes);
                ((re * rampRe) - (im * rampIm)).Store(t);
                ((re * rampIm) + (im * rampRe)).Store(t + Lanes);
                s += 2 * Lanes;
                t += 2 * Lanes;
                c += 2 * Lanes;
                f += Lanes;
            }
        }

        FixCorner(source, ramp, filter, target);
    }

    /// <summary>Whether there is an element at both Nyquist frequencies, whose factor is <see cref="PhaseRamp.Corner"/>.</summary>
    public static bool HasCorner(ComplexPlane source, PhaseRamp ramp) => source.Rows % 2 == 0 && ramp.ColumnCount % 2 == 0;

    /// <summary>Where both axes are even, the element at both Nyquist frequencies has a factor of its own.</summary>
    private static void FixCorner(ComplexPlane source, PhaseRamp ramp, RealTable filter, ComplexPlane target)
    {
        int row = source.Rows / 2;
        int column = ramp.ColumnCount / 2;
        if (HasCorner(source, ramp))
        {
            float factor = ramp.Corner * filter.Row(row)[column];
            (float re, float im) = source[row, column];
            target[row, column] = (re * factor, im * factor);
        }
    }

    /// <summary>plane(ky, kx) *= filter(|ky|, kx).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(ComplexPlane plane, RealTable filter)
    {
        for (int row = 0; row < plane.Rows; row++)
        {
            float* p = plane.Row(row);
            float* f = filter.Row(FrequencyGrid.Signed(row, plane.Rows));
            for (int b = 0; b < plane.Blocks; b++)
            {
                Vector512<float> weight = Vector512.Load(f);
                (Vector512.Load(p) * weight).Store(p);
                (Vector512.Load(p + Lanes) * weight).Store(p + Lanes);
                p += 2 * Lanes;
                f += Lanes;
            }
        }
    }

    /// <summary>plane(ky, kx) *= filter(|ky|, kx) on a block of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(ComplexPlane plane, RealTable filter, int block)
    {
        for (int row = 0; row < plane.Rows; row++)
        {
            float* p = plane.Row(row) + (block * ComplexPlane.BlockFloats);
            Vector512<float> weight = Vector512.Load(filter.Row(FrequencyGrid.Signed(row, plane.Rows)) + (block * Lanes));
            (Vector512.Load(p) * weight).Store(p);
            (Vector512.Load(p + Lanes) * weight).Store(p + Lanes);
        }
    }

    /// <summary>Σ |plane|²: floats along a row, doubles over rows. The padding must hold zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Power(ComplexPlane plane)
    {
        double sum = 0;
        for (int row = 0; row < plane.Rows; row++)
        {
            float* p = plane.Row(row);
            var squares = Vector512<float>.Zero;
            for (int i = 0; i < plane.Blocks * ComplexPlane.BlockFloats; i += Lanes)
            {
                Vector512<float> value = Vector512.Load(p + i);
                squares += value * value;
            }

            for (int lane = 0; lane < Lanes; lane++)
            {
                sum += squares[lane];
            }
        }

        return sum;
    }

    /// <summary>target += source · factor.</summary>
    public static void AddScaled(ComplexPlane source, float factor, ComplexPlane target)
    {
        for (int row = 0; row < source.Rows; row++)
        {
            float* s = source.Row(row);
            float* t = target.Row(row);
            for (int i = 0; i < source.Blocks * ComplexPlane.BlockFloats; i += Lanes)
            {
                (Vector512.Load(t + i) + (Vector512.Load(s + i) * factor)).Store(t + i);
            }
        }
    }
}
