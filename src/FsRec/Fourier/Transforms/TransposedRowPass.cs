using System.Runtime.CompilerServices;
using FsRec.Fourier.Kernels;

namespace FsRec.Fourier;

/// <summary>
/// Rows of any length: as many as a block has lanes are turned into lanes of a tile, transformed there like columns,
/// and turned back.
/// </summary>
internal sealed unsafe class TransposedRowPass : RowPass
{
    private const int Lanes = ComplexPlane.Lanes;
    private readonly LineTransform _line;
    private readonly int _blocks;

    /// <summary>Prepares rows of one length.</summary>
    public TransposedRowPass(int columns, KernelSet kernels)
    {
        _blocks = (columns + Lanes - 1) / Lanes;
        _line = LineTransform.Create(columns, kernels);
    }

    /// <inheritdoc />
    public override int WorkFloats => TileFloats + SpareFloats + _line.WorkFloats;

    /// <inheritdoc />
    public override int Together => Lanes;

    private int TileFloats => _blocks * Lanes * ComplexPlane.BlockFloats;

    private int SpareFloats => Lanes * _blocks * ComplexPlane.BlockFloats;

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(RowSpan source, RowSpan target, int rows, float* work, bool inverse, RowPart part)
    {
        var tile = new Lines(work, Lanes, ComplexPlane.BlockFloats);
        Lines lines = inverse ? tile.Exchanged() : tile;
        var spare = new RowSpan(work + TileFloats, _blocks * ComplexPlane.BlockFloats);
        float* lineWork = spare[Lanes];
        for (int row = 0; row < rows; row += Lanes)
        {
            RowSpan from = new(source[row], source.Stride, source.BlockStride);
            RowSpan to = new(target[row], target.Stride, target.BlockStride);
            int here = rows - row;
            if (here < Lanes)
            {
                // Lanes without a row of their own repeat the last one: any ordinary numbers would do.
                for (int lane = 0; lane < Lanes; lane++)
                {
                    Copy(from[Math.Min(lane, here - 1)], from.BlockStride, spare[lane], spare.BlockStride);
                }

                from = to = spare;
            }

            TurnKernels.Turn(from, work, _blocks);
            _line.Run(lines, lines, lineWork, inverse);
            TurnKernels.TurnBack(work, to, _blocks);
            for (int lane = 0; lane < here && here < Lanes; lane++)
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
