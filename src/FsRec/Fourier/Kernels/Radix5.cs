using System.Runtime.CompilerServices;

namespace FsRec.Fourier.Kernels;

/// <summary>Five legs: cosines with x1 + x4 and x2 + x3, sines with x1 − x4 and x2 − x3.</summary>
internal readonly struct Radix5 : IRadix
{
    /// <inheritdoc />
    public static int Radix => 5;

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Butterfly<TL, TV, TW>(Inlet<TL, TV> x, Outlet<TL, TV, TW> y)
        where TL : struct, ILanes<TV>
        where TV : struct
        where TW : struct, ITwiddle
    {
        TV cosine1 = TL.Create(0.30901699437494742410f);
        TV cosine2 = TL.Create(-0.80901699437494742410f);
        TV sine1 = TL.Create(0.95105651629515357212f);
        TV sine2 = TL.Create(0.58778525229247312917f);
        Cx<TL, TV> x0 = x[0];
        Cx<TL, TV> x1 = x[1];
        Cx<TL, TV> x4 = x[4];
        Cx<TL, TV> x2 = x[2];
        Cx<TL, TV> x3 = x[3];
        Cx<TL, TV> sum1 = x1 + x4;
        Cx<TL, TV> difference1 = x1 - x4;
        Cx<TL, TV> sum2 = x2 + x3;
        Cx<TL, TV> difference2 = x2 - x3;
        Cx<TL, TV> even1 = x0.Plus(cosine1, sum1).Plus(cosine2, sum2);
        Cx<TL, TV> even2 = x0.Plus(cosine2, sum1).Plus(cosine1, sum2);
        Cx<TL, TV> odd1 = (sine1 * difference1).Plus(sine2, difference2);
        Cx<TL, TV> odd2 = (sine2 * difference1).Minus(sine1, difference2);
        y.Put(0, x0 + sum1 + sum2);
        y.Put(1, even1.MinusI(odd1));
        y.Put(2, even2.MinusI(odd2));
        y.Put(3, even2.PlusI(odd2));
        y.Put(4, even1.PlusI(odd1));
    }
}
