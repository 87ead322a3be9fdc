using System.Runtime.CompilerServices;

namespace FsRec.Fourier.Kernels;

/// <summary>Two legs: sum and difference.</summary>
internal readonly struct Radix2 : IRadix
{
    /// <inheritdoc />
    public static int Radix => 2;

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Butterfly<TL, TV, TW>(Inlet<TL, TV> x, Outlet<TL, TV, TW> y)
        where TL : struct, ILanes<TV>
        where TV : struct
        where TW : struct, ITwiddle
    {
        Cx<TL, TV> a = x[0];
        Cx<TL, TV> b = x[1];
        y.Put(0, a + b);
        y.Put(1, a - b);
    }
}
