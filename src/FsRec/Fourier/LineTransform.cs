using FsRec.Fourier.Kernels;

namespace FsRec.Fourier;

/// <summary>
/// The one-dimensional transform of as many neighbouring lines as a register has lanes. Forward; for the inverse the
/// caller exchanges real and imaginary parts at both ends (<see cref="Lines.Exchanged"/>) and asks for the scale.
/// Read-only once made.
/// </summary>
internal abstract unsafe class LineTransform
{
    /// <summary>Largest prime factor that is worth a butterfly of its own; beyond it a longer transform is cheaper.</summary>
    internal const int LargestRadix = 47;

    /// <summary>Elements of a line.</summary>
    public abstract int Length { get; }

    /// <summary>Floats of scratch memory that a call needs.</summary>
    public abstract int WorkFloats { get; }

    /// <summary>Prepares transforms of one length.</summary>
    public static LineTransform Create(int length, KernelSet kernels)
    {
        List<int> radices = Factors(length);
        return radices[^1] > LargestRadix
            ? new BluesteinTransform(length, kernels)
            : new MixedRadixTransform(length, radices, radices.Count / 2, kernels);
    }

    /// <summary>Transforms from one place to another, or in place.</summary>
    /// <param name="source">The lines read.</param>
    /// <param name="target">The lines written; the same as the source, or apart from it.</param>
    /// <param name="work">Scratch memory, aligned to a cache line.</param>
    /// <param name="scaled">Whether to multiply by 1 / length.</param>
    public abstract void Run(Lines source, Lines target, float* work, bool scaled);

    /// <summary>The radices of a length, smallest first: as few as the kernels allow.</summary>
    internal static List<int> Factors(int length)
    {
        var radices = new List<int>();
        int twos = 0;
        for (; length % 2 == 0; length /= 2)
        {
            twos++;
        }

        // 4 and 8 only where that is possible: one 2 left over joins a 4, two join two of them.
        int eights = twos % 2 == 1 && twos > 1 ? 1 : 0;
        radices.AddRange(Enumerable.Repeat(8, eights));
        radices.AddRange(Enumerable.Repeat(4, (twos - (3 * eights)) / 2));
        if (twos == 1)
        {
            radices.Add(2);
        }

        for (int p = 3; length > 1; p += 2)
        {
            p = p * p > length ? length : p;
            for (; length % p == 0; length /= p)
            {
                radices.Add(p);
            }
        }

        if (radices.Count == 0)
        {
            radices.Add(1);
        }

        radices.Sort();
        return radices;
    }
}
