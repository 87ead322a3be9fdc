namespace FsRec.Fourier;

/// <summary>One block of 16 columns, row after row, and the scratch memory of its transform.</summary>
internal sealed unsafe class ColumnTile(int rows, int workFloats) : IDisposable
{
    private readonly AlignedBuffer _rows = new((long)rows * ComplexPlane.BlockFloats);
    private readonly AlignedBuffer _work = new(workFloats);

    /// <summary>Scratch memory.</summary>
    internal float* Work => _work.Pointer;

    /// <summary>16 real parts, then 16 imaginary parts of a row; the next row follows.</summary>
    public float* Row(int row) => _rows.Pointer + ((nint)row * ComplexPlane.BlockFloats);

    /// <inheritdoc />
    public void Dispose()
    {
        _rows.Dispose();
        _work.Dispose();
    }
}
