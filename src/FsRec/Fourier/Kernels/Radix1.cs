using System.Runtime.CompilerServices;

namespace FsRec.Fourier.Kernels;

/// <summary>One leg: a copy, and the scale where there is a twiddle.</summary>
internal readonly struct Radix1 : IRadix
{
    /// <inheritdoc />
    public static int Radix => 1;

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Butterfly<TL, TV, TW>(Inlet<TL, TV> x, Outlet<TL, TV, TW> y)
        where TL : struct, ILanes<TV>
        where TV : struct
        where TW : struct, ITwiddle
    {
        y.Put(0, x[0]);
    }
}
