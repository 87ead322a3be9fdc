using FsRec.Fourier.Kernels;

namespace FsRec.Fourier;

/// <summary>
/// The two-dimensional discrete Fourier transform of a <see cref="ComplexPlane"/> of one shape, in place. Forward is
/// Σ x exp(−2πi …) without a factor; inverse is Σ X exp(+2πi …) / (rows · columns), so that one undoes the other.
/// A plan is read-only and shared by threads; what a call needs to write belongs to the caller's scratch.
/// </summary>
internal sealed unsafe class FourierTransform
{
    private readonly ColumnPass _columnPass;
    private readonly RowPass _rowPass;

    /// <summary>Prepares transforms of one shape; any size of at least 1 is allowed.</summary>
    public FourierTransform(int rows, int columns)
        : this(rows, columns, KernelSet.Best)
    {
    }

    /// <summary>Prepares transforms of one shape on a chosen instruction set.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="kernels">The instruction set.</param>
    /// <param name="rowsFromHalf">Whether the second half of every row that is transformed is zero.</param>
    internal FourierTransform(int rows, int columns, KernelSet kernels, bool rowsFromHalf = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        Rows = rows;
        Columns = columns;
        _columnPass = new ColumnPass(rows, kernels);
        _rowPass = RowPass.Create(columns, kernels, rowsFromHalf);
    }

    /// <summary>Rows of the planes it transforms.</summary>
    public int Rows { get; }

    /// <summary>Columns of the planes it transforms.</summary>
    public int Columns { get; }

    private int WorkFloats => Math.Max(_columnPass.WorkFloats, _rowPass.WorkFloats);

    /// <summary>Takes the scratch memory that one thread's calls need.</summary>
    public FourierScratch CreateScratch() => new(WorkFloats);

    /// <summary>Transforms the whole plane forward.</summary>
    public void Forward(ComplexPlane plane, FourierScratch scratch)
    {
        ForwardRows(plane, 0, Rows, scratch);
        ForwardColumns(plane, 0, plane.Blocks, scratch);
    }

    /// <summary>Transforms the whole plane back, the factor 1 / (rows · columns) included.</summary>
    public void Inverse(ComplexPlane plane, FourierScratch scratch)
    {
        InverseColumns(plane, 0, plane.Blocks, scratch);
        InverseRows(plane, 0, Rows, scratch);
    }

    /// <summary>Transforms the columns of some blocks forward.</summary>
    public void ForwardColumns(ComplexPlane plane, int firstBlock, int blockCount, FourierScratch scratch) =>
        TransformColumns(plane, firstBlock, blockCount, scratch, inverse: false);

    /// <summary>Transforms the columns of some blocks back, 1 / rows included.</summary>
    public void InverseColumns(ComplexPlane plane, int firstBlock, int blockCount, FourierScratch scratch) =>
        TransformColumns(plane, firstBlock, blockCount, scratch, inverse: true);

    /// <summary>Transforms some rows forward.</summary>
    public void ForwardRows(ComplexPlane plane, int firstRow, int rowCount, FourierScratch scratch) =>
        TransformRows(plane, firstRow, rowCount, scratch, inverse: false);

    /// <summary>Transforms some rows back, 1 / columns included.</summary>
    public void InverseRows(ComplexPlane plane, int firstRow, int rowCount, FourierScratch scratch) =>
        TransformRows(plane, firstRow, rowCount, scratch, inverse: true);

    /// <summary>Transforms some rows of a plane back, 1 / columns included, to the first rows of another one.</summary>
    /// <param name="source">A plane of these columns and any rows; unchanged.</param>
    /// <param name="firstRow">The first row read.</param>
    /// <param name="rowCount">How many.</param>
    /// <param name="target">The plane written, of this transform's shape.</param>
    /// <param name="scratch">This thread's scratch.</param>
    public void InverseRows(ComplexPlane source, int firstRow, int rowCount, ComplexPlane target, FourierScratch scratch)
    {
        CheckShape(target);
        CheckRange(firstRow, rowCount, source.Rows, nameof(firstRow));
        CheckRange(0, rowCount, Rows, nameof(rowCount));
        ArgumentOutOfRangeException.ThrowIfNotEqual(source.Columns, Columns, nameof(source));
        _rowPass.Run(
            new RowSpan(source.Row(firstRow), source.RowStride), new RowSpan(target.Row(0), target.RowStride), rowCount, scratch.Take(WorkFloats), inverse: true);
        KeepAlive(target, scratch);
        GC.KeepAlive(source);
    }

    private static void CheckRange(int first, int count, int limit, string name)
    {
        if (first < 0 || count < 0 || first > limit - count)
        {
            throw new ArgumentOutOfRangeException(name, first, "The plane has no such rows or blocks.");
        }
    }

    private void CheckShape(ComplexPlane plane)
    {
        if (plane.Rows != Rows || plane.Columns != Columns)
        {
            throw new ArgumentException("The plane's shape is not the one that the transform was prepared for.", nameof(plane));
        }
    }

    private void TransformColumns(ComplexPlane plane, int firstBlock, int blockCount, FourierScratch scratch, bool inverse)
    {
        CheckShape(plane);
        CheckRange(firstBlock, blockCount, plane.Blocks, nameof(firstBlock));
        _columnPass.Run(plane, firstBlock, blockCount, scratch.Take(WorkFloats), inverse);
        KeepAlive(plane, scratch);
    }

    private void TransformRows(ComplexPlane plane, int firstRow, int rowCount, FourierScratch scratch, bool inverse)
    {
        CheckShape(plane);
        CheckRange(firstRow, rowCount, Rows, nameof(firstRow));
        var span = new RowSpan(plane.Row(firstRow), plane.RowStride);
        _rowPass.Run(span, span, rowCount, scratch.Take(WorkFloats), inverse);
        KeepAlive(plane, scratch);
    }

    /// <summary>Raw pointers do not hold their owners; the last use of each is here.</summary>
    private void KeepAlive(ComplexPlane plane, FourierScratch scratch)
    {
        GC.KeepAlive(this);
        GC.KeepAlive(plane);
        GC.KeepAlive(scratch);
    }
}
