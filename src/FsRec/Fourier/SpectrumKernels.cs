using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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

    /// <summary>tile(ky) = source(ky, kx) · ramp(ky, kx) · filter(|ky|, kx) for a block of kx.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LoadRamped(ComplexPlane source, PhaseRamp ramp, RealTable filter, int block, ColumnTile tile)
    {
        // A frame's spectrum comes from the memory, in strides too long for the processor's own guess.
        const int Ahead = 16;
        nint offset = (nint)block * ComplexPlane.BlockFloats;
        nint stride = source.RowStride;
        Vector512<float> rx = Vector512.Load(ramp.Columns + offset);
        Vector512<float> ix = Vector512.Load(ramp.Columns + offset + Lanes);
        float* s = source.Row(0) + offset;
        float* t = tile.Row(0);
        for (int row = 0; row < source.Rows; row++, s += stride, t += ComplexPlane.BlockFloats)
        {
            if (Sse.IsSupported)
            {
                Sse.Prefetch0(s + (Ahead * stride));
                Sse.Prefetch0(s + (Ahead * stride) + Lanes);
            }

            (float rowRe, float rowIm) = ramp.Row(row);
            var ry = Vector512.Create(rowRe);
            var iy = Vector512.Create(rowIm);
            Vector512<float> weight = Vector512.Load(filter.Row(FrequencyGrid.Signed(row, source.Rows)) + (offset / 2));
            Vector512<float> rampRe = ((rx * ry) - (ix * iy)) * weight;
            Vector512<float> rampIm = ((rx * iy) + (ix * ry)) * weight;
            Vector512<float> re = Vector512.Load(s);
            Vector512<float> im = Vector512.Load(s + Lanes);
            ((re * rampRe) - (im * rampIm)).Store(t);
            ((re * rampIm) + (im * rampRe)).Store(t + Lanes);
        }

        int corner = ramp.ColumnCount / 2;
        if (HasCorner(source, ramp) && corner / Lanes == block)
        {
            int row = source.Rows / 2;
            float factor = ramp.Corner * filter.Row(row)[corner];
            (float re, float im) = source[row, corner];
            tile.Row(row)[corner % Lanes] = re * factor;
            tile.Row(row)[(corner % Lanes) + Lanes] = im * factor;
        }
    }

    private static bool HasCorner(ComplexPlane source, PhaseRamp ramp) => source.Rows % 2 == 0 && ramp.ColumnCount % 2 == 0;

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
