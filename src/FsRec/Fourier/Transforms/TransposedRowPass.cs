using System.Runtime.CompilerServices;
using FsRec.Fourier.Kernels;

namespace FsRec.Fourier;

/// <summary>
/// Rows of any length: as many as a register has lanes are turned into lanes of a tile, transformed there like columns,
/// and turned back.
/// </summary>
internal sealed unsafe class TransposedRowPass : RowPass
{
    private readonly LineTransform _line;
    private readonly KernelSet _kernels;
    private readonly int _blocks;

    /// <summary>Prepares rows of one length.</summary>
    public TransposedRowPass(int columns, KernelSet kernels)
    {
        _kernels = kernels;
        _blocks = (columns + ComplexPlane.Lanes - 1) / ComplexPlane.Lanes;
        _line = LineTransform.Create(columns, kernels);
    }

    /// <inheritdoc />
    public override int WorkFloats => TileFloats + SpareFloats + _line.WorkFloats;

    /// <inheritdoc />
    public override int Together => _kernels.Lanes;

    private int TileFloats => _blocks * ComplexPlane.Lanes * _kernels.Element;

    private int SpareFloats => _kernels.Lanes * _blocks * ComplexPlane.BlockFloats;

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(RowSpan source, RowSpan target, int rows, float* work, bool inverse, RowPart part)
    {
        int lanes = _kernels.Lanes;
        var tile = new Lines(work, lanes, _kernels.Element);
        Lines lines = inverse ? tile.Exchanged() : tile;
        var spare = new RowSpan(work + TileFloats, _blocks * ComplexPlane.BlockFloats);
        float* lineWork = spare[lanes];
        for (int row = 0; row < rows; row += lanes)
        {
            RowSpan from = new(source[row], source.Stride, source.BlockStride);
            RowSpan to = new(target[row], target.Stride, target.BlockStride);
            int here = rows - row;
            if (here < lanes)
            {
                // Lanes without a row of their own repeat the last one: any ordinary numbers would do.
                for (int lane = 0; lane < lanes; lane++)
                {
                    Copy(from[Math.Min(lane, here - 1)], from.BlockStride, spare[lane], spare.BlockStride);
                }

                from = to = spare;
            }

            _kernels.Turn(from, work, _blocks);
            _line.Run(lines, lines, lineWork, inverse);
            _kernels.TurnBack(work, to, _blocks);
            for (int lane = 0; lane < here && here < lanes; lane++)
            {
                Copy(spare[lane], spare.BlockStride, target[row + lane], target.BlockStride);
            }
        }
    }

    private void Copy(float* from, nint fromStride, float* to, nint toStride)
    {
        for (int block = 0; block < _blocks; block++)
        {
            new Span<float>(from + (block * fromStride), ComplexPlane.BlockFloats).CopyTo(new Span<float>(to + (block * toStride), ComplexPlane.BlockFloats));
        }
    }
}
