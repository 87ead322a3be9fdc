using FsRec.Fourier.Kernels;

namespace FsRec.Fourier;

/// <summary>
/// The transform of a <see cref="BlockedPlane"/> in parts: columns back from what a loader fills in, columns forward to a block of its
/// own, rows in place. Factors as in <see cref="FourierTransform"/>. Read-only once made.
/// </summary>
internal sealed unsafe class BlockedTransform
{
    private readonly BlockedColumnPass _columns;
    private readonly RowPass _rows;

    /// <summary>Prepares transforms of one shape.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="presentRows">Rows from the first on that may differ from zero before columns are transformed back.</param>
    public BlockedTransform(int rows, int columns, int presentRows)
        : this(rows, columns, presentRows, KernelSet.Best)
    {
    }

    /// <summary>Prepares transforms of one shape on a chosen instruction set.</summary>
    internal BlockedTransform(int rows, int columns, int presentRows, KernelSet kernels)
    {
        (Rows, Columns) = (rows, columns);
        _columns = new BlockedColumnPass(rows, presentRows, kernels);
        _rows = RowPass.Create(columns, kernels);
    }

    /// <summary>Rows of the planes.</summary>
    public int Rows { get; }

    /// <summary>Columns of the planes.</summary>
    public int Columns { get; }

    private int WorkFloats => Math.Max(_columns.WorkFloats, _rows.WorkFloats);

    /// <summary>Takes the memory that one thread's calls need.</summary>
    public FourierScratch CreateScratch() => new(WorkFloats);

    /// <summary>Transforms a block of columns back, 1 / rows included.</summary>
    /// <param name="loader">Fills the rows.</param>
    /// <param name="plane">The plane that is written.</param>
    /// <param name="block">The block of its columns.</param>
    /// <param name="scratch">This thread's memory.</param>
    public void InverseColumns<TLoader>(ref TLoader loader, BlockedPlane plane, int block, FourierScratch scratch)
        where TLoader : struct, IRowLoader
    {
        Check(plane, block, plane.Blocks);
        _columns.Inverse(ref loader, plane.Block(block), scratch.Take(WorkFloats));
        KeepAlive(plane, scratch);
    }

    /// <summary>Transforms a block of columns forward to another place.</summary>
    /// <param name="plane">The plane; unchanged.</param>
    /// <param name="block">The block of its columns.</param>
    /// <param name="target">All rows of a block.</param>
    /// <param name="scratch">This thread's memory.</param>
    public void ForwardColumns(BlockedPlane plane, int block, AlignedBuffer target, FourierScratch scratch)
    {
        Check(plane, block, plane.Blocks);
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Length, (long)Rows * ComplexPlane.BlockFloats, nameof(target));
        _columns.Forward(plane.Block(block), target.Pointer, scratch.Take(WorkFloats));
        KeepAlive(plane, scratch);
        GC.KeepAlive(target);
    }

    /// <summary>Transforms some rows forward.</summary>
    public void ForwardRows(BlockedPlane plane, int firstRow, int rowCount, FourierScratch scratch) =>
        TransformRows(plane, firstRow, rowCount, plane.Blocks, scratch, inverse: false);

    /// <summary>Transforms some rows back, 1 / columns included.</summary>
    /// <param name="plane">The plane.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="rowCount">How many.</param>
    /// <param name="presentBlocks">Blocks of columns from the first on that may differ from zero; what the others hold has no meaning.</param>
    /// <param name="scratch">This thread's memory.</param>
    public void InverseRows(BlockedPlane plane, int firstRow, int rowCount, int presentBlocks, FourierScratch scratch) =>
        TransformRows(plane, firstRow, rowCount, presentBlocks, scratch, inverse: true);

    private void TransformRows(BlockedPlane plane, int firstRow, int rowCount, int presentBlocks, FourierScratch scratch, bool inverse)
    {
        Check(plane, firstRow, Rows - rowCount + 1);
        ArgumentOutOfRangeException.ThrowIfNegative(rowCount);
        for (int block = presentBlocks; block < plane.Blocks && !_rows.ReadsPresent; block++)
        {
            new Span<float>(plane.Block(block) + (firstRow * ComplexPlane.BlockFloats), rowCount * ComplexPlane.BlockFloats).Clear();
        }

        var span = new RowSpan(plane.Data + ((nint)firstRow * ComplexPlane.BlockFloats), ComplexPlane.BlockFloats, plane.BlockStride);
        _rows.Run(span, span, rowCount, scratch.Take(WorkFloats), inverse, presentBlocks);
        KeepAlive(plane, scratch);
    }

    private void Check(BlockedPlane plane, int index, int limit)
    {
        if (plane.Rows != Rows || plane.Columns != Columns)
        {
            throw new ArgumentException("The plane's shape is not the one that the transform was prepared for.", nameof(plane));
        }

        if (index < 0 || index >= limit)
        {
            throw new ArgumentOutOfRangeException(nameof(index), index, "The plane has no such rows or blocks.");
        }
    }

    /// <summary>Raw pointers do not hold their owners; the last use of each is here.</summary>
    private void KeepAlive(BlockedPlane plane, FourierScratch scratch)
    {
        GC.KeepAlive(this);
        GC.KeepAlive(plane);
        GC.KeepAlive(scratch);
    }
}
