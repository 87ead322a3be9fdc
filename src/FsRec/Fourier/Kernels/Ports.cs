using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace FsRec.Fourier.Kernels;

/// <summary>The legs that a butterfly reads.</summary>
/// <param name="address">Real parts of the first leg.</param>
/// <param name="leg">Floats from a leg to the next.</param>
/// <param name="toImaginary">Floats from a real part to its imaginary part.</param>
internal readonly unsafe struct Inlet<TL, TV>(float* address, nint leg, nint toImaginary)
    where TL : struct, ILanes<TV>
    where TV : struct
{
    private readonly float* _address = address;
    private readonly nint _leg = leg;
    private readonly nint _toImaginary = toImaginary;

    /// <summary>Reads leg j of all lanes.</summary>
    public Cx<TL, TV> this[int j]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Cx<TL, TV>.Load(_address + (j * _leg), _toImaginary);
    }
}

/// <summary>The legs that a butterfly writes.</summary>
/// <param name="address">Real parts of the first leg.</param>
/// <param name="leg">Floats from a leg to the next.</param>
/// <param name="toImaginary">Floats from a real part to its imaginary part.</param>
/// <param name="twiddles">Real and imaginary part of each leg's factor.</param>
/// <param name="keep">Bit k: whether leg k is wanted, where the factors select.</param>
internal readonly unsafe struct Outlet<TL, TV, TW>(float* address, nint leg, nint toImaginary, float* twiddles, ulong keep = ulong.MaxValue)
    where TL : struct, ILanes<TV>
    where TV : struct
    where TW : struct, ITwiddle
{
    private readonly float* _address = address;
    private readonly nint _leg = leg;
    private readonly nint _toImaginary = toImaginary;
    private readonly float* _twiddles = twiddles;
    private readonly ulong _keep = keep;

    /// <summary>Writes leg k of all lanes, times its twiddle where there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Put(int k, Cx<TL, TV> value)
    {
        if (TW.Selects && (_keep & (1UL << k)) == 0)
        {
            return;
        }

        float* address = _address + (k * _leg);
        TW.Apply(k, value, _twiddles).Store(address, _toImaginary);
        if (TW.FetchesNextBlock && Sse.IsSupported)
        {
            Sse.Prefetch1(address + ComplexPlane.BlockFloats);
            Sse.Prefetch1(address + ComplexPlane.BlockFloats + _toImaginary);
        }
    }
}
