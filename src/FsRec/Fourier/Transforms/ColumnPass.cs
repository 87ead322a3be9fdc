using System.Runtime.CompilerServices;
using FsRec.Fourier.Kernels;

namespace FsRec.Fourier;

/// <summary>The transform of columns of a plane in place, a block of 16 after the other. Read-only once made.</summary>
internal sealed unsafe class ColumnPass
{
    private readonly LineTransform _line;

    /// <summary>Prepares columns of one length.</summary>
    public ColumnPass(int rows, KernelSet kernels)
    {
        // A block, its tile and the next block take 384 bytes a row of the second cache; measured on ones of 1 MB.
        Prefetch prefetch = rows < 256 ? Prefetch.None : rows < 2048 ? Prefetch.NextBlock : Prefetch.LaterLine;
        _line = LineTransform.Create(rows, kernels, prefetch);
    }

    /// <summary>Floats of scratch memory that a call needs.</summary>
    public int WorkFloats => _line.WorkFloats;

    /// <summary>Transforms the columns of some blocks.</summary>
    /// <param name="plane">The plane.</param>
    /// <param name="firstBlock">The first block.</param>
    /// <param name="blockCount">How many.</param>
    /// <param name="work">Scratch memory, aligned to a cache line.</param>
    /// <param name="inverse">Whether to transform back, 1 / rows included.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(ComplexPlane plane, int firstBlock, int blockCount, float* work, bool inverse)
    {
        for (int b = firstBlock; b < firstBlock + blockCount; b++)
        {
            float* block = plane.Data + (b * ComplexPlane.BlockFloats);
            var lines = new Lines(block, ComplexPlane.Lanes, plane.RowStride);
            lines = inverse ? lines.Exchanged() : lines;
            _line.Run(lines, lines, work, inverse);
        }
    }
}
