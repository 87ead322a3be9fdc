using FsRec.Fourier.Kernels;

namespace FsRec.Fourier;

/// <summary>
/// The transform of rows of a plane: as many rows as a register has lanes are turned into lanes of a tile, transformed
/// there like columns, and turned back.
/// </summary>
internal sealed unsafe class TransposedRowPass : RowPass
{
    private readonly LineTransform _line;
    private readonly int _columns;
    private readonly int _lanes;

    /// <summary>Prepares rows of one length.</summary>
    public TransposedRowPass(int columns, KernelSet kernels)
    {
        _columns = columns;
        _lanes = kernels.Lanes;
        _line = LineTransform.Create(columns, kernels);
    }

    /// <summary>Floats of scratch memory that a call needs.</summary>
    public override int WorkFloats => (_columns * 2 * _lanes) + _line.WorkFloats;

    /// <summary>Transforms neighbouring rows in place.</summary>
    public override void Run(float* firstRow, nint rowStride, int rows, float* work, bool inverse)
    {
        float* innerWork = work + (_columns * 2 * _lanes);
        var tile = new Lines(work, _lanes, 2 * _lanes);
        Lines lines = inverse ? tile.Exchanged() : tile;
        for (int row = 0; row < rows; row += _lanes)
        {
            float* first = firstRow + (row * rowStride);
            int here = Math.Min(_lanes, rows - row);
            for (int lane = 0; lane < _lanes; lane++)
            {
                // Lanes without a row of their own repeat the last one: any ordinary numbers would do.
                float* source = first + (Math.Min(lane, here - 1) * rowStride);
                for (int column = 0; column < _columns; column++)
                {
                    float* from = source + ComplexPlane.Offset(column);
                    float* to = work + (column * 2 * _lanes) + lane;
                    to[0] = from[0];
                    to[_lanes] = from[ComplexPlane.Lanes];
                }
            }

            _line.Run(lines, lines, innerWork, inverse);
            for (int lane = 0; lane < here; lane++)
            {
                float* target = first + (lane * rowStride);
                for (int column = 0; column < _columns; column++)
                {
                    float* from = work + (column * 2 * _lanes) + lane;
                    float* to = target + ComplexPlane.Offset(column);
                    to[0] = from[0];
                    to[ComplexPlane.Lanes] = from[_lanes];
                }
            }
        }
    }
}
