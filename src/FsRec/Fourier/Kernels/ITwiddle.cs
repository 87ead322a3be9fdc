using System.Runtime.CompilerServices;

namespace FsRec.Fourier.Kernels;

/// <summary>What a butterfly's legs are multiplied by on their way out.</summary>
internal unsafe interface ITwiddle
{
    /// <summary>Whether to fetch the next block of columns while this one is written.</summary>
    static virtual bool FetchesNextBlock => false;

    /// <summary>Whether to fetch what a later line reads while this one is read.</summary>
    static virtual bool FetchesLaterLine => false;

    /// <summary>Whether only chosen legs are written.</summary>
    static virtual bool Selects => false;

    /// <summary>Leg k times its factor.</summary>
    static abstract Cx<TL, TV> Apply<TL, TV>(int k, Cx<TL, TV> leg, float* twiddles)
        where TL : struct, ILanes<TV>
        where TV : struct;
}

/// <summary>No factors.</summary>
internal readonly unsafe struct Plain : ITwiddle
{
    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Cx<TL, TV> Apply<TL, TV>(int k, Cx<TL, TV> leg, float* twiddles)
        where TL : struct, ILanes<TV>
        where TV : struct => leg;
}

/// <summary>No factors; for columns whose next block the second cache can hold besides this one.</summary>
internal readonly unsafe struct PlainAhead : ITwiddle
{
    /// <inheritdoc />
    public static bool FetchesNextBlock => true;

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Cx<TL, TV> Apply<TL, TV>(int k, Cx<TL, TV> leg, float* twiddles)
        where TL : struct, ILanes<TV>
        where TV : struct => leg;
}

/// <summary>No factors, and only the legs that somebody will read: stores are what a last stage spends its time on.</summary>
internal readonly unsafe struct PlainSelected : ITwiddle
{
    /// <inheritdoc />
    public static bool Selects => true;

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Cx<TL, TV> Apply<TL, TV>(int k, Cx<TL, TV> leg, float* twiddles)
        where TL : struct, ILanes<TV>
        where TV : struct => leg;
}

/// <summary>
/// A complex factor for each leg, the same in all lanes, its parts at 2k and 2k + 1. The first leg's is real: it carries
/// no more than the transform's scale.
/// </summary>
internal readonly unsafe struct Twiddled : ITwiddle
{
    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Cx<TL, TV> Apply<TL, TV>(int k, Cx<TL, TV> leg, float* twiddles)
        where TL : struct, ILanes<TV>
        where TV : struct => k == 0
            ? TL.Broadcast(twiddles) * leg
            : leg.Times(TL.Broadcast(twiddles + (2 * k)), TL.Broadcast(twiddles + (2 * k) + 1));
}

/// <summary>As <see cref="Twiddled"/>, and the first leg's factor is 1.</summary>
internal readonly unsafe struct TwiddledButFirst : ITwiddle
{
    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Cx<TL, TV> Apply<TL, TV>(int k, Cx<TL, TV> leg, float* twiddles)
        where TL : struct, ILanes<TV>
        where TV : struct => k == 0 ? leg : Twiddled.Apply<TL, TV>(k, leg, twiddles);
}

/// <summary>As <see cref="Twiddled"/>; for columns whose next block would drive this one out of the second cache.</summary>
internal readonly unsafe struct TwiddledAhead : ITwiddle
{
    /// <inheritdoc />
    public static bool FetchesLaterLine => true;

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Cx<TL, TV> Apply<TL, TV>(int k, Cx<TL, TV> leg, float* twiddles)
        where TL : struct, ILanes<TV>
        where TV : struct => Twiddled.Apply<TL, TV>(k, leg, twiddles);
}

/// <summary>A complex factor for each leg and lane: a register of real parts, one of imaginary parts, leg by leg.</summary>
internal readonly unsafe struct TwiddledByLane : ITwiddle
{
    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Cx<TL, TV> Apply<TL, TV>(int k, Cx<TL, TV> leg, float* twiddles)
        where TL : struct, ILanes<TV>
        where TV : struct =>
            leg.Times(TL.Load(twiddles + (2 * k * TL.Count)), TL.Load(twiddles + (((2 * k) + 1) * TL.Count)));
}
