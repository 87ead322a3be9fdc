using FsRec.Fourier.Kernels;

namespace FsRec.Fourier;

/// <summary>The transform of rows of a plane. Read-only once made.</summary>
internal abstract unsafe class RowPass
{
    /// <summary>Floats of scratch memory that a call needs.</summary>
    public abstract int WorkFloats { get; }

    /// <summary>Prepares rows of one length.</summary>
    /// <param name="columns">The length.</param>
    /// <param name="kernels">The kernels.</param>
    /// <param name="fromHalf">Whether the second half of the rows is zero; the rows must hold the zeros all the same.</param>
    public static RowPass Create(int columns, KernelSet kernels, bool fromHalf = false) =>
        columns % 4 == 0 && LineTransform.Factors(columns / 4)[0] <= LineTransform.LargestRadix
            ? new SplitRowPass(columns, kernels, fromHalf)
            : new TransposedRowPass(columns, kernels);

    /// <summary>Rows that share the registers: a number of rows that is a multiple of it wastes nothing.</summary>
    public abstract int Together { get; }

    /// <summary>Transforms neighbouring rows, in place or into others.</summary>
    /// <param name="source">The first row read.</param>
    /// <param name="target">The first row written; the same as the source, or apart from all of it.</param>
    /// <param name="rows">How many.</param>
    /// <param name="work">Scratch memory, aligned to a cache line.</param>
    /// <param name="inverse">Whether to transform back, 1 / columns included.</param>
    public void Run(RowSpan source, RowSpan target, int rows, float* work, bool inverse) => Run(source, target, rows, work, inverse, new RowPart());

    /// <summary>Transforms a part of neighbouring rows, in place or into others.</summary>
    /// <param name="source">The first row read.</param>
    /// <param name="target">The first row written; the same as the source, or apart from all of it.</param>
    /// <param name="rows">How many.</param>
    /// <param name="work">Scratch memory, aligned to a cache line.</param>
    /// <param name="inverse">Whether to transform back, 1 / columns included.</param>
    /// <param name="part">What is read and written of the rows; heeded where <see cref="HeedsParts"/>, else all is, and nothing multiplied.</param>
    public abstract void Run(RowSpan source, RowSpan target, int rows, float* work, bool inverse, RowPart part);

    /// <summary>Whether blocks that are not present are not read, and rows are multiplied.</summary>
    public virtual bool HeedsParts => false;
}

/// <summary>Neighbouring rows of a plane.</summary>
/// <param name="first">The first float of the first.</param>
/// <param name="stride">Floats from one to the next.</param>
/// <param name="blockStride">Floats from a block of 16 columns to the next.</param>
internal readonly unsafe struct RowSpan(float* first, nint stride, nint blockStride = ComplexPlane.BlockFloats)
{
    private readonly float* _first = first;

    /// <summary>Floats from one row to the next.</summary>
    public nint Stride { get; } = stride;

    /// <summary>Floats from a block of 16 columns to the next.</summary>
    public nint BlockStride { get; } = blockStride;

    /// <summary>The first float of a row.</summary>
    public float* this[int row] => _first + (row * Stride);
}
