using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using FsRec.Fourier;

namespace FsRec.Optics;

/// <summary>
/// A block of columns of the image wave's spectrum, wave(ky, kx) · transfer(|ky|, kx), row ky + RowReach; zero beyond the band. Adds up
/// its power on the way.
/// </summary>
internal unsafe struct BandRows : IRowLoader
{
    private const int Lanes = ComplexPlane.Lanes;
    private readonly float* _wave;
    private readonly nint _waveStride;
    private readonly float* _transfer;
    private readonly nint _transferStride;
    private readonly int _reach;
    private readonly int _meanRow;
    private Vector512<float> _squares;
    private double _mean;

    /// <summary>Points at a block.</summary>
    public BandRows(WaveBand band, ComplexPlane wave, ComplexPlane transfer, int block)
    {
        nint offset = (nint)block * ComplexPlane.BlockFloats;
        _wave = wave.Data + offset;
        _waveStride = wave.RowStride;
        _transfer = transfer.Data + offset;
        _transferStride = transfer.RowStride;
        _reach = band.RowReach;
        _meanRow = block == band.ColumnReach / Lanes ? band.RowReach : -1;
    }

    /// <summary>Σ |wave · transfer|² over the rows that were loaded.</summary>
    public readonly double Power
    {
        get
        {
            double sum = _mean;
            for (int lane = 0; lane < Lanes; lane++)
            {
                sum += _squares[lane];
            }

            return sum;
        }
    }

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Fetch(int row, int count, bool nextBlock)
    {
        if (!Sse.IsSupported)
        {
            return;
        }

        nint offset = nextBlock ? ComplexPlane.BlockFloats : 0;
        int end = Math.Min(row + count, (2 * _reach) + 1);
        for (int r = row; r < end; r++)
        {
            float* t = _transfer + (Math.Abs(r - _reach) * _transferStride) + offset;
            Sse.Prefetch0(t);
            Sse.Prefetch0(t + Lanes);
        }
    }

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Load(int row, int count, float* target)
    {
        Vector512<float> squares = _squares;
        int end = Math.Min(row + count, (2 * _reach) + 1);
        float* p = target;
        for (int r = row; r < end; r++, p += ComplexPlane.BlockFloats)
        {
            float* w = _wave + (r * _waveStride);
            float* t = _transfer + (Math.Abs(r - _reach) * _transferStride);
            Vector512<float> wr = Vector512.Load(w);
            Vector512<float> wi = Vector512.Load(w + Lanes);
            Vector512<float> tr = Vector512.Load(t);
            Vector512<float> ti = Vector512.Load(t + Lanes);
            Vector512<float> re = (wr * tr) - (wi * ti);
            Vector512<float> im = (wr * ti) + (wi * tr);
            re.Store(p);
            im.Store(p + Lanes);
            if (r == _meanRow)
            {
                // The mean is far more than all the rest, which floats could not add up beside it.
                AddMean(p);
                continue;
            }

            squares += (re * re) + (im * im);
        }

        _squares = squares;
        if (row + count > end)
        {
            new Span<float>(p, (row + count - Math.Max(row, end)) * ComplexPlane.BlockFloats).Clear();
        }
    }

    private void AddMean(float* row)
    {
        for (int lane = 0; lane < ComplexPlane.BlockFloats; lane++)
        {
            _mean += (double)row[lane] * row[lane];
        }
    }
}
