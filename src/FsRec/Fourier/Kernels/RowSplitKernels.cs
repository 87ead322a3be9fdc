using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace FsRec.Fourier.Kernels;

/// <summary>How a row is split: the transform over its legs.</summary>
internal unsafe interface ISplit
{
    /// <summary>Number of legs: 16, 8 or 4.</summary>
    static abstract int Radix { get; }

    /// <summary>Leg k1 comes out at <paramref name="y"/> + k1 elements of all lanes, times its twiddle by lane.</summary>
    static abstract void Legs<TL, TV>(float* x, RowSplit* split, float* y, float* w)
        where TL : struct, ILanes<TV>
        where TV : struct;
}

/// <summary>Splits with one butterfly.</summary>
internal readonly unsafe struct SplitBy<TR> : ISplit
    where TR : struct, IRadix
{
    /// <inheritdoc />
    public static int Radix => TR.Radix;

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Legs<TL, TV>(float* x, RowSplit* split, float* y, float* w)
        where TL : struct, ILanes<TV>
        where TV : struct => TR.Butterfly(
            new Inlet<TL, TV>(x, split->SourceLeg, split->SourceIm),
            new Outlet<TL, TV, TwiddledByLane>(y, 2 * TL.Count, TL.Count, w));
}

/// <summary>As <see cref="SplitBy16"/>; the second half of the row is zero and not read.</summary>
internal readonly unsafe struct SplitBy16FromHalf : ISplit
{
    /// <inheritdoc />
    public static int Radix => 16;

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Legs<TL, TV>(float* x, RowSplit* split, float* y, float* w)
        where TL : struct, ILanes<TV>
        where TV : struct => SplitBy16.Legs<Radix4FromHalf, TL, TV>(x, split, y, w);
}

/// <summary>
/// Splits by sixteen: legs q, q + 4, q + 8, q + 12 by four, times exp(−2πi·qk/16), then those of the same k by four, which
/// gives k1 = k + 4·kk.
/// </summary>
internal readonly unsafe struct SplitBy16 : ISplit
{
    /// <inheritdoc />
    public static int Radix => 16;

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Legs<TL, TV>(float* x, RowSplit* split, float* y, float* w)
        where TL : struct, ILanes<TV>
        where TV : struct => Legs<Radix4, TL, TV>(x, split, y, w);

    /// <summary>The same, with a butterfly for the legs that are read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Legs<TR, TL, TV>(float* x, RowSplit* split, float* y, float* w)
        where TR : struct, IRadix
        where TL : struct, ILanes<TV>
        where TV : struct
    {
        nint element = 2 * TL.Count;
        nint leg = split->SourceLeg;
        nint toImaginary = split->SourceIm;
        float* roots = split->Roots;
        float* scratch = y + (16 * element);
        for (nint q = 0; q < 4; q++)
        {
            TR.Butterfly(
                new Inlet<TL, TV>(x + (q * leg), 4 * leg, toImaginary),
                new Outlet<TL, TV, TwiddledButFirst>(scratch + (q * element), 4 * element, TL.Count, roots + (8 * q)));
        }

        for (nint k = 0; k < 4; k++)
        {
            Radix4.Butterfly(
                new Inlet<TL, TV>(scratch + (4 * k * element), element, TL.Count),
                new Outlet<TL, TV, TwiddledByLane>(y + (k * element), 4 * element, TL.Count, w + (4 * k * element)));
        }
    }
}

/// <summary>The kernels that split rows.</summary>
internal static unsafe class RowSplitKernels
{
    /// <summary>From 16 neighbouring elements of a row to the next, in the layout that it leaves.</summary>
    public const int Element = ComplexPlane.BlockFloats;

    /// <summary>Splits one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TS, TL, TV>(RowSplit* split)
        where TS : struct, ISplit
        where TL : struct, ILanes<TV>
        where TV : struct
    {
        float* w = split->Twiddles;
        float* y = split->Scratch;
        float* x = split->Source;
        float* target = split->Target;
        float* later = split->Later;
        for (int left = split->Count; left > 0; left -= ComplexPlane.Lanes)
        {
            if (later is not null && Sse.IsSupported)
            {
                // From end to end and not where its legs lie: the memory has it sooner.
                for (float* end = later + (TS.Radix * Element); later < end; later += AlignedBuffer.Alignment / sizeof(float))
                {
                    Sse.Prefetch0(later);
                }
            }

            int lanes = Math.Min(left, ComplexPlane.Lanes);
            for (int lane = 0; lane < lanes; lane += TL.Count)
            {
                TS.Legs<TL, TV>(x + lane, split, y, w);
                Transposition.Complex(y, TS.Radix, TL.Count, target);
                w += 2 * TS.Radix * TL.Count;
                target += TL.Count * Element;
            }

            x += split->SourceBlock;
        }
    }
}
