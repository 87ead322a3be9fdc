namespace FsRec.Fourier;

/// <summary>
/// A plane of complex float32 numbers, one block of 16 columns after the other: each holds its rows one behind the other, 16 real parts
/// and 16 imaginary ones in each. A block goes by in one piece, so that what is done column after column, for many planes by turns,
/// neither strides through memory nor meets more pages than the processor keeps track of; a row lies in as many pieces as there are blocks.
/// </summary>
internal sealed unsafe class BlockedPlane : IDisposable
{
    private const int Lanes = ComplexPlane.Lanes;
    private readonly AlignedBuffer _buffer;
    private readonly long _offset;
    private readonly bool _owns = true;

    /// <summary>Takes a plane of zeros.</summary>
    /// <param name="rows">Rows, at least 1.</param>
    /// <param name="columns">Columns, at least 1.</param>
    public BlockedPlane(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        Rows = rows;
        Columns = columns;
        Blocks = ComplexPlane.BlocksOf(columns);
        // An odd number of rows apart, the blocks of one row are spread over the sets of the cache.
        BlockStride = (rows | 1) * ComplexPlane.BlockFloats;
        _buffer = new AlignedBuffer((long)Blocks * BlockStride);
    }

    private BlockedPlane(BlockedPlane shape, AlignedBuffer buffer, long offset)
    {
        (Rows, Columns, Blocks, BlockStride) = (shape.Rows, shape.Columns, shape.Blocks, shape.BlockStride);
        (_buffer, _offset, _owns) = (buffer, offset, false);
    }

    /// <summary>Rows of the plane.</summary>
    public int Rows { get; }

    /// <summary>Columns of the plane, padding not counted.</summary>
    public int Columns { get; }

    /// <summary>Blocks of 16 columns, the last one padded.</summary>
    public int Blocks { get; }

    /// <summary>Floats from one block to the next.</summary>
    public int BlockStride { get; }

    /// <summary>Floats of all blocks.</summary>
    public int Floats => Blocks * BlockStride;

    /// <summary>The first block; valid until disposed.</summary>
    public float* Data => _buffer.Pointer + _offset;

    /// <summary>One element; for tests and set-up, never for a loop over pixels that matters.</summary>
    public (float Re, float Im) this[int row, int column]
    {
        get
        {
            float* p = At(row, column);
            return (p[0], p[Lanes]);
        }

        set
        {
            float* p = At(row, column);
            (p[0], p[Lanes]) = value;
        }
    }

    /// <summary>Takes planes of one shape and of zeros in one piece of memory, which lives as long as any of them does.</summary>
    /// <param name="count">How many.</param>
    /// <param name="rows">Rows of each.</param>
    /// <param name="columns">Columns of each.</param>
    public static BlockedPlane[] Many(int count, int rows, int columns)
    {
        using var shape = new BlockedPlane(rows, columns);
        var buffer = new AlignedBuffer((long)count * shape.Floats);
        return [.. Enumerable.Range(0, count).Select(n => new BlockedPlane(shape, buffer, (long)n * shape.Floats))];
    }

    /// <summary>The first float of a block; its rows are <see cref="ComplexPlane.BlockFloats"/> apart.</summary>
    public float* Block(int block) => Data + ((nint)block * BlockStride);

    /// <summary>Copies all elements of a plane of the same shape.</summary>
    public void CopyFrom(ComplexPlane source)
    {
        if (source.Rows != Rows || source.Columns != Columns)
        {
            throw new ArgumentException("The planes differ in shape.", nameof(source));
        }

        for (int row = 0; row < Rows; row++)
        {
            float* from = source.Row(row);
            for (int block = 0; block < Blocks; block++)
            {
                new Span<float>(from + (block * ComplexPlane.BlockFloats), ComplexPlane.BlockFloats).CopyTo(
                    new Span<float>(Block(block) + (row * ComplexPlane.BlockFloats), ComplexPlane.BlockFloats));
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_owns)
        {
            _buffer.Dispose();
        }
    }

    private float* At(int row, int column) => Block(column / Lanes) + (row * ComplexPlane.BlockFloats) + (column % Lanes);
}
