using System.Runtime.CompilerServices;

namespace FsRec.Fourier.Kernels;

/// <summary>One complex number of each line: a register of real parts and one of imaginary parts.</summary>
/// <typeparam name="TL">The instruction set.</typeparam>
/// <typeparam name="TV">Its register.</typeparam>
internal readonly unsafe struct Cx<TL, TV>
    where TL : struct, ILanes<TV>
    where TV : struct
{
    /// <summary>The real parts.</summary>
    public readonly TV Re;

    /// <summary>The imaginary parts.</summary>
    public readonly TV Im;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Cx(TV re, TV im)
    {
        Re = re;
        Im = im;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Cx<TL, TV> operator +(Cx<TL, TV> a, Cx<TL, TV> b) => new(TL.Add(a.Re, b.Re), TL.Add(a.Im, b.Im));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Cx<TL, TV> operator -(Cx<TL, TV> a, Cx<TL, TV> b) =>
        new(TL.Subtract(a.Re, b.Re), TL.Subtract(a.Im, b.Im));

    /// <summary>The product with a real number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Cx<TL, TV> operator *(TV factor, Cx<TL, TV> a) =>
        new(TL.Multiply(factor, a.Re), TL.Multiply(factor, a.Im));

    /// <summary>Reads real parts at an address and imaginary parts at a distance from it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Cx<TL, TV> Load(float* address, nint toImaginary) =>
        new(TL.Load(address), TL.Load(address + toImaginary));

    /// <summary>this + i · b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Cx<TL, TV> PlusI(Cx<TL, TV> b) => new(TL.Subtract(Re, b.Im), TL.Add(Im, b.Re));

    /// <summary>this − i · b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Cx<TL, TV> MinusI(Cx<TL, TV> b) => new(TL.Add(Re, b.Im), TL.Subtract(Im, b.Re));

    /// <summary>this + factor · b, the factor real.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Cx<TL, TV> Plus(TV factor, Cx<TL, TV> b) =>
        new(TL.MultiplyAdd(factor, b.Re, Re), TL.MultiplyAdd(factor, b.Im, Im));

    /// <summary>this − factor · b, the factor real.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Cx<TL, TV> Minus(TV factor, Cx<TL, TV> b) =>
        new(TL.NegatedMultiplyAdd(factor, b.Re, Re), TL.NegatedMultiplyAdd(factor, b.Im, Im));

    /// <summary>this + i · factor · b, the factor real.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Cx<TL, TV> PlusI(TV factor, Cx<TL, TV> b) =>
        new(TL.NegatedMultiplyAdd(factor, b.Im, Re), TL.MultiplyAdd(factor, b.Re, Im));

    /// <summary>this − i · factor · b, the factor real.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Cx<TL, TV> MinusI(TV factor, Cx<TL, TV> b) =>
        new(TL.MultiplyAdd(factor, b.Im, Re), TL.NegatedMultiplyAdd(factor, b.Re, Im));

    /// <summary>The product with a complex number given by its parts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Cx<TL, TV> Times(TV re, TV im)
    {
        // In this order each sum overwrites what nobody needs any more, and nothing is copied.
        TV crossed = TL.Multiply(Re, im);
        TV real = TL.NegatedMultiplyAdd(im, Im, TL.Multiply(Re, re));
        return new(real, TL.MultiplyAdd(Im, re, crossed));
    }

    /// <summary>Writes real parts to an address and imaginary parts at a distance from it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* address, nint toImaginary)
    {
        TL.Store(address, Re);
        TL.Store(address + toImaginary, Im);
    }
}
