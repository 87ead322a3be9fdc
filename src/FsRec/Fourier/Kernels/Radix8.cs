using System.Runtime.CompilerServices;

namespace FsRec.Fourier.Kernels;

/// <summary>Eight legs: even ones by four, odd ones by four, joined by the powers of exp(−2πi/8).</summary>
internal readonly struct Radix8 : IRadix
{
    /// <inheritdoc />
    public static int Radix => 8;

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Butterfly<TL, TV, TW>(Inlet<TL, TV> x, Outlet<TL, TV, TW> y)
        where TL : struct, ILanes<TV>
        where TV : struct
        where TW : struct, ITwiddle
    {
        Cx<TL, TV> x1 = x[1];
        Cx<TL, TV> x5 = x[5];
        Cx<TL, TV> x3 = x[3];
        Cx<TL, TV> x7 = x[7];
        Cx<TL, TV> a = x1 + x5;
        Cx<TL, TV> b = x1 - x5;
        Cx<TL, TV> c = x3 + x7;
        Cx<TL, TV> d = x3 - x7;
        Cx<TL, TV> odd0 = a + c;
        Cx<TL, TV> odd2 = a - c;
        // Times √2·exp(−2πi/8) = 1 − i and √2·exp(−6πi/8) = −1 − i; the factor √½ joins the last sums.
        Cx<TL, TV> e = b.MinusI(d);
        Cx<TL, TV> f = b.PlusI(d);
        Cx<TL, TV> odd1 = e.MinusI(e);
        Cx<TL, TV> odd3 = f.PlusI(f);

        Cx<TL, TV> x0 = x[0];
        Cx<TL, TV> x4 = x[4];
        Cx<TL, TV> x2 = x[2];
        Cx<TL, TV> x6 = x[6];
        a = x0 + x4;
        b = x0 - x4;
        c = x2 + x6;
        d = x2 - x6;
        Cx<TL, TV> even0 = a + c;
        Cx<TL, TV> even2 = a - c;
        Cx<TL, TV> even1 = b.MinusI(d);
        Cx<TL, TV> even3 = b.PlusI(d);
        y.Put(0, even0 + odd0);
        y.Put(4, even0 - odd0);
        y.Put(2, even2.MinusI(odd2));
        y.Put(6, even2.PlusI(odd2));
        // Only now: where there are sixteen registers, all are taken until here.
        TV half = TL.Create(0.70710678118654752440f);
        y.Put(1, even1.Plus(half, odd1));
        y.Put(5, even1.Minus(half, odd1));
        y.Put(3, even3.Minus(half, odd3));
        y.Put(7, even3.Plus(half, odd3));
    }
}
