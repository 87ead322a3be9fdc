using System.Runtime.CompilerServices;

namespace FsRec.Fourier.Kernels;

/// <summary>Eight legs of which the last four are zero and not read: <see cref="Radix8"/> without its first sums.</summary>
internal readonly struct Radix8FromHalf : IRadix
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
        Cx<TL, TV> x3 = x[3];
        Cx<TL, TV> odd0 = x1 + x3;
        Cx<TL, TV> odd2 = x1 - x3;
        Cx<TL, TV> e = x1.MinusI(x3);
        Cx<TL, TV> f = x1.PlusI(x3);
        Cx<TL, TV> odd1 = e.MinusI(e);
        Cx<TL, TV> odd3 = f.PlusI(f);

        Cx<TL, TV> x0 = x[0];
        Cx<TL, TV> x2 = x[2];
        Cx<TL, TV> even0 = x0 + x2;
        Cx<TL, TV> even2 = x0 - x2;
        Cx<TL, TV> even1 = x0.MinusI(x2);
        Cx<TL, TV> even3 = x0.PlusI(x2);
        y.Put(0, even0 + odd0);
        y.Put(4, even0 - odd0);
        y.Put(2, even2.MinusI(odd2));
        y.Put(6, even2.PlusI(odd2));
        TV half = TL.Create(0.70710678118654752440f);
        y.Put(1, even1.Plus(half, odd1));
        y.Put(5, even1.Minus(half, odd1));
        y.Put(3, even3.Minus(half, odd3));
        y.Put(7, even3.Plus(half, odd3));
    }
}
