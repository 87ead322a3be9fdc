namespace FsRec.Fourier.Kernels;

/// <summary>A butterfly: the discrete Fourier transform of a few legs, y[k] = Σ x[j]·exp(−2πi·jk/radix).</summary>
internal interface IRadix
{
    /// <summary>Number of legs.</summary>
    static abstract int Radix { get; }

    /// <summary>Reads the legs, transforms and writes them; every leg is read before the first is written.</summary>
    /// <typeparam name="TL">The instruction set.</typeparam>
    /// <typeparam name="TV">Its register.</typeparam>
    /// <typeparam name="TW">What a leg is multiplied by on its way out.</typeparam>
    static abstract void Butterfly<TL, TV, TW>(Inlet<TL, TV> x, Outlet<TL, TV, TW> y)
        where TL : struct, ILanes<TV>
        where TV : struct
        where TW : struct, ITwiddle;
}
