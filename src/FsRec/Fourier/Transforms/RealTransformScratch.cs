namespace FsRec.Fourier;

/// <summary>The memory one thread's real transforms write to: a batch of complex rows, and one row laid out flat.</summary>
internal sealed unsafe class RealTransformScratch : IDisposable
{
    private readonly AlignedBuffer _flat;
    private readonly int _flatStride;

    public RealTransformScratch(ComplexPlane batch, FourierScratch lines, FourierScratch columns, int columnCount)
    {
        Batch = batch;
        Lines = lines;
        Columns = columns;
        _flatStride = MirroredRow.Floats(columnCount);
        _flat = new AlignedBuffer(2L * _flatStride);
    }

    /// <summary>Complex rows, two real rows in each.</summary>
    public ComplexPlane Batch { get; }

    /// <summary>Scratch of the row transforms.</summary>
    public FourierScratch Lines { get; }

    /// <summary>Scratch of the column transforms.</summary>
    public FourierScratch Columns { get; }

    /// <summary>Real parts of one row, column after column.</summary>
    public float* FlatRe => _flat.Pointer + ComplexPlane.Lanes;

    /// <summary>Imaginary parts of one row, column after column.</summary>
    public float* FlatIm => _flat.Pointer + _flatStride + ComplexPlane.Lanes;

    /// <inheritdoc />
    public void Dispose()
    {
        Batch.Dispose();
        Lines.Dispose();
        Columns.Dispose();
        _flat.Dispose();
    }
}
