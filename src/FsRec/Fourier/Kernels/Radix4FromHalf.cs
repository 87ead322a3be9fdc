using System.Runtime.CompilerServices;

namespace FsRec.Fourier.Kernels;

/// <summary>Four legs of which the last two are zero and not read.</summary>
internal readonly struct Radix4FromHalf : IRadix
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
        Cx<TL, TV> x1 = x[1];
        y.Put(0, x0 + x1);
        y.Put(1, x0.MinusI(x1));
        y.Put(2, x0 - x1);
        y.Put(3, x0.PlusI(x1));
    }
}
