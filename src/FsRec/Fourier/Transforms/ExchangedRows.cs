using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FsRec.Fourier;

/// <summary>Rows of a block of columns with real and imaginary parts exchanged, which turns a transform back into one forward; zero outside of some rows.</summary>
/// <param name="block">The block.</param>
/// <param name="first">The first row that is not zero.</param>
/// <param name="end">The row behind the last one.</param>
internal readonly unsafe struct ExchangedRows(float* block, int first, int end) : IRowLoader
{
    private const int Lanes = ComplexPlane.Lanes;

    private readonly float* _block = block;
    private readonly int _first = first;
    private readonly int _end = end;

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Load(int row, int count, float* target)
    {
        int from = Math.Clamp(_first, row, row + count);
        int to = Math.Clamp(_end, from, row + count);
        new Span<float>(target, (from - row) * ComplexPlane.BlockFloats).Clear();
        target += (from - row) * ComplexPlane.BlockFloats;
        float* p = _block + ((nint)from * ComplexPlane.BlockFloats);
        for (int r = from; r < to; r++, p += ComplexPlane.BlockFloats, target += ComplexPlane.BlockFloats)
        {
            Vector512.Load(p + Lanes).Store(target);
            Vector512.Load(p).Store(target + Lanes);
        }

        new Span<float>(target, (row + count - to) * ComplexPlane.BlockFloats).Clear();
    }

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fetch(int row, int count, bool nextBlock)
    {
        if (nextBlock || !Sse.IsSupported)
        {
            return;
        }

        int to = Math.Min(row + count, _end);
        float* p = _block + ((nint)row * ComplexPlane.BlockFloats);
        for (; row < to; row++, p += ComplexPlane.BlockFloats)
        {
            Sse.Prefetch0(p);
            Sse.Prefetch0(p + Lanes);
        }
    }
}
