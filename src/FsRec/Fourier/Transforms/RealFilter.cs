using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FsRec.Fourier.Kernels;

namespace FsRec.Fourier;

/// <summary>
/// The convolution of a real image with a kernel that is given by its real spectrum: rows forward to a half-plane, its columns forward, times
/// the spectrum and back, a block of 16 while it is in the cache, and rows back. Read-only once made.
/// </summary>
internal sealed unsafe class RealFilter
{
    private readonly RealTransform _transform;
    private readonly RealRowPass? _rowPass;
    private readonly BlockedColumnPass _columnPass;

    /// <summary>Prepares images of one shape.</summary>
    public RealFilter(int rows, int columns)
        : this(rows, columns, KernelSet.Best)
    {
    }

    /// <summary>Prepares images of one shape on a chosen instruction set.</summary>
    internal RealFilter(int rows, int columns, KernelSet kernels)
    {
        _transform = new RealTransform(rows, columns, kernels);
        _rowPass = RealRowPass.Create(columns, kernels);
        _columnPass = new BlockedColumnPass(rows, rows, kernels);
    }

    private int ColumnFloats => _transform.Rows * ComplexPlane.BlockFloats;

    private int WorkFloats => ColumnFloats + Math.Max(_rowPass!.WorkFloats, _columnPass.WorkFloats);

    /// <summary>Takes the memory one thread needs.</summary>
    public RealFilterScratch CreateScratch() => _rowPass is null
        ? new RealFilterScratch(_transform.CreateHalfPlane(), _transform.CreateScratch())
        : new RealFilterScratch(new BlockedPlane(_transform.Rows, _transform.HalfColumns), new FourierScratch(WorkFloats));

    /// <summary>Filters an image, but for the transform of rows back, which follows with <see cref="InverseRows"/>.</summary>
    /// <param name="image">Row-major pixels.</param>
    /// <param name="firstRow">The first row that may differ from zero; others are not read.</param>
    /// <param name="rowCount">How many may.</param>
    /// <param name="filter">Factors of rows |ky| on the half-plane.</param>
    /// <param name="scratch">This thread's memory.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Filter(ReadOnlySpan<float> image, int firstRow, int rowCount, RealTable filter, RealFilterScratch scratch)
    {
        if (_rowPass is null)
        {
            _transform.Filter(image, firstRow, rowCount, filter, scratch.Spectrum!, scratch.Real!);
            return;
        }

        BlockedPlane half = scratch.Half!;
        float* columns = scratch.Work!.Take(WorkFloats);
        float* work = columns + ColumnFloats;
        int rows = _transform.Rows;
        _rowPass.Forward(image[(firstRow * _transform.Columns)..], rowCount, Rows(half, firstRow), work);
        for (int block = 0; block < half.Blocks; block++)
        {
            float* b = half.Block(block);
            new Span<float>(b, firstRow * ComplexPlane.BlockFloats).Clear();
            new Span<float>(b + ((firstRow + rowCount) * ComplexPlane.BlockFloats), (rows - firstRow - rowCount) * ComplexPlane.BlockFloats).Clear();
            _columnPass.Forward(b, columns, work);
            var product = new FilteredRows(columns, rows, filter.Row(0) + (block * ComplexPlane.Lanes), filter.Stride);
            _columnPass.Inverse(ref product, b, work);
        }

        KeepAlive(filter, scratch);
    }

    /// <summary>Transforms rows back to the pixels of a rectangle.</summary>
    /// <param name="firstRow">First row wanted.</param>
    /// <param name="rowCount">Rows wanted.</param>
    /// <param name="firstColumn">First column wanted.</param>
    /// <param name="columnCount">Columns wanted.</param>
    /// <param name="target">Where the rectangle goes, row-major.</param>
    /// <param name="scratch">The memory that <see cref="Filter"/> was given.</param>
    public void InverseRows(int firstRow, int rowCount, int firstColumn, int columnCount, Span<float> target, RealFilterScratch scratch)
    {
        if (_rowPass is null)
        {
            _transform.InverseRows(scratch.Spectrum!, firstRow, rowCount, firstColumn, columnCount, target, scratch.Real!);
            return;
        }

        _rowPass.Inverse(Rows(scratch.Half!, firstRow), rowCount, firstColumn, columnCount, target, scratch.Work!.Take(WorkFloats) + ColumnFloats);
        KeepAlive(this, scratch);
    }

    private static RowSpan Rows(BlockedPlane plane, int firstRow) =>
        new(plane.Data + ((nint)firstRow * ComplexPlane.BlockFloats), ComplexPlane.BlockFloats, plane.BlockStride);

    /// <summary>Raw pointers do not hold their owners; the last use of each is here.</summary>
    private void KeepAlive(object filter, RealFilterScratch scratch)
    {
        GC.KeepAlive(this);
        GC.KeepAlive(filter);
        GC.KeepAlive(scratch);
    }

    /// <summary>A block of columns times the filter's factors of rows |ky|.</summary>
    private readonly struct FilteredRows(float* columns, int rows, float* factors, int stride) : IRowLoader
    {
        private readonly float* _columns = columns;
        private readonly int _rows = rows;
        private readonly float* _factors = factors;
        private readonly nint _stride = stride;

        /// <inheritdoc />
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Load(int row, int count, float* target)
        {
            float* from = _columns + ((nint)row * ComplexPlane.BlockFloats);
            int upward = Math.Clamp((_rows / 2) + 1 - row, 0, count);
            Multiply(ref from, _factors + (row * _stride), _stride, upward, ref target);
            Multiply(ref from, _factors + ((_rows - row - upward) * _stride), -_stride, count - upward, ref target);
        }

        /// <summary>Nothing: the block is in the second cache.</summary>
        public void Fetch(int row, int count, bool nextBlock)
        {
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Multiply(ref float* from, float* factors, nint stride, int count, ref float* target)
        {
            float* x = from;
            float* y = target;
            for (int i = 0; i < count; i++, x += ComplexPlane.BlockFloats, y += ComplexPlane.BlockFloats, factors += stride)
            {
                Vector512<float> weight = Vector512.Load(factors);
                (Vector512.Load(x) * weight).Store(y);
                (Vector512.Load(x + ComplexPlane.Lanes) * weight).Store(y + ComplexPlane.Lanes);
            }

            from = x;
            target = y;
        }
    }
}
