using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace FsRec.Fourier.Kernels;

/// <summary>
/// The kernels: loops over butterflies of all lines of a block, register after register, so that a line of the cache is met once for all
/// that it holds.
/// </summary>
internal static unsafe class ButterflyKernels
{
    /// <summary>A loop over butterflies of one radix.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TR, TL, TV, TW>(ButterflyRow* butterflies)
        where TR : struct, IRadix
        where TL : struct, ILanes<TV>
        where TV : struct
        where TW : struct, ITwiddle
    {
        float* x = butterflies->Source;
        float* y = butterflies->Target;
        float* w = butterflies->Twiddles;
        nint xLeg = butterflies->SourceLeg;
        nint yLeg = butterflies->TargetLeg;
        nint xIm = butterflies->SourceIm;
        nint yIm = butterflies->TargetIm;
        nint xStep = butterflies->SourceStep;
        nint yStep = butterflies->TargetStep;
        nint wStep = butterflies->TwiddleStep;
        nint ahead = butterflies->Ahead;
        ulong keep = butterflies->Keep;
        for (nint i = butterflies->Count; i > 0; i--)
        {
            if (TW.FetchesLaterLine && Sse.IsSupported)
            {
                float* later = x + ahead;
                for (int k = 0; k < TR.Radix; k++, later += xLeg)
                {
                    Sse.Prefetch1(later);
                    Sse.Prefetch1(later + xIm);
                }
            }

            nint lane = 0;
            do
            {
                TR.Butterfly(new Inlet<TL, TV>(x + lane, xLeg, xIm), new Outlet<TL, TV, TW>(y + lane, yLeg, yIm, w, keep));
                lane += TL.Count;
            }
            while (TL.Count < ComplexPlane.Lanes && lane < ComplexPlane.Lanes);

            x += xStep;
            y += yStep;
            w += wStep;
        }
    }

    /// <summary>
    /// A loop over butterflies of any odd radix p: with s[j] = x[j] + x[p−j] and d[j] = x[j] − x[p−j], j up to (p−1)/2,
    /// y[k], y[p−k] = x[0] + Σ cos(2πjk/p)·s[j] ∓ i·Σ sin(2πjk/p)·d[j].
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RunOdd<TL, TV, TW>(ButterflyRow* butterflies)
        where TL : struct, ILanes<TV>
        where TV : struct
        where TW : struct, ITwiddle
    {
        float* w = butterflies->Twiddles;
        for (nint i = 0; i < butterflies->Count; i++, w += butterflies->TwiddleStep)
        {
            float* x = butterflies->Source + (i * butterflies->SourceStep);
            float* y = butterflies->Target + (i * butterflies->TargetStep);
            for (nint lane = 0; lane < ComplexPlane.Lanes; lane += TL.Count)
            {
                Odd(
                    butterflies,
                    new Inlet<TL, TV>(x + lane, butterflies->SourceLeg, butterflies->SourceIm),
                    new Outlet<TL, TV, TW>(y + lane, butterflies->TargetLeg, butterflies->TargetIm, w, butterflies->Keep));
            }
        }
    }

    /// <summary>
    /// Copies Count elements times a complex factor each: y[i] = x[i]·w[i]; the legs have no meaning here.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TL, TV>(ButterflyRow* butterflies)
        where TL : struct, ILanes<TV>
        where TV : struct
    {
        float* w = butterflies->Twiddles;
        for (nint i = 0; i < butterflies->Count; i++, w += 2)
        {
            float* x = butterflies->Source + (i * butterflies->SourceStep);
            float* y = butterflies->Target + (i * butterflies->TargetStep);
            for (nint lane = 0; lane < ComplexPlane.Lanes; lane += TL.Count)
            {
                Cx<TL, TV>.Load(x + lane, butterflies->SourceIm)
                    .Times(TL.Broadcast(w), TL.Broadcast(w + 1))
                    .Store(y + lane, butterflies->TargetIm);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Odd<TL, TV, TW>(ButterflyRow* butterflies, Inlet<TL, TV> x, Outlet<TL, TV, TW> y)
        where TL : struct, ILanes<TV>
        where TV : struct
        where TW : struct, ITwiddle
    {
        int radix = butterflies->Radix;
        int pairs = radix / 2;
        float* cosines = butterflies->Roots;
        float* sines = cosines + radix;
        float* sums = butterflies->Legs;
        nint element = 2 * TL.Count;
        float* differences = sums + (pairs * element);
        Cx<TL, TV> first = x[0];
        Cx<TL, TV> total = first;
        for (int j = 1; j <= pairs; j++)
        {
            Cx<TL, TV> a = x[j];
            Cx<TL, TV> b = x[radix - j];
            Cx<TL, TV> sum = a + b;
            total += sum;
            sum.Store(sums + ((j - 1) * element), TL.Count);
            (a - b).Store(differences + ((j - 1) * element), TL.Count);
        }

        y.Put(0, total);
        for (int k = 1; k <= pairs; k++)
        {
            Cx<TL, TV> even = first;
            Cx<TL, TV> odd = default;
            int root = 0;
            for (int j = 0; j < pairs; j++)
            {
                root += k;
                root -= root >= radix ? radix : 0;
                even = even.Plus(TL.Broadcast(cosines + root), Cx<TL, TV>.Load(sums + (j * element), TL.Count));
                odd = odd.Plus(TL.Broadcast(sines + root), Cx<TL, TV>.Load(differences + (j * element), TL.Count));
            }

            y.Put(k, even.MinusI(odd));
            y.Put(radix - k, even.PlusI(odd));
        }
    }
}
