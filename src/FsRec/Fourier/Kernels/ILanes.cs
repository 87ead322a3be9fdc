namespace FsRec.Fourier.Kernels;

/// <summary>
/// What the kernels need of an instruction set: registers of <see cref="Count"/> floats that stand for as many
/// neighbouring lines. Every member is one or two instructions, so all of them are inlined.
/// </summary>
/// <typeparam name="TV">The register.</typeparam>
internal unsafe interface ILanes<TV>
    where TV : struct
{
    /// <summary>Floats of a register: 16, 8 or 4.</summary>
    static abstract int Count { get; }

    /// <summary>Reads neighbouring floats; the address need not be aligned.</summary>
    static abstract TV Load(float* address);

    /// <summary>Reads one float into every lane.</summary>
    static abstract TV Broadcast(float* address);

    /// <summary>The same number in every lane.</summary>
    static abstract TV Create(float value);

    /// <summary>Writes neighbouring floats.</summary>
    static abstract void Store(float* address, TV value);

    /// <summary>a + b.</summary>
    static abstract TV Add(TV a, TV b);

    /// <summary>a − b.</summary>
    static abstract TV Subtract(TV a, TV b);

    /// <summary>a · b.</summary>
    static abstract TV Multiply(TV a, TV b);

    /// <summary>a · b + c, rounded once where the processor can.</summary>
    static abstract TV MultiplyAdd(TV a, TV b, TV c);

    /// <summary>c − a · b, rounded once where the processor can.</summary>
    static abstract TV NegatedMultiplyAdd(TV a, TV b, TV c);

    /// <summary>The first lane of <paramref name="first"/>, then the lanes of <paramref name="rest"/> from the last to the
    /// second.</summary>
    static abstract TV Mirror(TV first, TV rest);
}
