using FsRec.Fourier.Kernels;

namespace FsRec.Fourier;

/// <summary>The transform of rows of a plane in place. Read-only once made.</summary>
internal abstract unsafe class RowPass
{
    /// <summary>Floats of scratch memory that a call needs.</summary>
    public abstract int WorkFloats { get; }

    /// <summary>Prepares rows of one length.</summary>
    public static RowPass Create(int columns, KernelSet kernels) =>
        columns % 4 == 0 && LineTransform.Factors(columns / 4)[0] <= LineTransform.LargestRadix
            ? new SplitRowPass(columns, kernels)
            : new TransposedRowPass(columns, kernels);

    /// <summary>Transforms neighbouring rows.</summary>
    /// <param name="firstRow">The first of them.</param>
    /// <param name="rowStride">Floats from one to the next.</param>
    /// <param name="rows">How many.</param>
    /// <param name="work">Scratch memory, aligned to a cache line.</param>
    /// <param name="inverse">Whether to transform back, 1 / columns included.</param>
    public abstract void Run(float* firstRow, nint rowStride, int rows, float* work, bool inverse);
}
