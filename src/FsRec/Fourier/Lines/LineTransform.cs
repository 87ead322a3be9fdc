using System.Numerics;
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

    /// <summary>Elements of a line that stay in the first cache, twice, with what else is used.</summary>
    internal const int FirstCacheLength = 128;

    /// <summary>Elements of a line.</summary>
    public abstract int Length { get; }

    /// <summary>Pieces of the output that are written or left alone as a whole; 1 where all is always written.</summary>
    public virtual int KeptLegs => 1;

    /// <summary>Floats of scratch memory that a call needs.</summary>
    public abstract int WorkFloats { get; }

    /// <summary>Prepares transforms of one length.</summary>
    /// <param name="length">Elements of a line.</param>
    /// <param name="kernels">The kernels.</param>
    /// <param name="prefetch">What to fetch meanwhile.</param>
    /// <param name="part">What of the lines need not be read or written.</param>
    public static LineTransform Create(int length, KernelSet kernels, Prefetch prefetch = Prefetch.None, LinePart part = default)
    {
        List<int> radices = Factors(length);
        if (radices[0] > LargestRadix)
        {
            return new BluesteinTransform(length, kernels);
        }

        int split = radices.Count > 1 ? 1 : 0;
        if (length <= FirstCacheLength && radices.Count > 2)
        {
            // All in the first cache: fewest calls of kernels.
            radices.Insert(0, radices[^1]);
            radices.RemoveAt(radices.Count - 1);
        }
        else
        {
            while (radices.Skip(split).Aggregate(1, (product, radix) => product * radix) > 2 * FirstCacheLength)
            {
                split++;
            }
        }

        return new MixedRadixTransform(length, radices, Math.Min(split, radices.Count - 1), prefetch, kernels, part);
    }

    /// <summary>Transforms from one place to another, or in place.</summary>
    /// <param name="source">The lines read.</param>
    /// <param name="target">The lines written; the same as the source, or apart from it.</param>
    /// <param name="work">Scratch memory, aligned to a cache line.</param>
    /// <param name="scaled">Whether to multiply by 1 / length.</param>
    /// <param name="keep">Which outputs are wanted, from <see cref="Keep"/>; only a plan that selects heeds it.</param>
    public abstract void Run(Lines source, Lines target, float* work, bool scaled, ulong keep = ulong.MaxValue);

    /// <summary>
    /// The legs that hold some neighbouring outputs, counted round the end: bit k stands for the outputs from k·Length / KeptLegs on.
    /// </summary>
    public ulong Keep(int first, int count)
    {
        int leg = Length / KeptLegs;
        ulong keep = 0;
        for (int k = first / leg; k * leg < first + count; k++)
        {
            keep |= 1UL << (k % KeptLegs);
        }

        return keep;
    }

    /// <summary>The radices of a length, largest first: as few as the kernels allow.</summary>
    internal static List<int> Factors(int length)
    {
        var radices = new List<int>();
        int twos = BitOperations.TrailingZeroCount(length);
        length >>= twos;
        // A single 2 only where there is nothing to join it with: 16 is 4 · 4.
        int fours = twos == 1 ? 0 : (3 - (twos % 3)) % 3;
        radices.AddRange(Enumerable.Repeat(8, (twos - (2 * fours)) / 3));
        radices.AddRange(Enumerable.Repeat(4, fours));
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
        radices.Reverse();
        return radices;
    }
}
