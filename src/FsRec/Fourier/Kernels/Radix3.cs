using System.Runtime.CompilerServices;

namespace FsRec.Fourier.Kernels;

/// <summary>Three legs: y1, y2 = x0 − (x1 + x2)/2 ∓ i·sin(2π/3)·(x1 − x2).</summary>
internal readonly struct Radix3 : IRadix
{
    /// <inheritdoc />
    public static int Radix => 3;

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Butterfly<TL, TV, TW>(Inlet<TL, TV> x, Outlet<TL, TV, TW> y)
        where TL : struct, ILanes<TV>
        where TV : struct
        where TW : struct, ITwiddle
    {
        Cx<TL, TV> x0 = x[0];
        Cx<TL, TV> x1 = x[1];
        Cx<TL, TV> x2 = x[2];
        TV sine = TL.Create(0.86602540378443864676f);
        Cx<TL, TV> sum = x1 + x2;
        Cx<TL, TV> difference = x1 - x2;
        Cx<TL, TV> mean = x0.Minus(TL.Create(0.5f), sum);
        y.Put(0, x0 + sum);
        y.Put(1, mean.MinusI(sine, difference));
        y.Put(2, mean.PlusI(sine, difference));
    }
}
