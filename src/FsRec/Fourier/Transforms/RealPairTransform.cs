using System.Runtime.CompilerServices;
using FsRec.Fourier.Kernels;

namespace FsRec.Fourier;

/// <summary>
/// The forward transforms of two real planes a and b at the cost of one: packed as a + ib, transformed along the rows,
/// taken apart there by conjugate symmetry while a row is in the first cache, and transformed along the columns that are
/// wanted. Because A(−r, −c) = conj A(r, c), columns / 2 + 1 columns hold all there is; fewer do for a band, all of them
/// give the full spectrum. A plan is read-only and shared by threads.
/// </summary>
internal sealed unsafe class RealPairTransform
{
    private readonly KernelSet _kernels;
    private readonly RowPass _rowPass;
    private readonly ColumnPass _columnPass;

    /// <summary>Prepares transforms of one shape.</summary>
    /// <param name="rows">Rows of the real planes.</param>
    /// <param name="columns">Columns of the real planes.</param>
    /// <param name="wanted">Columns of the spectra, from 0 on; columns / 2 + 1 where nothing else is asked for.</param>
    public RealPairTransform(int rows, int columns, int? wanted = null)
        : this(rows, columns, wanted, KernelSet.Best)
    {
    }

    internal RealPairTransform(int rows, int columns, int? wanted, KernelSet kernels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        Rows = rows;
        Columns = columns;
        SpectrumColumns = wanted ?? ((columns / 2) + 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(SpectrumColumns, nameof(wanted));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SpectrumColumns, columns, nameof(wanted));
        _kernels = kernels;
        _rowPass = RowPass.Create(columns, kernels);
        _columnPass = new ColumnPass(rows, kernels);
    }

    /// <summary>Rows of the real planes and of their spectra.</summary>
    public int Rows { get; }

    /// <summary>Columns of the real planes.</summary>
    public int Columns { get; }

    /// <summary>Columns of the spectra.</summary>
    public int SpectrumColumns { get; }

    private int RowFloats => (Columns + ComplexPlane.Lanes - 1) / ComplexPlane.Lanes * ComplexPlane.BlockFloats;

    private int FlatFloats => 2 * PairKernel.FlatFloats(Columns);

    private int BufferFloats => (_rowPass.Together * RowFloats) + FlatFloats;

    private int WorkFloats => Math.Max(BufferFloats + _rowPass.WorkFloats, _columnPass.WorkFloats);

    /// <summary>Takes the scratch memory that one thread's calls need.</summary>
    public FourierScratch CreateScratch() => new(WorkFloats);

    /// <summary>Transforms a pair; it stays as it is.</summary>
    /// <param name="pair">a as real part, b as imaginary part.</param>
    /// <param name="a">Where the spectrum of a goes: <see cref="SpectrumColumns"/> columns.</param>
    /// <param name="b">Where the spectrum of b goes.</param>
    /// <param name="scratch">The caller's scratch memory.</param>
    public void Forward(ComplexPlane pair, ComplexPlane a, ComplexPlane b, FourierScratch scratch)
    {
        ForwardRows(pair, a, b, 0, Rows, scratch);
        float* work = scratch.Take(WorkFloats);
        _columnPass.Run(a, 0, a.Blocks, work, inverse: false);
        _columnPass.Run(b, 0, b.Blocks, work, inverse: false);
        GC.KeepAlive(this);
        GC.KeepAlive(scratch);
    }

    /// <summary>The first half of it: transforms some rows and takes them apart, the columns yet to come.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ForwardRows(
        ComplexPlane pair, ComplexPlane a, ComplexPlane b, int firstRow, int rowCount, FourierScratch scratch)
    {
        Check(pair, Columns);
        Check(a, SpectrumColumns);
        Check(b, SpectrumColumns);
        if (firstRow < 0 || rowCount < 0 || firstRow > Rows - rowCount)
        {
            throw new ArgumentOutOfRangeException(nameof(firstRow), firstRow, "The planes have no such rows.");
        }

        float* work = scratch.Take(WorkFloats);
        var buffer = new RowSpan(work, RowFloats);
        float* flat = work + (_rowPass.Together * RowFloats);
        int end = firstRow + rowCount;
        bool fetches = (long)rowCount * RowFloats >= CacheLines.Least;
        for (int row = firstRow; row < end; row += _rowPass.Together)
        {
            int here = Math.Min(_rowPass.Together, end - row);
            _rowPass.Run(
                new RowSpan(pair.Row(row), pair.RowStride), buffer, here, work + BufferFloats, inverse: false);
            for (int i = row + here; i < Math.Min(row + here + _rowPass.Together, end) && fetches; i++)
            {
                CacheLines.Fetch(pair.Row(i), RowFloats);
            }

            for (int i = 0; i < here; i++)
            {
                _kernels.SeparatePair(buffer[i], flat, Columns, a.Row(row + i), b.Row(row + i), SpectrumColumns);
            }
        }

        GC.KeepAlive(this);
        GC.KeepAlive(pair);
        GC.KeepAlive(a);
        GC.KeepAlive(b);
        GC.KeepAlive(scratch);
    }

    private void Check(ComplexPlane plane, int columns)
    {
        if (plane.Rows != Rows || plane.Columns != columns)
        {
            throw new ArgumentException("A plane's shape is not the one that the transform was prepared for.", nameof(plane));
        }
    }
}
