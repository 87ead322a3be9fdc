using System.Runtime.CompilerServices;

namespace FsRec.Fourier;

/// <summary>
/// Brings a row of a large plane into the cache while another one is worked on. Rows are read in sixteen pieces at once, which is too many for the processor's own guess at what
/// comes next; read once from end to end, a row comes by that guess, much sooner than by the instructions that ask for one line each.
/// </summary>
internal static unsafe class CacheLines
{
    /// <summary>Floats of a plane from which on it pays: more than the caches of one processor hold.</summary>
    public const long Least = 1 << 20;

    private const int LineFloats = AlignedBuffer.Alignment / sizeof(float);

    /// <summary>Reads one number of each line.</summary>
    /// <param name="first">The first float.</param>
    /// <param name="floats">How many follow one another.</param>
    /// <returns>A number of no meaning, for which the lines must be read.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static int Fetch(float* first, nint floats)
    {
        (int even, int odd) = (0, 0);
        int* line = (int*)first;
        for (nint at = 0; at < floats; at += 2 * LineFloats)
        {
            even |= line[at];
            odd |= line[at + LineFloats];
        }

        return even | odd;
    }
}
