using System.Runtime.CompilerServices;
using FsRec.Fourier.Kernels;

namespace FsRec.Fourier;

/// <summary>
/// Columns transformed back, a block of 16 at a time, from a tile that the caller fills with the rows that are not zero to the rows of
/// a plane that somebody will read. The tile is a block's column, row after row, so that what fills it needs no pass of its own
/// over the plane. Read-only once made.
/// </summary>
internal sealed unsafe class PartialColumnPass
{
    private readonly LineTransform _line;
    private readonly int _lanes;

    /// <summary>Prepares columns of one length.</summary>
    /// <param name="rows">Rows of the plane.</param>
    /// <param name="presentRows">Rows from the first on that may differ from zero; the tile's others must be zero.</param>
    public PartialColumnPass(int rows, int presentRows)
        : this(rows, presentRows, KernelSet.Best)
    {
    }

    /// <summary>Prepares columns of one length on a chosen instruction set.</summary>
    internal PartialColumnPass(int rows, int presentRows, KernelSet kernels)
    {
        Rows = rows;
        _lanes = kernels.Lanes;
        _line = LineTransform.Create(rows, kernels, Prefetch.None, new LinePart(2 * presentRows <= rows, Selects: true));
    }

    /// <summary>Rows of the plane and of a tile.</summary>
    public int Rows { get; }

    /// <summary>Takes the memory one thread needs: a tile of zeros, and scratch.</summary>
    public ColumnTile CreateTile() => new(Rows, _line.WorkFloats);

    /// <summary>What <see cref="Inverse"/> is told to write: some neighbouring rows, counted round the end.</summary>
    public ulong Keep(int firstRow, int rowCount) => _line.Keep(Periodic.Wrap(firstRow, Rows), rowCount);

    /// <summary>Transforms a tile back, 1 / rows included, to a block of a plane's columns.</summary>
    /// <param name="tile">The column; unchanged.</param>
    /// <param name="plane">The plane.</param>
    /// <param name="block">The block of its columns that is written.</param>
    /// <param name="keep">The rows wanted, from <see cref="Keep"/>; others may be written as well.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Inverse(ColumnTile tile, ComplexPlane plane, int block, ulong keep)
    {
        float* target = plane.Data + ((nint)block * ComplexPlane.BlockFloats);
        for (int lane = 0; lane < ComplexPlane.Lanes; lane += _lanes)
        {
            var from = new Lines(tile.Row(0) + lane, ComplexPlane.Lanes, ComplexPlane.BlockFloats);
            var to = new Lines(target + lane, ComplexPlane.Lanes, plane.RowStride);
            _line.Run(from.Exchanged(), to.Exchanged(), tile.Work, scaled: true, keep);
        }

        GC.KeepAlive(this);
        GC.KeepAlive(tile);
        GC.KeepAlive(plane);
    }
}
