using System.Runtime.CompilerServices;
using FsRec.Fourier.Kernels;

namespace FsRec.Fourier;

/// <summary>
/// Columns of a <see cref="BlockedPlane"/>, a block of 16 at a time: back from what a loader fills in, and forward to a block of its own.
/// Read-only once made.
/// </summary>
internal sealed unsafe class BlockedColumnPass
{
    private readonly PartialColumnPass _inverse;
    private readonly LineTransform _forward;
    private readonly PartialColumnPass _exchanged;
    private readonly ulong _kept;

    /// <summary>Prepares columns of one length.</summary>
    /// <param name="rows">Rows of the planes.</param>
    /// <param name="presentRows">Rows from the first on that may differ from zero before columns are transformed back.</param>
    /// <param name="kernels">The kernels.</param>
    public BlockedColumnPass(int rows, int presentRows, KernelSet kernels)
    {
        _inverse = new PartialColumnPass(rows, presentRows, kernels, fetchesRows: true);
        _forward = LineTransform.Create(rows, kernels);
        _exchanged = new PartialColumnPass(rows, rows, kernels);
        _kept = _exchanged.Keep(0, presentRows);
    }

    /// <summary>Floats of memory that a call needs.</summary>
    public int WorkFloats => Math.Max(Math.Max(_inverse.WorkFloats, _exchanged.WorkFloats), _forward.WorkFloats);

    /// <summary>Transforms a block of columns back, 1 / rows included.</summary>
    /// <param name="loader">Fills the rows.</param>
    /// <param name="block">The block that is written.</param>
    /// <param name="work">This thread's memory.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Inverse<TLoader>(ref TLoader loader, float* block, float* work)
        where TLoader : struct, IRowLoader => _inverse.InverseTo(ref loader, block, ComplexPlane.BlockFloats, ulong.MaxValue, work);

    /// <summary>Transforms a block of columns forward that comes with real and imaginary parts exchanged, to one that has them so, times 1 / rows.</summary>
    /// <param name="loader">Fills the rows.</param>
    /// <param name="target">All rows of a block, of which those present before the transform back are written.</param>
    /// <param name="work">This thread's memory.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void ForwardExchanged<TLoader>(ref TLoader loader, float* target, float* work)
        where TLoader : struct, IRowLoader => _exchanged.InverseTo(ref loader, target, ComplexPlane.BlockFloats, _kept, work);

    /// <summary>Transforms a block of columns forward.</summary>
    /// <param name="block">The block; unchanged.</param>
    /// <param name="target">All rows of a block.</param>
    /// <param name="work">This thread's memory.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(float* block, float* target, float* work) => _forward.Run(
        new Lines(block, ComplexPlane.Lanes, ComplexPlane.BlockFloats),
        new Lines(target, ComplexPlane.Lanes, ComplexPlane.BlockFloats),
        work,
        scaled: false);
}
