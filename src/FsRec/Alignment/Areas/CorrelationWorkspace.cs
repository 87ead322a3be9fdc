using FsRec.Fourier;

namespace FsRec.Alignment;

/// <summary>The memory one thread's correlations write to.</summary>
internal sealed unsafe class CorrelationWorkspace : IDisposable
{
    private readonly int _rows;
    private readonly int _columns;
    private readonly AlignedBuffer _flat;
    private readonly RealTransform _real;
    private RealTransformScratch? _realScratch;
    private ComplexPlane? _copy;
    private float[]? _image;

    public CorrelationWorkspace(int rows, int columns, int radius, FourierScratch scratch, RealTransform real)
    {
        _rows = rows;
        _columns = columns;
        _real = real;
        Neighbourhood = new CorrelationPatch(rows, columns, radius);
        Scratch = scratch;
        Packed = new ComplexPlane(rows, columns);
        Spectrum = real.CreateHalfPlane();
        _flat = new AlignedBuffer(2L * MirroredRow.Floats(columns));
    }

    /// <summary>The correlation round a place.</summary>
    public CorrelationPatch Neighbourhood { get; }

    /// <summary>Radius k of the patch, in pixels.</summary>
    public int Radius => Neighbourhood.Radius;

    /// <summary>|C| at whole-pixel steps round the current place, (2k+1)² values, row by row.</summary>
    public float[] Patch => Neighbourhood.Values;

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
        Neighbourhood.Dispose();
        Scratch.Dispose();
        _flat.Dispose();
        _realScratch?.Dispose();
        _copy?.Dispose();
    }
}
