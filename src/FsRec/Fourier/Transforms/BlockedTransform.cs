using System.Runtime.Intrinsics;
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

    /// <summary>Transforms a block of columns forward to another place, times 1 / rows, real and imaginary parts exchanged.</summary>
    /// <param name="plane">The plane; unchanged.</param>
    /// <param name="firstRow">The first row that may differ from zero; others are not read.</param>
    /// <param name="rowCount">How many may.</param>
    /// <param name="block">The block of its columns.</param>
    /// <param name="target">All rows of a block; of those that need not be present before columns are transformed back, some are not written.</param>
    /// <param name="scratch">This thread's memory.</param>
    public void ForwardColumns(BlockedPlane plane, int firstRow, int rowCount, int block, AlignedBuffer target, FourierScratch scratch)
    {
        Check(plane, block, plane.Blocks);
        Check(plane, firstRow, Rows - rowCount + 1);
        ArgumentOutOfRangeException.ThrowIfNegative(rowCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Length, (long)Rows * ComplexPlane.BlockFloats, nameof(target));
        var rows = new ExchangedRows(plane.Block(block), firstRow, firstRow + rowCount);
        _columns.ForwardExchanged(ref rows, target.Pointer, scratch.Take(WorkFloats));
        KeepAlive(plane, scratch);
        GC.KeepAlive(target);
    }

    /// <summary>Transforms some rows forward.</summary>
    /// <param name="plane">The plane.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="rowCount">How many.</param>
    /// <param name="scratch">This thread's memory.</param>
    /// <param name="wantedBlocks">Blocks of columns from the first on that are wanted; what the others hold then has no meaning.</param>
    /// <param name="factors">A real factor of each element of these rows before, row by row; <see langword="null"/> for none.</param>
    public void ForwardRows(BlockedPlane plane, int firstRow, int rowCount, FourierScratch scratch, int wantedBlocks = int.MaxValue, float* factors = null)
    {
        if (factors is not null && Columns % ComplexPlane.Lanes != 0)
        {
            throw new ArgumentException("Rows are multiplied in whole blocks.", nameof(factors));
        }

        TransformRows(
            plane, firstRow, rowCount, new RowPart { WantedBlocks = wantedBlocks, Factors = factors, FactorStride = Columns }, scratch, inverse: false);
    }

    /// <summary>Transforms some rows back, 1 / columns included.</summary>
    /// <param name="plane">The plane.</param>
    /// <param name="firstRow">The first row.</param>
    /// <param name="rowCount">How many.</param>
    /// <param name="presentBlocks">Blocks of columns from the first on that may differ from zero; what the others hold has no meaning.</param>
    /// <param name="scratch">This thread's memory.</param>
    public void InverseRows(BlockedPlane plane, int firstRow, int rowCount, int presentBlocks, FourierScratch scratch) =>
        TransformRows(plane, firstRow, rowCount, new RowPart { PresentBlocks = presentBlocks }, scratch, inverse: true);

    private void TransformRows(BlockedPlane plane, int firstRow, int rowCount, RowPart part, FourierScratch scratch, bool inverse)
    {
        Check(plane, firstRow, Rows - rowCount + 1);
        ArgumentOutOfRangeException.ThrowIfNegative(rowCount);
        float* first = plane.Data + ((nint)firstRow * ComplexPlane.BlockFloats);
        for (int block = 0; block < plane.Blocks && !_rows.HeedsParts; block++)
        {
            float* b = first + ((nint)block * plane.BlockStride);
            if (block >= part.PresentBlocks)
            {
                new Span<float>(b, rowCount * ComplexPlane.BlockFloats).Clear();
            }

            for (int row = 0; row < rowCount && part.Factors is not null; row++, b += ComplexPlane.BlockFloats)
            {
                Vector512<float> factor = Vector512.Load(part.Factors + (row * part.FactorStride) + (block * ComplexPlane.Lanes));
                (Vector512.Load(b) * factor).Store(b);
                (Vector512.Load(b + ComplexPlane.Lanes) * factor).Store(b + ComplexPlane.Lanes);
            }
        }

        var span = new RowSpan(first, ComplexPlane.BlockFloats, plane.BlockStride);
        _rows.Run(span, span, rowCount, scratch.Take(WorkFloats), inverse, part);
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
