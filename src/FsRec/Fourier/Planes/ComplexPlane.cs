using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FsRec.Fourier;

/// <summary>
/// A plane of complex float32 numbers in the layout that the transforms work in: blocks of 16 columns, in each row 16 real
/// parts followed by 16 imaginary ones, so that one vector register holds the same part of 16 neighbouring columns.
/// Element (r, c) has its real part at r·RowStride + (c / 16)·32 + c mod 16 and its imaginary part 16 floats on.
/// The last block of a row is padded; what the padding holds has no meaning.
/// </summary>
internal sealed unsafe class ComplexPlane : IDisposable
{
    /// <summary>Columns of a block.</summary>
    public const int Lanes = 16;

    /// <summary>Floats of a block's row: real parts, then imaginary parts.</summary>
    public const int BlockFloats = 2 * Lanes;

    private readonly AlignedBuffer _buffer;
    private readonly long _offset;
    private readonly bool _owns = true;

    /// <summary>Takes a plane of zeros.</summary>
    /// <param name="rows">Rows, at least 1.</param>
    /// <param name="columns">Columns, at least 1.</param>
    public ComplexPlane(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        Rows = rows;
        Columns = columns;
        Blocks = BlocksOf(columns);
        RowStride = StrideOf(columns);
        _buffer = new AlignedBuffer((long)rows * RowStride);
    }

    private ComplexPlane(ComplexPlane shape, AlignedBuffer buffer, long offset)
    {
        (Rows, Columns, Blocks, RowStride) = (shape.Rows, shape.Columns, shape.Blocks, shape.RowStride);
        (_buffer, _offset, _owns) = (buffer, offset, false);
    }

    /// <summary>Takes planes of one shape and of zeros in one piece of memory, which lives as long as any of them does.</summary>
    /// <param name="count">How many.</param>
    /// <param name="rows">Rows of each.</param>
    /// <param name="columns">Columns of each.</param>
    public static ComplexPlane[] Many(int count, int rows, int columns)
    {
        using var shape = new ComplexPlane(rows, columns);
        long floats = (long)rows * shape.RowStride;
        var buffer = new AlignedBuffer(count * floats);
        return [.. Enumerable.Range(0, count).Select(n => new ComplexPlane(shape, buffer, n * floats))];
    }

    /// <summary>Rows of the plane.</summary>
    public int Rows { get; }

    /// <summary>Columns of the plane, padding not counted.</summary>
    public int Columns { get; }

    /// <summary>Blocks of 16 columns in a row.</summary>
    public int Blocks { get; }

    /// <summary>Floats from one row to the next.</summary>
    public int RowStride { get; }

    /// <summary>The first row; valid until disposed.</summary>
    public float* Data => _buffer.Pointer + _offset;

    /// <summary>One element; for tests and set-up, never for a loop over pixels that matters.</summary>
    public (float Re, float Im) this[int row, int column]
    {
        get
        {
            float* p = Row(row) + Offset(column);
            return (p[0], p[Lanes]);
        }

        set
        {
            float* p = Row(row) + Offset(column);
            p[0] = value.Re;
            p[Lanes] = value.Im;
        }
    }

    /// <summary>Blocks that hold some columns, the last one padded.</summary>
    public static int BlocksOf(int columns) => (columns + Lanes - 1) / Lanes;

    /// <summary>Floats from one row to the next of a plane of some columns: one spare block keeps the rows of a power-of-two plane out of one another's cache sets.</summary>
    public static int StrideOf(int columns) => (BlocksOf(columns) + 1) * BlockFloats;

    /// <summary>Floats from a row's start to the real part of a column.</summary>
    public static int Offset(int column) => ((column >> 4) * BlockFloats) + (column & (Lanes - 1));

    /// <summary>The first float of a row.</summary>
    public float* Row(int row) => Data + ((long)row * RowStride);

    /// <summary>Sets every element, padding included, to zero.</summary>
    public void Clear() => new Span<float>(Data, checked(Rows * RowStride)).Clear();

    /// <summary>Copies all elements of a plane of the same shape.</summary>
    public void CopyFrom(ComplexPlane source)
    {
        if (source.Rows != Rows || source.Columns != Columns)
        {
            throw new ArgumentException("The planes differ in shape.", nameof(source));
        }

        Buffer.MemoryCopy(source.Data, Data, (long)Rows * RowStride * sizeof(float), (long)Rows * RowStride * sizeof(float));
    }

    /// <summary>Sets all elements from what <see cref="ToInterleaved"/> gave.</summary>
    public void SetInterleaved(ReadOnlySpan<float> elements)
    {
        if (elements.Length != 2 * Rows * Columns)
        {
            throw new ArgumentException("There are more or fewer numbers than elements.", nameof(elements));
        }

        for (int row = 0, i = 0; row < Rows; row++)
        {
            for (int column = 0; column < Columns; column++, i += 2)
            {
                this[row, column] = (elements[i], elements[i + 1]);
            }
        }
    }

    /// <summary>The elements row by row, real and imaginary part in turn, without the padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public float[] ToInterleaved()
    {
        float[] data = GC.AllocateUninitializedArray<float>(checked(2 * Rows * Columns));
        fixed (float* target = data)
        {
            float* to = target;
            for (int r = 0; r < Rows; r++)
            {
                float* from = Row(r);
                int c = 0;
                for (; c + Lanes <= Columns; c += Lanes, from += BlockFloats, to += BlockFloats)
                {
                    Vector512<float> re = Vector512.Load(from);
                    Vector512<float> im = Vector512.Load(from + Lanes);
                    Interleave(re.GetLower(), im.GetLower(), to);
                    Interleave(re.GetUpper(), im.GetUpper(), to + Lanes);
                }

                for (; c < Columns; c++, from++, to += 2)
                {
                    (to[0], to[1]) = (from[0], from[Lanes]);
                }
            }
        }

        return data;
    }

    /// <summary>re0 im0 re1 im1 … of eight numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Interleave(Vector256<float> re, Vector256<float> im, float* target)
    {
        Vector512<float> both = Vector512.Create(re, im);
        Vector512.Shuffle(both, Vector512.Create(0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15)).Store(target);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_owns)
        {
            _buffer.Dispose();
        }
    }
}
