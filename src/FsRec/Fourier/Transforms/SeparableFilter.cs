using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FsRec.Fourier.Kernels;

namespace FsRec.Fourier;

/// <summary>
/// The convolution of a real image with a kernel whose real spectrum is a product of factors of rows and of columns. Two rows are the real and the imaginary
/// part of one, and two blocks of columns of one: a real factor that is even keeps both apart, so that nothing need be taken apart or put together between
/// the transforms, and no spectrum goes through memory. Rows of a multiple of 16 pixels. Read-only once made.
/// </summary>
internal sealed unsafe class SeparableFilter : IDisposable
{
    private const int Lanes = ComplexPlane.Lanes;
    private const int Element = ComplexPlane.BlockFloats;

    private readonly int _rows;
    private readonly int _columns;
    private readonly SplitRowPass _rowPass;
    private readonly BlockedColumnPass _columnPass;
    private readonly AlignedBuffer _rowFactors;
    private readonly AlignedBuffer _columnFactors;

    private SeparableFilter(int rows, int columns, SplitRowPass rowPass, Func<int, double> alongRows, Func<int, double> alongColumns, KernelSet kernels)
    {
        (_rows, _columns, _rowPass) = (rows, columns, rowPass);
        _columnPass = new BlockedColumnPass(rows, rows, kernels);
        _rowFactors = Factors(rows, alongRows);
        _columnFactors = Factors(columns, alongColumns);
    }

    private int FlatFloats => _columns + Lanes;

    private int ColumnFloats => _rows * Element;

    private int RowWork => (10 * FlatFloats) + _rowPass.WorkFloats;

    private int ColumnWork => (3 * ColumnFloats) + _columnPass.WorkFloats;

    /// <summary>Prepares images of one shape; <see langword="null"/> where it is none that this filter takes.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="alongRows">The factor of ky, from 0 to half the rows.</param>
    /// <param name="alongColumns">The factor of kx, from 0 to half the columns.</param>
    /// <param name="kernels">The instruction set; <see langword="null"/> for the best.</param>
    public static SeparableFilter? Create(int rows, int columns, Func<int, double> alongRows, Func<int, double> alongColumns, KernelSet? kernels = null) =>
        columns % Lanes == 0 && RowPass.Create(columns, kernels ?? KernelSet.Best) is SplitRowPass pass
            ? new SeparableFilter(rows, columns, pass, alongRows, alongColumns, kernels ?? KernelSet.Best)
            : null;

    /// <summary>Takes the memory one thread needs.</summary>
    public FourierScratch CreateScratch() => new(Math.Max(RowWork, ColumnWork));

    /// <summary>Filters rows along themselves.</summary>
    /// <param name="source">Fills the rows, from 0 on; each is asked for before it is written.</param>
    /// <param name="rows">How many.</param>
    /// <param name="target">Where they go, one behind the other; aligned to a cache line.</param>
    /// <param name="scratch">This thread's memory.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void FilterRows<TSource>(ref TSource source, int rows, float* target, FourierScratch scratch)
        where TSource : struct, IPixelRows
    {
        // Two pairs of rows, two of their spectra, and a pair that nobody asked for.
        float* pixels = scratch.Take(RowWork);
        float* spectra = pixels + (4 * FlatFloats);
        float* spare = spectra + (4 * FlatFloats);
        float* work = spare + (2 * FlatFloats);
        Load(ref source, 0, rows, pixels);
        // Each step works on a pair of its own: reading across two stores just made would wait for both to reach the cache.
        for (int r = 0; r < rows + 2; r += 2)
        {
            float* flat = pixels + ((r & 2) * FlatFloats);
            float* spectrum = spectra + ((r & 2) * FlatFloats);
            Load(ref source, r + 2, rows, pixels + ((~r & 2) * FlatFloats));
            if (r < rows)
            {
                _rowPass.RunFlat(flat, FlatFloats, new Lines(spectrum, FlatFloats, Lanes), work, inverse: false);
                Multiply(spectrum);
            }

            if (r >= 2)
            {
                float* to = target + ((nint)(r - 2) * _columns);
                bool two = r <= rows;
                Lines lines = two ? new Lines(to, _columns, Lanes) : new Lines(spare, FlatFloats, Lanes);
                _rowPass.RunFlat(spectra + ((~r & 2) * FlatFloats), FlatFloats, lines, work, inverse: true);
                if (!two)
                {
                    new Span<float>(spare, _columns).CopyTo(new Span<float>(to, _columns));
                }
            }
        }

        KeepAlive(scratch);
    }

    /// <summary>Filters some columns along themselves, in place.</summary>
    /// <param name="image">The whole image, row-major.</param>
    /// <param name="firstRow">The first row that may differ from zero; others are not read.</param>
    /// <param name="rowCount">How many may.</param>
    /// <param name="wantedRow">The first row that is wanted; others are left as they are.</param>
    /// <param name="wantedCount">How many are.</param>
    /// <param name="firstColumn">The first column wanted.</param>
    /// <param name="columnCount">How many are; others of their blocks of 16 are filtered as well.</param>
    /// <param name="scratch">This thread's memory.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void FilterColumns(
        float* image, int firstRow, int rowCount, int wantedRow, int wantedCount, int firstColumn, int columnCount, FourierScratch scratch)
    {
        float* block = scratch.Take(ColumnWork);
        float* spectrum = block + ColumnFloats;
        float* filtered = spectrum + ColumnFloats;
        float* work = filtered + ColumnFloats;
        new Span<float>(block, ColumnFloats).Clear();
        int end = (firstColumn + columnCount + Lanes - 1) / Lanes * Lanes;
        for (int column = firstColumn / Lanes * Lanes; column < end; column += Element)
        {
            // The last block may have none beside it: any ordinary numbers would do.
            int other = column + Lanes < end ? Lanes : 0;
            float* x = image + ((nint)firstRow * _columns) + column;
            float* y = block + (firstRow * Element);
            for (int r = 0; r < rowCount; r++, x += _columns, y += Element)
            {
                Vector512.Load(x).Store(y);
                Vector512.Load(x + other).Store(y + Lanes);
            }

            _columnPass.Forward(block, spectrum, work);
            var product = new RowsTimes(spectrum, _rowFactors.Pointer);
            _columnPass.Inverse(ref product, filtered, work);
            x = image + ((nint)wantedRow * _columns) + column;
            y = filtered + (wantedRow * Element);
            for (int r = 0; r < wantedCount; r++, x += _columns, y += Element)
            {
                Vector512.Load(y + Lanes).Store(x + other);
                Vector512.Load(y).Store(x);
            }
        }

        KeepAlive(scratch);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _rowFactors.Dispose();
        _columnFactors.Dispose();
    }

    private static AlignedBuffer Factors(int count, Func<int, double> factor)
    {
        var buffer = new AlignedBuffer(count);
        for (int k = 0; k < count; k++)
        {
            buffer.Pointer[k] = (float)factor(Math.Min(k, count - k));
        }

        return buffer;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Load<TSource>(ref TSource source, int row, int rows, float* flat)
        where TSource : struct, IPixelRows
    {
        if (row < rows)
        {
            source.Load(row, flat);
            if (row + 1 < rows)
            {
                source.Load(row + 1, flat + FlatFloats);
            }
            else
            {
                new Span<float>(flat + FlatFloats, _columns).Clear();
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Multiply(float* spectrum)
    {
        float* factors = _columnFactors.Pointer;
        float* imaginary = spectrum + FlatFloats;
        for (int k = 0; k < _columns; k += Lanes)
        {
            Vector512<float> factor = Vector512.Load(factors + k);
            (Vector512.Load(spectrum + k) * factor).Store(spectrum + k);
            (Vector512.Load(imaginary + k) * factor).Store(imaginary + k);
        }
    }

    /// <summary>Raw pointers do not hold their owners; the last use of each is here.</summary>
    private void KeepAlive(FourierScratch scratch)
    {
        GC.KeepAlive(this);
        GC.KeepAlive(scratch);
    }

    /// <summary>A block of columns times a factor of each row.</summary>
    private readonly struct RowsTimes(float* columns, float* factors) : IRowLoader
    {
        private readonly float* _columns = columns;
        private readonly float* _factors = factors;

        /// <inheritdoc />
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Load(int row, int count, float* target)
        {
            float* x = _columns + ((nint)row * Element);
            float* factor = _factors + row;
            for (int i = 0; i < count; i++, x += Element, target += Element)
            {
                var weight = Vector512.Create(factor[i]);
                (Vector512.Load(x) * weight).Store(target);
                (Vector512.Load(x + Lanes) * weight).Store(target + Lanes);
            }
        }

        /// <summary>Nothing: the block is in the second cache.</summary>
        public void Fetch(int row, int count, bool nextBlock)
        {
        }
    }
}
