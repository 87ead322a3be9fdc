using System.Runtime.CompilerServices;
using FsRec.Fourier;

namespace FsRec.Alignment;

/// <summary>The memory one thread's correlations write to.</summary>
internal sealed unsafe class CorrelationWorkspace : IDisposable
{
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _rowFloats;
    private readonly int _lineFloats;
    private readonly AlignedBuffer _rowFactors;
    private readonly AlignedBuffer _columnFactors;
    private readonly AlignedBuffer _lines;
    private readonly AlignedBuffer _flat;
    private readonly double[] _rowRoots;
    private readonly double[] _columnRoots;
    private readonly RealTransform _real;
    private RealTransformScratch? _realScratch;
    private ComplexPlane? _copy;
    private float[]? _image;

    public CorrelationWorkspace(int rows, int columns, int radius, FourierScratch scratch, RealTransform real)
    {
        _rows = rows;
        _columns = columns;
        _real = real;
        Radius = radius;
        Scratch = scratch;
        Packed = new ComplexPlane(rows, columns);
        Spectrum = real.CreateHalfPlane();
        int side = (2 * radius) + 1;
        Patch = new float[side * side];
        _rowFloats = 2 * rows;
        _lineFloats = Spectrum.Blocks * ComplexPlane.BlockFloats;
        _rowFactors = new AlignedBuffer((long)side * _rowFloats);
        _columnFactors = new AlignedBuffer((long)side * _lineFloats);
        _lines = new AlignedBuffer((long)side * _lineFloats);
        _flat = new AlignedBuffer(2L * MirroredRow.Floats(columns));
        _rowRoots = Roots(rows);
        _columnRoots = Roots(columns);
    }

    /// <summary>Radius k of the patch, in pixels.</summary>
    public int Radius { get; }

    /// <summary>|C| at whole-pixel steps round the current place, (2k+1)² values, row by row.</summary>
    public float[] Patch { get; }

    /// <summary>Both images in one complex plane.</summary>
    public ComplexPlane Packed { get; }

    /// <summary>The correlation's spectrum on the half-plane.</summary>
    public ComplexPlane Spectrum { get; }

    /// <summary>Scratch of the transforms.</summary>
    public FourierScratch Scratch { get; }

    /// <summary>Real parts of one row, column after column.</summary>
    public float* FlatRe => _flat.Pointer + ComplexPlane.Lanes;

    /// <summary>Imaginary parts of one row, column after column.</summary>
    public float* FlatIm => FlatRe + MirroredRow.Floats(_columns);

    /// <summary>A line of the half-plane for row i of the patch.</summary>
    public float* Line(int i) => _lines.Pointer + ((nint)i * _lineFloats);

    /// <summary>exp(2πi ky·dy / rows) for row i of the patch, real and imaginary part in turn.</summary>
    public float* RowFactors(int i) => _rowFactors.Pointer + ((long)i * _rowFloats);

    /// <summary>w(kx) exp(2πi kx·dx / columns) for column j of the patch, in the block layout; zero in the padding.</summary>
    public float* ColumnFactors(int j) => _columnFactors.Pointer + ((long)j * _lineFloats);

    /// <summary>
    /// Sets the factors of a patch round a place, in pixels: one sine and cosine a frequency; the steps by whole pixels are roots of unity.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void SetFactors(double x, double y)
    {
        var turns = new Turns(y / _rows);
        for (int k = 0; k <= _rows / 2; k++)
        {
            (double cos, double sin) = turns.Next();
            int mirrored = (_rows - k) % _rows;
            for (int i = -Radius; i <= Radius; i++)
            {
                (double re, double im) = Turn(cos, sin, _rowRoots, k, i);
                float* factors = RowFactors(i + Radius);
                factors[2 * mirrored] = (float)re;
                factors[(2 * mirrored) + 1] = 2 * k == _rows ? 0 : (float)-im;
                factors[2 * k] = (float)re;
                factors[(2 * k) + 1] = 2 * k == _rows ? 0 : (float)im;
            }
        }

        turns = new Turns(x / _columns);
        for (int k = 0; k <= _columns / 2; k++)
        {
            bool single = k == 0 || 2 * k == _columns;
            (double cos, double sin) = turns.Next();
            for (int i = -Radius; i <= Radius; i++)
            {
                (double re, double im) = Turn(cos, sin, _columnRoots, k, i);
                float* p = ColumnFactors(i + Radius) + ComplexPlane.Offset(k);
                p[0] = (float)(single ? re : 2 * re);
                p[ComplexPlane.Lanes] = single ? 0 : (float)(2 * im);
            }
        }
    }

    /// <summary>(cos + i sin) · exp(2πi k·step / n).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (double Re, double Im) Turn(double cos, double sin, double[] roots, int k, int step)
    {
        int n = roots.Length / 2;
        int at = k * step % n;
        at = 2 * (at < 0 ? at + n : at);
        return ((cos * roots[at]) - (sin * roots[at + 1]), (cos * roots[at + 1]) + (sin * roots[at]));
    }

    private static double[] Roots(int n)
    {
        var roots = new double[2 * n];
        for (int i = 0; i < n; i++)
        {
            (roots[(2 * i) + 1], roots[2 * i]) = Math.SinCos(2 * Math.PI * i / n);
        }

        return roots;
    }

    /// <summary>The whole correlation, row-major, displacement 0 first; scaled as the patch is.</summary>
    public float[] Image()
    {
        _realScratch ??= _real.CreateScratch();
        _copy ??= _real.CreateHalfPlane();
        _image ??= new float[_rows * _columns];
        _copy.CopyFrom(Spectrum);
        _real.InverseColumns(_copy, _realScratch);
        _real.InverseRows(_copy, 0, _rows, 0, _columns, _image, _realScratch);
        return _image;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Packed.Dispose();
        Spectrum.Dispose();
        Scratch.Dispose();
        _rowFactors.Dispose();
        _columnFactors.Dispose();
        _lines.Dispose();
        _flat.Dispose();
        _realScratch?.Dispose();
        _copy?.Dispose();
    }
}
