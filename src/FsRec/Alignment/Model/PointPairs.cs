using System.Runtime.CompilerServices;

namespace FsRec.Alignment;

/// <summary>
/// A complex number at each point of an alignment, the real parts and the imaginary parts each in an array, so that a register holds those of neighbouring points. The
/// arrays end with whole registers; what lies beyond the last point has no meaning.
/// </summary>
internal sealed class PointPairs
{
    private const int Lanes = 16;

    /// <summary>Takes zeros.</summary>
    /// <param name="count">Number of points.</param>
    public PointPairs(int count)
    {
        Length = count;
        (Re, Im) = (new float[Padded(count)], new float[Padded(count)]);
    }

    /// <summary>Number of points.</summary>
    public int Length { get; }

    /// <summary>The real parts.</summary>
    public float[] Re { get; }

    /// <summary>The imaginary parts.</summary>
    public float[] Im { get; }

    /// <summary>The number at a point.</summary>
    public (float Re, float Im) this[int point]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Re[point], Im[point]);
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => (Re[point], Im[point]) = value;
    }

    /// <summary>Length of an array of whole registers that holds so many numbers.</summary>
    public static int Padded(int count) => (count + Lanes - 1) / Lanes * Lanes;
}
