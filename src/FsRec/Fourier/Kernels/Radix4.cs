using System.Runtime.CompilerServices;

namespace FsRec.Fourier.Kernels;

/// <summary>Four legs: two stages of sums and differences, exp(−2πi/4) = −i.</summary>
internal readonly struct Radix4 : IRadix
{
    /// <inheritdoc />
    public static int Radix => 4;

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Butterfly<TL, TV, TW>(Inlet<TL, TV> x, Outlet<TL, TV, TW> y)
        where TL : struct, ILanes<TV>
        where TV : struct
        where TW : struct, ITwiddle
    {
        Cx<TL, TV> x0 = x[0];
        Cx<TL, TV> x2 = x[2];
        Cx<TL, TV> a = x0 + x2;
        Cx<TL, TV> b = x0 - x2;
        Cx<TL, TV> x1 = x[1];
        Cx<TL, TV> x3 = x[3];
        Cx<TL, TV> c = x1 + x3;
        Cx<TL, TV> d = x1 - x3;
        y.Put(0, a + c);
        y.Put(1, b.MinusI(d));
        y.Put(2, a - c);
        y.Put(3, b.PlusI(d));
    }
}
