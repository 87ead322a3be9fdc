namespace FsRec.Fourier.Kernels;

/// <summary>
/// One call of a row-splitting kernel: with n = R·m, reads x[m·j1 + j2], j1 below R, with neighbouring j2 as lanes,
/// transforms over j1 and writes y[j2][k1] = w(j2, k1) Σ x[m·j1 + j2] exp(−2πi·j1·k1/R), k1 neighbouring, so that an
/// m-point transform with the k1 as lanes finishes X[k1 + R·k2]. Distances are in floats.
/// </summary>
internal unsafe struct RowSplit
{
    /// <summary>Real part of the first element.</summary>
    public float* Source;

    /// <summary>From a real part read to its imaginary part.</summary>
    public nint SourceIm;

    /// <summary>From j1 to j1 + 1, m elements on.</summary>
    public nint SourceLeg;

    /// <summary>From 16 neighbouring j2 to the next 16.</summary>
    public nint SourceBlock;

    /// <summary>Real parts of y[0]; imaginary parts are 16 floats on, the next j2 32 floats.</summary>
    public float* Target;

    /// <summary>w(j2, k1) by register, in the order the kernel writes in.</summary>
    public float* Twiddles;

    /// <summary>How many j2 there are, m; the last register may go beyond, with lanes that nobody reads.</summary>
    public int Count;

    /// <summary>The 4 × 4 twiddles within 16 legs: exp(−2πi·qk/16) at 2(4q + k).</summary>
    public float* Roots;

    /// <summary>Room for 32 elements of all lanes.</summary>
    public float* Scratch;

    /// <summary>A row as long as this one that is brought into the first cache meanwhile, as much of it as is read of this one; null for none.</summary>
    public float* Later;
}
