using FsRec.Fourier;
using FsRec.Optics;

namespace FsRec.ImageModel;

/// <summary>
/// The factor exp(−2πi (ky·dy / rows + kx·dx / columns) − iπλ dz g²) on a band: what a displacement and a step of focus do to the wave. It
/// is a product of one vector over the rows and one over the columns, so that moving and focusing take no sines in the plane.
/// </summary>
internal sealed unsafe class SeparableFactor : IDisposable
{
    private readonly WaveBand _band;
    private readonly double _wavelength;
    private readonly AlignedBuffer _rows;
    private readonly AlignedBuffer _columns;

    /// <summary>Takes a factor 1.</summary>
    public SeparableFactor(WaveBand band, double wavelength)
    {
        _band = band;
        _wavelength = wavelength;
        _rows = new AlignedBuffer(2L * band.Rows);
        _columns = new AlignedBuffer(((band.Columns + ComplexPlane.Lanes - 1) / ComplexPlane.Lanes) * (long)ComplexPlane.BlockFloats);
        Set(default);
    }

    /// <summary>The factors of the band's columns in the block layout.</summary>
    public float* Columns => _columns.Pointer;

    /// <summary>The factors of the band's rows, lowest frequency first, real and imaginary part by turns.</summary>
    public float* Rows => _rows.Pointer;

    /// <summary>The factor of a row of the band, lowest frequency first.</summary>
    public (float Re, float Im) Row(int row) => (_rows.Pointer[2 * row], _rows.Pointer[(2 * row) + 1]);

    /// <summary>Sets displacement and step of focus.</summary>
    public void Set(FrameState state)
    {
        for (int r = 0; r < _band.Rows; r++)
        {
            int k = r - _band.RowReach;
            (_rows.Pointer[2 * r], _rows.Pointer[(2 * r) + 1]) = Unit(k, state.Dy, _band.Grid.Rows, k * _band.Grid.RowStep, state.Dz);
        }

        for (int c = 0; c < _band.Columns; c++)
        {
            int k = c - _band.ColumnReach;
            float* p = _columns.Pointer + ComplexPlane.Offset(c);
            (p[0], p[ComplexPlane.Lanes]) = Unit(k, state.Dx, _band.Grid.Columns, k * _band.Grid.ColumnStep, state.Dz);
        }
    }

    /// <summary>Sets the product of two factors of the same band.</summary>
    public void SetProduct(SeparableFactor a, SeparableFactor b)
    {
        for (int i = 0; i < 2 * _band.Rows; i += 2)
        {
            Multiply(a.Rows, b.Rows, Rows, i, i + 1);
        }

        for (int c = 0; c < _band.Columns; c++)
        {
            int at = ComplexPlane.Offset(c);
            Multiply(a.Columns, b.Columns, Columns, at, at + ComplexPlane.Lanes);
        }
    }

    private static void Multiply(float* a, float* b, float* product, int re, int im) =>
        (product[re], product[im]) = ((a[re] * b[re]) - (a[im] * b[im]), (a[re] * b[im]) + (a[im] * b[re]));

    /// <inheritdoc />
    public void Dispose()
    {
        _rows.Dispose();
        _columns.Dispose();
    }

    private (float Re, float Im) Unit(int k, double displacement, int count, double g, double dz)
    {
        (double sin, double cos) = Math.SinCos((-2 * Math.PI * k * displacement / count) - (Math.PI * _wavelength * dz * g * g));
        return ((float)cos, (float)sin);
    }
}
