using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FsRec.Fourier;

/// <summary>
/// A row of a spectrum laid out flat, real parts and imaginary parts apart, so that 16 elements at mirrored frequencies n − k are one
/// unaligned load and a reversal. Buffers reach a block beyond both ends.
/// </summary>
internal static unsafe class MirroredRow
{
    private const int Lanes = ComplexPlane.Lanes;

    /// <summary>Floats of a flat part for rows of some columns, a block before and three behind included.</summary>
    public static int Floats(int columns) => (ComplexPlane.BlocksOf(columns) + 4) * Lanes;

    /// <summary>Lays a row out flat; element n is element 0 again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Flatten(float* line, int columns, float* re, float* im)
    {
        for (int c = 0; c < columns; c += Lanes)
        {
            Vector512.Load(line + (2 * c)).Store(re + c);
            Vector512.Load(line + (2 * c) + Lanes).Store(im + c);
        }

        re[columns] = re[0];
        im[columns] = im[0];
    }

    /// <summary>Elements n − k, n − k − 1, … of a flat part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* part, int columns, int k) => Reverse(Vector512.Load(part + columns - k - (Lanes - 1)));

    /// <summary>Stores elements n − k, n − k − 1, … of a flat part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, float* part, int columns, int k) => Reverse(value).Store(part + columns - k - (Lanes - 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Reverse(Vector512<float> value) =>
        Vector512.Shuffle(value, Vector512.Create(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
}
