
namespace FsRec.Fourier.Kernels;

/// <summary>
/// One call of a kernel: a row of butterflies. Butterfly i reads leg j at Source + i·SourceStep + j·SourceLeg and writes
/// leg k to Target + i·TargetStep + k·TargetLeg, times the twiddle at Twiddles + i·TwiddleStep + 2k where the kernel takes
/// one. Distances are in floats. Exchanging real and imaginary parts at both ends (address and distance to the imaginary
/// part negated) turns a forward transform into an inverse one.
/// </summary>
internal unsafe struct ButterflyRow
{
    /// <summary>Real parts of the first leg read.</summary>
    public float* Source;

    /// <summary>From a real part read to its imaginary part.</summary>
    public nint SourceIm;

    /// <summary>From a leg read to the next.</summary>
    public nint SourceLeg;

    /// <summary>From a butterfly's first leg to the next butterfly's.</summary>
    public nint SourceStep;

    /// <summary>Real parts of the first leg written.</summary>
    public float* Target;

    /// <summary>From a real part written to its imaginary part.</summary>
    public nint TargetIm;

    /// <summary>From a leg written to the next.</summary>
    public nint TargetLeg;

    /// <summary>From a butterfly's first leg written to the next butterfly's.</summary>
    public nint TargetStep;

    /// <summary>Twiddles of the first butterfly: real and imaginary part for each leg.</summary>
    public float* Twiddles;

    /// <summary>From a butterfly's twiddles to the next butterfly's; 0 where all share them.</summary>
    public nint TwiddleStep;

    /// <summary>Butterflies.</summary>
    public nint Count;

    /// <summary>From what a butterfly reads to what it fetches for a later line, if it does.</summary>
    public nint Ahead;

    /// <summary>Bit k: whether leg k is written, for the kernel that selects.</summary>
    public ulong Keep;

    /// <summary>The radix, for the kernel that takes any odd one, and that kernel's cosines and sines.</summary>
    public int Radix;

    /// <summary>cos(2πj/Radix), then sin(2πj/Radix), j below the radix.</summary>
    public float* Roots;

    /// <summary>Room for the legs of one butterfly, for the kernel that takes any odd radix.</summary>
    public float* Legs;
}
