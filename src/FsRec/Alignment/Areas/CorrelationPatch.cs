using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FsRec.Fourier;
using FsRec.Fourier.Kernels;

namespace FsRec.Alignment;

/// <summary>
/// A correlation at whole-pixel steps round any place (x, y), (2k+1)² values, from its spectrum on the half-plane: a sum separable in rows and
/// columns. With P the spectrum turned to the place, the steps i and −i are C + iS and C − iS, C = Σ P cos(2πk·i/n) and S = Σ P sin(2πk·i/n):
/// two real products for two values, and one pass over the spectrum for all of them. Lanes are 16 neighbouring kx.
/// </summary>
internal sealed unsafe class CorrelationPatch : IDisposable
{
    private const int Lanes = ComplexPlane.Lanes;
    private const int StepsTogether = 3;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _blocks;
    private readonly nint _lineFloats;
    private readonly AlignedBuffer _rowTurns;
    private readonly AlignedBuffer _columnTurns;
    private readonly AlignedBuffer[] _rowSteps;
    private readonly AlignedBuffer _columnSteps;
    private readonly AlignedBuffer _lines;

    /// <summary>Prepares patches of correlations of areas of one shape.</summary>
    /// <param name="rows">Rows of the areas.</param>
    /// <param name="columns">Columns of the areas.</param>
    /// <param name="radius">k.</param>
    public CorrelationPatch(int rows, int columns, int radius)
    {
        (_rows, _columns, Radius) = (rows, columns, radius);
        _blocks = ComplexPlane.BlocksOf((columns / 2) + 1);
        _lineFloats = _blocks * ComplexPlane.BlockFloats;
        _rowTurns = new AlignedBuffer(2L * rows);
        _columnTurns = new AlignedBuffer(_lineFloats);
        int groups = (radius + StepsTogether - 1) / StepsTogether;
        _lines = new AlignedBuffer(((2L * groups * StepsTogether) + 1) * _lineFloats);
        _rowSteps = [.. Enumerable.Range(0, Math.Max(1, groups)).Select(group => RowSteps((group * StepsTogether) + 1))];
        _columnSteps = ColumnSteps();
        Values = new float[((2 * radius) + 1) * ((2 * radius) + 1)];
    }

    /// <summary>Radius k of the patch, in pixels.</summary>
    public int Radius { get; }

    /// <summary>The correlation, row by row; what <see cref="Evaluate"/> found last.</summary>
    public float[] Values { get; }

    /// <summary>Fills <see cref="Values"/> with the correlation round a place.</summary>
    /// <param name="spectrum">Its spectrum on the half-plane.</param>
    /// <param name="x">The place along columns, in pixels.</param>
    /// <param name="y">The place along rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Evaluate(ComplexPlane spectrum, double x, double y)
    {
        SetTurns(x, y);
        for (int group = 0; group < _rowSteps.Length; group++)
        {
            for (int b = 0; b < _blocks; b++)
            {
                SumRows(spectrum, b, group);
            }
        }

        SumColumns(0, Radius);
        for (int i = 1; i <= Radius; i++)
        {
            SumColumns((2 * i) - 1, Radius + i);
            SumColumns(2 * i, Radius - i);
        }

        GC.KeepAlive(this);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _rowTurns.Dispose();
        _columnTurns.Dispose();
        _columnSteps.Dispose();
        _lines.Dispose();
        foreach (AlignedBuffer steps in _rowSteps)
        {
            steps.Dispose();
        }
    }

    /// <summary>exp(2πi ky·y / rows), and w(kx) exp(2πi kx·x / columns), w = 2 where −kx is not stored; at the Nyquist frequency the real part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SetTurns(double x, double y)
    {
        float* rows = _rowTurns.Pointer;
        var turns = new Turns(y / _rows);
        for (int k = 0; k <= _rows / 2; k++)
        {
            (double re, double im) = turns.Next();
            im = 2 * k == _rows ? 0 : im;
            int mirrored = (_rows - k) % _rows;
            (rows[2 * mirrored], rows[(2 * mirrored) + 1]) = ((float)re, (float)-im);
            (rows[2 * k], rows[(2 * k) + 1]) = ((float)re, (float)im);
        }

        float* columns = _columnTurns.Pointer;
        turns = new Turns(x / _columns);
        for (int k = 0; k <= _columns / 2; k++)
        {
            (double re, double im) = turns.Next();
            bool single = k == 0 || 2 * k == _columns;
            float* p = columns + ComplexPlane.Offset(k);
            (p[0], p[Lanes]) = single ? ((float)re, 0) : ((float)(2 * re), (float)(2 * im));
        }
    }

    /// <summary>Σ over ky of P(ky, kx) exp(2πi ky·i / rows) for a block of kx, i = 0 and three steps up and down.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumRows(ComplexPlane spectrum, int block, int group)
    {
        float* turns = _rowTurns.Pointer;
        float* steps = _rowSteps[group].Pointer;
        nint offset = (nint)block * ComplexPlane.BlockFloats;
        float* p = spectrum.Data + offset;
        nint stride = spectrum.RowStride;
        var re0 = Vector512<float>.Zero;
        var im0 = Vector512<float>.Zero;
        var one = default(Step);
        var two = default(Step);
        var three = default(Step);
        for (int r = 0; r < _rows; r++, p += stride, turns += 2, steps += 2 * StepsTogether)
        {
            var fr = Vector512.Create(turns[0]);
            var fi = Vector512.Create(turns[1]);
            Vector512<float> zr = Vector512.Load(p);
            Vector512<float> zi = Vector512.Load(p + Lanes);
            Vector512<float> re = (zr * fr) - (zi * fi);
            Vector512<float> im = Fused.MultiplyAdd(zr, fi, zi * fr);
            re0 += re;
            im0 += im;
            one.Add(re, im, steps);
            two.Add(re, im, steps + 2);
            three.Add(re, im, steps + 4);
        }

        float* lines = _lines.Pointer + offset;
        re0.Store(lines);
        im0.Store(lines + Lanes);
        lines += ((2 * StepsTogether * group) + 1) * _lineFloats;
        one.Store(lines, lines + _lineFloats);
        two.Store(lines + (2 * _lineFloats), lines + (3 * _lineFloats));
        three.Store(lines + (4 * _lineFloats), lines + (5 * _lineFloats));
    }

    /// <summary>Re Σ over kx of L(kx) w(kx) exp(2πi kx·(x + j) / columns), j from −k to k, of one line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumColumns(int line, int row)
    {
        float* l = _lines.Pointer + (line * _lineFloats);
        float* turns = _columnTurns.Pointer;
        var centre = Vector512<float>.Zero;
        for (nint f = 0; f < _lineFloats; f += ComplexPlane.BlockFloats)
        {
            Vector512<float> lr = Vector512.Load(l + f);
            Vector512<float> li = Vector512.Load(l + f + Lanes);
            Vector512<float> tr = Vector512.Load(turns + f);
            Vector512<float> ti = Vector512.Load(turns + f + Lanes);
            Vector512<float> re = (lr * tr) - (li * ti);
            re.Store(l + f);
            Fused.MultiplyAdd(lr, ti, li * tr).Store(l + f + Lanes);
            centre += re;
        }

        Span<float> values = Values.AsSpan(row * ((2 * Radius) + 1), (2 * Radius) + 1);
        values[Radius] = Vector512.Sum(centre);
        float* steps = _columnSteps.Pointer;
        for (int j = 1; j <= Radius; j++, steps += _lineFloats)
        {
            var even = Vector512<float>.Zero;
            var odd = Vector512<float>.Zero;
            for (nint f = 0; f < _lineFloats; f += ComplexPlane.BlockFloats)
            {
                even = Fused.MultiplyAdd(Vector512.Load(l + f), Vector512.Load(steps + f), even);
                odd = Fused.MultiplyAdd(Vector512.Load(l + f + Lanes), Vector512.Load(steps + f + Lanes), odd);
            }

            values[Radius + j] = Vector512.Sum(even - odd);
            values[Radius - j] = Vector512.Sum(even + odd);
        }
    }

    /// <summary>cos and sin(2πky·i / rows) of three steps i for each row, in transform order.</summary>
    private AlignedBuffer RowSteps(int first)
    {
        var steps = new AlignedBuffer(2L * StepsTogether * _rows);
        for (int r = 0, at = 0; r < _rows; r++)
        {
            for (int i = first; i < first + StepsTogether; i++, at += 2)
            {
                (steps.Pointer[at], steps.Pointer[at + 1]) = Root(r, i, _rows);
            }
        }

        return steps;
    }

    /// <summary>cos and sin(2πkx·j / columns) in the block layout, a line for each step j from 1 to k; zero in the padding.</summary>
    private AlignedBuffer ColumnSteps()
    {
        var steps = new AlignedBuffer(Math.Max(1, Radius) * (long)_lineFloats);
        for (int j = 1; j <= Radius; j++)
        {
            for (int k = 0; k <= _columns / 2; k++)
            {
                float* p = steps.Pointer + ((j - 1) * _lineFloats) + ComplexPlane.Offset(k);
                (p[0], p[Lanes]) = Root(k, j, _columns);
            }
        }

        return steps;
    }

    private static (float Cos, float Sin) Root(int k, int step, int n)
    {
        (double sin, double cos) = Math.SinCos(2 * Math.PI * ((long)k * step % n) / n);
        return ((float)cos, (float)sin);
    }

    /// <summary>C and S of a step, 16 lanes of each.</summary>
    private struct Step
    {
        private Vector512<float> _cosRe;
        private Vector512<float> _cosIm;
        private Vector512<float> _sinRe;
        private Vector512<float> _sinIm;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(Vector512<float> re, Vector512<float> im, float* root)
        {
            var cos = Vector512.Create(root[0]);
            var sin = Vector512.Create(root[1]);
            _cosRe = Fused.MultiplyAdd(cos, re, _cosRe);
            _cosIm = Fused.MultiplyAdd(cos, im, _cosIm);
            _sinRe = Fused.MultiplyAdd(sin, re, _sinRe);
            _sinIm = Fused.MultiplyAdd(sin, im, _sinIm);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store(float* up, float* down)
        {
            (_cosRe - _sinIm).Store(up);
            (_cosIm + _sinRe).Store(up + Lanes);
            (_cosRe + _sinIm).Store(down);
            (_cosIm - _sinRe).Store(down + Lanes);
        }
    }
}
