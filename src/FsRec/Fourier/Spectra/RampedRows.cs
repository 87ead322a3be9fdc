using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FsRec.Fourier;

/// <summary>A block of columns of a half-plane, source(ky, kx) · ramp(ky, kx) · filter(|ky|, kx), row by row.</summary>
internal readonly unsafe struct RampedRows : IRowLoader
{
    private const int Lanes = ComplexPlane.Lanes;

    private readonly ComplexPlane _source;
    private readonly PhaseRamp _ramp;
    private readonly RealTable _filter;
    private readonly int _block;

    /// <summary>Points at a block.</summary>
    public RampedRows(ComplexPlane source, PhaseRamp ramp, RealTable filter, int block)
    {
        _source = source;
        _ramp = ramp;
        _filter = filter;
        _block = block;
    }

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch(int row, int count, bool nextBlock)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        nint stride = _source.RowStride;
        float* s = _source.Row(row) + ((nint)(nextBlock ? _block + 1 : _block) * ComplexPlane.BlockFloats);
        for (int r = 0; r < count; r++, s += stride)
        {
            Sse.Prefetch0(s);
            Sse.Prefetch0(s + Lanes);
        }
    }

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Load(int row, int count, float* target)
    {
        nint offset = (nint)_block * ComplexPlane.BlockFloats;
        nint stride = _source.RowStride;
        int rows = _source.Rows;
        Vector512<float> rx = Vector512.Load(_ramp.Columns + offset);
        Vector512<float> ix = Vector512.Load(_ramp.Columns + offset + Lanes);
        float* s = _source.Row(row) + offset;
        float* ramp = _ramp.Rows + (2 * row);
        float* filter = _filter.Row(0) + (offset / 2);
        nint filterStride = _filter.Stride;
        float* t = target;
        for (int r = row; r < row + count; r++, s += stride, ramp += 2, t += ComplexPlane.BlockFloats)
        {
            var ry = Vector512.Create(ramp[0]);
            var iy = Vector512.Create(ramp[1]);
            Vector512<float> weight = Vector512.Load(filter + (Math.Min(r, rows - r) * filterStride));
            Vector512<float> rampRe = ((rx * ry) - (ix * iy)) * weight;
            Vector512<float> rampIm = ((rx * iy) + (ix * ry)) * weight;
            Vector512<float> re = Vector512.Load(s);
            Vector512<float> im = Vector512.Load(s + Lanes);
            ((re * rampRe) - (im * rampIm)).Store(t);
            ((re * rampIm) + (im * rampRe)).Store(t + Lanes);
        }

        int cornerRow = rows / 2;
        int corner = _ramp.ColumnCount / 2;
        if (corner / Lanes == _block && cornerRow >= row && cornerRow < row + count && SpectrumKernels.HasCorner(_source, _ramp))
        {
            float factor = _ramp.Corner * _filter.Row(cornerRow)[corner];
            (float re, float im) = _source[cornerRow, corner];
            float* t0 = target + ((nint)(cornerRow - row) * ComplexPlane.BlockFloats);
            t0[corner % Lanes] = re * factor;
            t0[(corner % Lanes) + Lanes] = im * factor;
        }
    }
}
