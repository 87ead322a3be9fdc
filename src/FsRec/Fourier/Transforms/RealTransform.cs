using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using FsRec.Fourier.Kernels;

namespace FsRec.Fourier;

/// <summary>
/// Transforms of real images. A spectrum is kept as the half-plane of columns 0 to columns / 2, all rows; conjugate
/// symmetry gives the rest. Two real rows ride in one complex row.
/// </summary>
internal sealed unsafe class RealTransform
{
    private const int Lanes = ComplexPlane.Lanes;
    private const int BatchRows = 16;

    private readonly RealRowPass? _rows;
    private readonly FourierTransform? _lines;
    private readonly ColumnPass _columns;

    /// <summary>Prepares transforms of real images of one shape.</summary>
    public RealTransform(int rows, int columns)
        : this(rows, columns, KernelSet.Best)
    {
    }

    /// <summary>Prepares transforms of real images of one shape on a chosen instruction set.</summary>
    internal RealTransform(int rows, int columns, KernelSet kernels)
    {
        Rows = rows;
        Columns = columns;
        HalfColumns = (columns / 2) + 1;
        _rows = RealRowPass.Create(columns, kernels);
        _lines = _rows is null ? new FourierTransform(BatchRows, columns, kernels) : null;
        _columns = new ColumnPass(rows, kernels);
    }

    /// <summary>Rows of the images.</summary>
    public int Rows { get; }

    /// <summary>Columns of the images.</summary>
    public int Columns { get; }

    /// <summary>Columns of a half-plane.</summary>
    public int HalfColumns { get; }

    /// <summary>Takes a half-plane spectrum of zeros.</summary>
    public ComplexPlane CreateHalfPlane() => new(Rows, HalfColumns);

    /// <summary>Takes the memory one thread needs.</summary>
    public RealTransformScratch CreateScratch() =>
        new(new ComplexPlane(_rows is null ? BatchRows : 1, Columns), _lines?.CreateScratch() ?? new FourierScratch(_rows!.WorkFloats), new FourierScratch(_columns.WorkFloats), Columns);

    /// <summary>Transforms an image forward, without a factor.</summary>
    /// <param name="image">Row-major pixels.</param>
    /// <param name="spectrum">The half-plane to fill.</param>
    /// <param name="scratch">This thread's scratch.</param>
    /// <param name="blocks">Blocks of columns that are wanted; what the others hold then has no meaning. <see langword="null"/> for all.</param>
    public void Forward(ReadOnlySpan<float> image, ComplexPlane spectrum, RealTransformScratch scratch, int? blocks = null)
    {
        ForwardRows(image, 0, Rows, spectrum, scratch);
        TransformColumns(spectrum, 0, blocks ?? spectrum.Blocks, scratch, inverse: false);
    }

    /// <summary>
    /// Transforms an image forward, multiplies its spectrum by a table and transforms the columns back, each block while it is in the cache;
    /// rows follow with <see cref="InverseRows"/>.
    /// </summary>
    /// <param name="image">Row-major pixels.</param>
    /// <param name="firstRow">The first row that may differ from zero; others are not read.</param>
    /// <param name="rowCount">How many may.</param>
    /// <param name="filter">Factors of rows |ky| on the half-plane.</param>
    /// <param name="spectrum">The half-plane to fill.</param>
    /// <param name="scratch">This thread's scratch.</param>
    public void Filter(ReadOnlySpan<float> image, int firstRow, int rowCount, RealTable filter, ComplexPlane spectrum, RealTransformScratch scratch)
    {
        ForwardRows(image, firstRow, rowCount, spectrum, scratch);
        for (int block = 0; block < spectrum.Blocks; block++)
        {
            ClearRows(spectrum, block, 0, firstRow);
            ClearRows(spectrum, block, firstRow + rowCount, Rows);
            TransformColumns(spectrum, block, 1, scratch, inverse: false);
            SpectrumKernels.Multiply(spectrum, filter, block);
            TransformColumns(spectrum, block, 1, scratch, inverse: true);
        }
    }

    private void TransformColumns(ComplexPlane spectrum, int firstBlock, int blockCount, RealTransformScratch scratch, bool inverse)
    {
        if (spectrum.Rows != Rows || spectrum.Columns != HalfColumns)
        {
            throw new ArgumentException("The spectrum's shape is not the one that the transform was prepared for.", nameof(spectrum));
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(blockCount, spectrum.Blocks - firstBlock);
        _columns.Run(spectrum, firstBlock, blockCount, scratch.Columns.Take(_columns.WorkFloats), inverse);
        KeepAlive(spectrum, scratch);
    }

    /// <summary>Raw pointers do not hold their owners; the last use of each is here.</summary>
    private void KeepAlive(ComplexPlane spectrum, RealTransformScratch scratch)
    {
        GC.KeepAlive(this);
        GC.KeepAlive(spectrum);
        GC.KeepAlive(scratch);
    }

    private static void ClearRows(ComplexPlane plane, int block, int first, int end)
    {
        for (int row = first; row < end; row++)
        {
            new Span<float>(plane.Row(row) + (block * ComplexPlane.BlockFloats), ComplexPlane.BlockFloats).Clear();
        }
    }

    private void ForwardRows(ReadOnlySpan<float> image, int firstRow, int rowCount, ComplexPlane spectrum, RealTransformScratch scratch)
    {
        if (_rows is not null)
        {
            _rows.Forward(image[(firstRow * Columns)..], rowCount, new RowSpan(spectrum.Row(firstRow), spectrum.RowStride), scratch.Lines.Take(_rows.WorkFloats));
            KeepAlive(spectrum, scratch);
            return;
        }

        ComplexPlane batch = scratch.Batch;
        int end = firstRow + rowCount;
        fixed (float* pixels = image)
        {
            for (int first = firstRow; first < end; first += 2 * BatchRows)
            {
                int rows = Math.Min(2 * BatchRows, end - first);
                int pairs = (rows + 1) / 2;
                for (int p = 0; p < pairs; p++)
                {
                    float* even = pixels + ((long)(first + (2 * p)) * Columns);
                    Pack(even, (2 * p) + 1 < rows ? even + Columns : null, batch.Row(p));
                }

                _lines!.ForwardRows(batch, 0, pairs, scratch.Lines);
                for (int p = 0; p < pairs; p++)
                {
                    int row = first + (2 * p);
                    Unpack(batch.Row(p), spectrum.Row(row), (2 * p) + 1 < rows ? spectrum.Row(row + 1) : null, scratch);
                }
            }
        }
    }

    /// <summary>Transforms the columns of a half-plane back, 1 / rows included; rows follow with <see cref="InverseRows"/>.</summary>
    /// <param name="spectrum">The half-plane.</param>
    /// <param name="scratch">This thread's scratch.</param>
    /// <param name="blocks">Of a spectrum that is zero beyond its first blocks of columns, how many these are; <see langword="null"/> for all.</param>
    public void InverseColumns(ComplexPlane spectrum, RealTransformScratch scratch, int? blocks = null) =>
        TransformColumns(spectrum, 0, blocks ?? spectrum.Blocks, scratch, inverse: true);

    /// <summary>
    /// Transforms some rows of a half-plane, whose columns were transformed back before, to the pixels of a rectangle of
    /// the image, 1 / columns included.
    /// </summary>
    /// <param name="spectrum">The half-plane after <see cref="InverseColumns"/>; it is not changed.</param>
    /// <param name="firstRow">First row wanted.</param>
    /// <param name="rowCount">Rows wanted.</param>
    /// <param name="firstColumn">First column wanted.</param>
    /// <param name="columnCount">Columns wanted.</param>
    /// <param name="target">Where the rectangle goes, row-major.</param>
    /// <param name="scratch">This thread's scratch.</param>
    public void InverseRows(ComplexPlane spectrum, int firstRow, int rowCount, int firstColumn, int columnCount, Span<float> target, RealTransformScratch scratch)
    {
        if (_rows is not null)
        {
            _rows.Inverse(new RowSpan(spectrum.Row(firstRow), spectrum.RowStride), rowCount, firstColumn, columnCount, target, scratch.Lines.Take(_rows.WorkFloats));
            KeepAlive(spectrum, scratch);
            return;
        }

        ComplexPlane batch = scratch.Batch;
        for (int done = 0; done < rowCount; done += 2 * BatchRows)
        {
            int rows = Math.Min(2 * BatchRows, rowCount - done);
            int pairs = (rows + 1) / 2;
            for (int p = 0; p < pairs; p++)
            {
                int row = firstRow + done + (2 * p);
                Expand(spectrum.Row(row), (2 * p) + 1 < rows ? spectrum.Row(row + 1) : null, batch.Row(p), scratch);
            }

            _lines!.InverseRows(batch, 0, pairs, scratch.Lines);
            for (int p = 0; p < pairs; p++)
            {
                int at = (done + (2 * p)) * columnCount;
                Extract(batch.Row(p), firstColumn, target.Slice(at, columnCount));
                if ((2 * p) + 1 < rows)
                {
                    Extract(batch.Row(p) + Lanes, firstColumn, target.Slice(at + columnCount, columnCount));
                }
            }
        }
    }

    /// <summary>z = even + i·odd, pixel by pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pack(float* even, float* odd, float* line)
    {
        int c = 0;
        for (; c + Lanes <= Columns; c += Lanes)
        {
            float* p = line + (2 * c);
            Vector512.Load(even + c).Store(p);
            (odd is null ? Vector512<float>.Zero : Vector512.Load(odd + c)).Store(p + Lanes);
        }

        for (; c < Columns; c++)
        {
            float* p = line + ComplexPlane.Offset(c);
            p[0] = even[c];
            p[Lanes] = odd is null ? 0 : odd[c];
        }
    }

    /// <summary>X_even(k) = (Z(k) + Z*(n − k)) / 2, X_odd(k) = (Z(k) − Z*(n − k)) / 2i for k from 0 to n / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Unpack(float* line, float* even, float* odd, RealTransformScratch scratch)
    {
        float* re = scratch.FlatRe;
        float* im = scratch.FlatIm;
        MirroredRow.Flatten(line, Columns, re, im);
        var half = Vector512.Create(0.5f);
        for (int k = 0; k < HalfColumns; k += Lanes)
        {
            Vector512<float> zr = Vector512.Load(re + k);
            Vector512<float> zi = Vector512.Load(im + k);
            Vector512<float> mr = MirroredRow.Load(re, Columns, k);
            Vector512<float> mi = MirroredRow.Load(im, Columns, k);
            float* e = even + (2 * k);
            ((zr + mr) * half).Store(e);
            ((zi - mi) * half).Store(e + Lanes);
            if (odd is not null)
            {
                float* o = odd + (2 * k);
                ((zi + mi) * half).Store(o);
                ((mr - zr) * half).Store(o + Lanes);
            }
        }
    }

    /// <summary>Z = X_even + i·X_odd over all columns, the upper ones by conjugate symmetry of both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Expand(float* even, float* odd, float* line, RealTransformScratch scratch)
    {
        float* re = scratch.FlatRe;
        float* im = scratch.FlatIm;
        // The mirrored halves go first, from the top: their ragged ends are overwritten by the direct ones.
        int last = (HalfColumns - 1) / Lanes * Lanes;
        for (int k = last; k >= 0; k -= Lanes)
        {
            (Vector512<float> er, Vector512<float> ei, Vector512<float> or, Vector512<float> oi) = LoadPair(even, odd, k);
            MirroredRow.Store(er + oi, re, Columns, k);
            MirroredRow.Store(or - ei, im, Columns, k);
        }

        for (int k = 0; k <= last - Lanes; k += Lanes)
        {
            (Vector512<float> er, Vector512<float> ei, Vector512<float> or, Vector512<float> oi) = LoadPair(even, odd, k);
            (er - oi).Store(re + k);
            (ei + or).Store(im + k);
        }

        for (int k = last; k < HalfColumns; k++)
        {
            float* e = even + ComplexPlane.Offset(k);
            float* o = odd is null ? null : odd + ComplexPlane.Offset(k);
            re[k] = e[0] - (o is null ? 0 : o[Lanes]);
            im[k] = e[Lanes] + (o is null ? 0 : o[0]);
        }

        MakeReal(even, odd, re, im, 0);
        if (Columns % 2 == 0)
        {
            MakeReal(even, odd, re, im, Columns / 2);
        }

        for (int c = 0; c < Columns; c += Lanes)
        {
            Vector512.Load(re + c).Store(line + (2 * c));
            Vector512.Load(im + c).Store(line + (2 * c) + Lanes);
        }
    }

    /// <summary>The mean and the Nyquist column of a real row have no imaginary part; rounding's is dropped.</summary>
    private static void MakeReal(float* even, float* odd, float* re, float* im, int k)
    {
        re[k] = even[ComplexPlane.Offset(k)];
        im[k] = odd is null ? 0 : odd[ComplexPlane.Offset(k)];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> EvenRe, Vector512<float> EvenIm, Vector512<float> OddRe, Vector512<float> OddIm) LoadPair(float* even, float* odd, int k)
    {
        float* e = even + (2 * k);
        float* o = odd + (2 * k);
        return odd is null
            ? (Vector512.Load(e), Vector512.Load(e + Lanes), Vector512<float>.Zero, Vector512<float>.Zero)
            : (Vector512.Load(e), Vector512.Load(e + Lanes), Vector512.Load(o), Vector512.Load(o + Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Extract(float* part, int firstColumn, Span<float> target)
    {
        for (int i = 0; i < target.Length;)
        {
            int column = firstColumn + i;
            int lane = column & (Lanes - 1);
            int count = Math.Min(Lanes - lane, target.Length - i);
            float* source = part + ComplexPlane.Offset(column);
            if (count == Lanes)
            {
                Vector512.Load(source).CopyTo(target[i..]);
            }
            else
            {
                new ReadOnlySpan<float>(source, count).CopyTo(target[i..]);
            }

            i += count;
        }
    }
}
