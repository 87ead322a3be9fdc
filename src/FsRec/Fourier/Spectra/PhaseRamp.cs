using System.Runtime.CompilerServices;

namespace FsRec.Fourier;

/// <summary>
/// The factor exp(2πi (ky·dy / rows + kx·dx / columns)) that moves an image's content by (−dx, −dy), as one vector over
/// rows and one over the columns of a half-plane: a displacement is never a stored copy of a frame. At the Nyquist
/// frequency of an even axis the factor is its real part, so that a real image stays real.
/// </summary>
internal sealed unsafe class PhaseRamp : IDisposable
{
    private readonly AlignedBuffer _columns;
    private readonly AlignedBuffer _rows;
    private readonly int _rowCount;

    /// <summary>Takes a ramp for frames of one shape, at displacement 0.</summary>
    public PhaseRamp(int rows, int columns)
    {
        _rowCount = rows;
        ColumnCount = columns;
        Blocks = HalfBlocks(columns);
        _rows = new AlignedBuffer(2L * rows);
        _columns = new AlignedBuffer((long)Blocks * ComplexPlane.BlockFloats);
        Set(0, 0);
    }

    /// <summary>Columns of the frames.</summary>
    public int ColumnCount { get; }

    /// <summary>Blocks of the half-plane's columns, 0 to columns / 2.</summary>
    public int Blocks { get; }

    /// <summary>
    /// The factor where both axes are at their Nyquist frequency: the real part of the product, which is not the product of the real
    /// parts. Images of a counting detector can hold a strong chequerboard just there.
    /// </summary>
    public float Corner { get; private set; }

    /// <summary>The factors of the half-plane's columns in the block layout.</summary>
    public float* Columns => _columns.Pointer;

    /// <summary>The factors of the rows of the spectrum in transform order, real and imaginary part in turn.</summary>
    public float* Rows => _rows.Pointer;

    /// <summary>Blocks that hold columns 0 to columns / 2.</summary>
    public static int HalfBlocks(int columns) => ComplexPlane.BlocksOf((columns / 2) + 1);

    /// <summary>The factor of a row of the spectrum, rows in transform order.</summary>
    public (float Re, float Im) Row(int row) => (_rows.Pointer[2 * row], _rows.Pointer[(2 * row) + 1]);

    /// <summary>Sets the displacement, in pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Set(double dx, double dy)
    {
        Corner = (float)Math.Cos(Math.PI * (dx + dy));
        var turns = new Turns(dy / _rowCount);
        for (int k = 0; k <= _rowCount / 2; k++)
        {
            (double re, double im) = turns.Next();
            im = 2 * k == _rowCount ? 0 : im;
            _rows.Pointer[2 * k] = (float)re;
            _rows.Pointer[(2 * k) + 1] = (float)im;
            int mirrored = (_rowCount - k) % _rowCount;
            _rows.Pointer[2 * mirrored] = (float)re;
            _rows.Pointer[(2 * mirrored) + 1] = (float)(mirrored == k ? im : -im);
        }

        turns = new Turns(dx / ColumnCount);
        for (int k = 0; k <= ColumnCount / 2; k++)
        {
            (double re, double im) = turns.Next();
            float* p = _columns.Pointer + ComplexPlane.Offset(k);
            p[0] = (float)re;
            p[ComplexPlane.Lanes] = 2 * k == ColumnCount ? 0 : (float)im;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _rows.Dispose();
        _columns.Dispose();
    }
}
