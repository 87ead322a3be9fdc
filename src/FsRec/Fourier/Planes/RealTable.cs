namespace FsRec.Fourier;

/// <summary>
/// Real factors on a spectrum's half-plane that are even in both frequencies, kept once for +ky and −ky: row |ky|, then one
/// float a column, columns padded with zeros to whole blocks.
/// </summary>
internal sealed unsafe class RealTable : IDisposable
{
    private readonly AlignedBuffer _buffer;

    /// <summary>Fills the table.</summary>
    /// <param name="rows">Rows kept, |ky| from 0.</param>
    /// <param name="columns">Columns kept, kx from 0.</param>
    /// <param name="value">The factor at (|ky|, kx).</param>
    public RealTable(int rows, int columns, Func<int, int, double> value)
    {
        Stride = ComplexPlane.BlocksOf(columns) * ComplexPlane.Lanes;
        _buffer = new AlignedBuffer((long)rows * Stride);
        for (int ky = 0; ky < rows; ky++)
        {
            for (int kx = 0; kx < columns; kx++)
            {
                _buffer.Pointer[((long)ky * Stride) + kx] = (float)value(ky, kx);
            }
        }
    }

    private RealTable(int columns, float value)
    {
        // All rows are the same one.
        Stride = 0;
        _buffer = new AlignedBuffer((long)ComplexPlane.BlocksOf(columns) * ComplexPlane.Lanes);
        _buffer.Span[..columns].Fill(value);
    }

    /// <summary>A table of the factor 1.</summary>
    /// <param name="columns">Columns kept, kx from 0.</param>
    public static RealTable One(int columns) => new(columns, 1);

    /// <summary>Floats from one row to the next.</summary>
    public int Stride { get; }

    /// <summary>The factors of row |ky|.</summary>
    public float* Row(int ky) => _buffer.Pointer + ((long)Math.Abs(ky) * Stride);

    /// <inheritdoc />
    public void Dispose() => _buffer.Dispose();
}
