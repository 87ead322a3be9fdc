using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FsRec.Fourier.Kernels;

/// <summary>The kernels of one instruction set.</summary>
internal abstract unsafe class KernelSet
{
    /// <summary>The widest kernels that this processor runs.</summary>
    public static KernelSet Best { get; } =
        Avx512F.IsSupported ? new KernelSet<Lanes512, Vector512<float>>()
        : Vector256.IsHardwareAccelerated ? new KernelSet<Lanes256, Vector256<float>>()
        : new KernelSet<Lanes128, Vector128<float>>();

    /// <summary>Lines that share a register.</summary>
    public abstract int LanesOfRegister { get; }

    /// <summary>Copies a complex factor for each element on: <see cref="ButterflyKernels.Multiply"/>.</summary>
    public abstract delegate*<ButterflyRow*, void> Multiply { get; }

    /// <summary>The kernel that splits rows into 16, 8 or 4 legs: <see cref="RowSplitKernels.Run"/>.</summary>
    /// <param name="radix">The number of legs.</param>
    /// <param name="fromHalf">Whether the second half of the rows is zero; only 16 legs have a kernel that need not read it.</param>
    public abstract delegate*<RowSplit*, void> Split(int radix, bool fromHalf);

    /// <summary>Takes the rows of two real planes apart: <see cref="PairKernel.Run"/>.</summary>
    public abstract void SeparatePair(float* row, int length, float* a, float* b, int wanted, nint blockStride = ComplexPlane.BlockFloats);

    /// <summary>Puts the spectra of two real rows together: <see cref="PairKernel.Join"/>.</summary>
    public abstract void JoinPair(float* a, float* b, int length, float* re, float* im, nint blockStride);

    /// <summary>Whether there is a kernel of its own for a radix; any odd one has at least a general one.</summary>
    public static bool IsSpecial(int radix) => radix is 1 or 2 or 3 or 4 or 5 or 8;

    /// <summary>The kernel of a radix that multiplies by twiddles, and may fetch what a later line reads.</summary>
    public delegate*<ButterflyRow*, void> Twiddled(int radix, bool ahead) =>
        ahead ? Get<TwiddledAhead>(radix) : Get<Twiddled>(radix);

    /// <summary>The kernel of a radix alone, that may fetch the next block of columns.</summary>
    public delegate*<ButterflyRow*, void> Plain(int radix, bool ahead) => ahead ? Get<PlainAhead>(radix) : Get<Plain>(radix);

    /// <summary>The kernel of a radix that writes only the legs chosen by <see cref="ButterflyRow.Keep"/>.</summary>
    public delegate*<ButterflyRow*, void> Selected(int radix) => Get<PlainSelected>(radix);

    /// <summary>Whether a radix has a kernel that reads only the first half of its legs.</summary>
    public static bool HasHalf(int radix) => radix is 4 or 8;

    /// <summary>The kernel of a radix whose legs from half the radix on are zero and not read: <see cref="HasHalf"/>.</summary>
    public abstract delegate*<ButterflyRow*, void> TwiddledFromHalf(int radix);

    /// <summary>The kernel of a radix.</summary>
    protected abstract delegate*<ButterflyRow*, void> Get<TW>(int radix)
        where TW : struct, ITwiddle;
}

/// <summary>The kernels of one instruction set.</summary>
/// <typeparam name="TL">The instruction set.</typeparam>
/// <typeparam name="TV">Its register.</typeparam>
internal sealed unsafe class KernelSet<TL, TV> : KernelSet
    where TL : struct, ILanes<TV>
    where TV : struct
{
    /// <inheritdoc />
    public override int LanesOfRegister => TL.Count;

    /// <inheritdoc />
    public override delegate*<ButterflyRow*, void> Multiply => &ButterflyKernels.Multiply<TL, TV>;

    /// <inheritdoc />
    public override delegate*<RowSplit*, void> Split(int radix, bool fromHalf) => radix switch
    {
        16 when fromHalf => &RowSplitKernels.Run<SplitBy16FromHalf, TL, TV>,
        16 => &RowSplitKernels.Run<SplitBy16, TL, TV>,
        8 => &RowSplitKernels.Run<SplitBy<Radix8>, TL, TV>,
        _ => &RowSplitKernels.Run<SplitBy<Radix4>, TL, TV>,
    };

    /// <inheritdoc />
    public override void SeparatePair(float* row, int length, float* a, float* b, int wanted, nint blockStride = ComplexPlane.BlockFloats) =>
        PairKernel.Run<TL, TV>(row, length, a, b, wanted, blockStride);

    /// <inheritdoc />
    public override void JoinPair(float* a, float* b, int length, float* re, float* im, nint blockStride) =>
        PairKernel.Join<TL, TV>(a, b, length, re, im, blockStride);

    /// <inheritdoc />
    public override delegate*<ButterflyRow*, void> TwiddledFromHalf(int radix) => radix switch
    {
        4 => &ButterflyKernels.Run<Radix4FromHalf, TL, TV, Twiddled>,
        _ => &ButterflyKernels.Run<Radix8FromHalf, TL, TV, Twiddled>,
    };

    /// <inheritdoc />
    protected override delegate*<ButterflyRow*, void> Get<TW>(int radix) => radix switch
    {
        1 => &ButterflyKernels.Run<Radix1, TL, TV, TW>,
        2 => &ButterflyKernels.Run<Radix2, TL, TV, TW>,
        3 => &ButterflyKernels.Run<Radix3, TL, TV, TW>,
        4 => &ButterflyKernels.Run<Radix4, TL, TV, TW>,
        5 => &ButterflyKernels.Run<Radix5, TL, TV, TW>,
        8 => &ButterflyKernels.Run<Radix8, TL, TV, TW>,
        _ => &ButterflyKernels.RunOdd<TL, TV, TW>,
    };
}
