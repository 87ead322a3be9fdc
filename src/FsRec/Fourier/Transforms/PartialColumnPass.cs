using System.Runtime.CompilerServices;
using FsRec.Fourier.Kernels;

namespace FsRec.Fourier;

/// <summary>
/// Columns transformed back, a block of 16 at a time, from what a loader fills in, row by row, to the rows of a plane that somebody will
/// read: a product of spectra needs no pass of its own, and no column goes through memory before it is transformed. Read-only once
/// made.
/// </summary>
internal sealed unsafe class PartialColumnPass
{
    private readonly LineTransform _line;
    private readonly MixedRadixTransform? _inHalves;

    /// <summary>Prepares columns of one length.</summary>
    /// <param name="rows">Rows of the plane.</param>
    /// <param name="presentRows">Rows from the first on that may differ from zero; a loader is asked for others too, and fills zeros.</param>
    public PartialColumnPass(int rows, int presentRows)
        : this(rows, presentRows, KernelSet.Best)
    {
    }

    /// <summary>Prepares columns of one length on a chosen instruction set.</summary>
    /// <param name="rows">Rows of the plane.</param>
    /// <param name="presentRows">Rows from the first on that may differ from zero.</param>
    /// <param name="kernels">The kernels.</param>
    /// <param name="fetchesRows">
    /// Whether the row behind each that is written is fetched meanwhile, for targets whose rows follow one another; all rows are written then.
    /// </param>
    internal PartialColumnPass(int rows, int presentRows, KernelSet kernels, bool fetchesRows = false)
    {
        Rows = rows;
        _line = LineTransform.Create(
            rows, kernels, fetchesRows ? Prefetch.NextBlock : Prefetch.None, new LinePart(2 * presentRows <= rows, Selects: !fetchesRows));
        _inHalves = _line is MixedRadixTransform { HasTwoHalves: true } mixed ? mixed : null;
    }

    /// <summary>Rows of the plane.</summary>
    public int Rows { get; }

    /// <summary>Floats of memory that a call needs.</summary>
    public int WorkFloats => _inHalves?.LoadedWorkFloats ?? ((Rows * ComplexPlane.BlockFloats) + _line.WorkFloats);

    /// <summary>Takes the memory one thread needs.</summary>
    public FourierScratch CreateScratch() => new(WorkFloats);

    /// <summary>What <see cref="Inverse{TLoader}(ref TLoader, ComplexPlane, int, ulong, FourierScratch)"/> is told to write: some neighbouring rows, counted round the end.</summary>
    public ulong Keep(int firstRow, int rowCount) => _line.Keep(Periodic.Wrap(firstRow, Rows), rowCount);

    /// <summary>Transforms a block of columns back, 1 / rows included.</summary>
    /// <param name="loader">Fills the rows.</param>
    /// <param name="plane">The plane that is written.</param>
    /// <param name="block">The block of its columns.</param>
    /// <param name="keep">The rows wanted, from <see cref="Keep"/>; others may be written as well.</param>
    /// <param name="scratch">This thread's memory.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Inverse<TLoader>(ref TLoader loader, ComplexPlane plane, int block, ulong keep, FourierScratch scratch)
        where TLoader : struct, IRowLoader
    {
        InverseTo(ref loader, plane.Data + ((nint)block * ComplexPlane.BlockFloats), plane.RowStride, keep, scratch.Take(WorkFloats));
        GC.KeepAlive(this);
        GC.KeepAlive(scratch);
        GC.KeepAlive(plane);
    }

    /// <summary>Transforms a block of columns back, wherever its rows lie.</summary>
    /// <param name="loader">Fills the rows.</param>
    /// <param name="target">The block's first float.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="keep">The rows wanted.</param>
    /// <param name="work">This thread's memory, <see cref="WorkFloats"/> of it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void InverseTo<TLoader>(ref TLoader loader, float* target, nint stride, ulong keep, float* work)
        where TLoader : struct, IRowLoader
    {
        if (_inHalves is not null)
        {
            _inHalves.RunLoaded(ref loader, target, stride, work, keep);
        }
        else
        {
            loader.Load(0, Rows, work);
            var from = new Lines(work, ComplexPlane.Lanes, ComplexPlane.BlockFloats);
            var to = new Lines(target, ComplexPlane.Lanes, stride);
            _line.Run(from.Exchanged(), to.Exchanged(), work + (Rows * ComplexPlane.BlockFloats), scaled: true, keep);
        }
    }
}
