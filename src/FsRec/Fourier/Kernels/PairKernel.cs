using System.Runtime.CompilerServices;

namespace FsRec.Fourier.Kernels;

/// <summary>Takes apart the transform z of a row a + ib of two real rows.</summary>
internal static unsafe class PairKernel
{
    /// <summary>Floats of a flat copy of one part of a row: room before it for a register, one number after it.</summary>
    public static int FlatFloats(int length) => ((length + ComplexPlane.Lanes) / ComplexPlane.Lanes * ComplexPlane.Lanes)
        + (2 * ComplexPlane.Lanes);

    /// <summary>
    /// a[c] = (z[c] + conj z[−c]) / 2 and b[c] = (z[c] − conj z[−c]) / 2i, the index modulo the length. Lanes are
    /// neighbouring c; z[−c] comes from a flat copy of the row, 16 floats of room before it, read backwards.
    /// </summary>
    /// <param name="row">z, in blocks.</param>
    /// <param name="flat">Room for twice <see cref="FlatFloats"/>.</param>
    /// <param name="length">Numbers of the row.</param>
    /// <param name="a">The first row's spectrum, in blocks.</param>
    /// <param name="b">The second row's spectrum, in blocks.</param>
    /// <param name="wanted">Numbers wanted; whole blocks are written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TL, TV>(float* row, float* flat, int length, float* a, float* b, int wanted)
        where TL : struct, ILanes<TV>
        where TV : struct
    {
        const int Lanes = ComplexPlane.Lanes;
        float* real = flat + Lanes;
        float* imaginary = real + FlatFloats(length);
        float* from = row;
        for (int c = 0; c < length; c += Lanes, from += ComplexPlane.BlockFloats)
        {
            for (int lane = 0; lane < Lanes; lane += TL.Count)
            {
                TL.Store(real + c + lane, TL.Load(from + lane));
                TL.Store(imaginary + c + lane, TL.Load(from + Lanes + lane));
            }
        }

        real[length] = real[0];
        imaginary[length] = imaginary[0];
        TV half = TL.Create(0.5f);
        nint offset = 0;
        for (int c = 0; c < wanted; c += Lanes, offset += ComplexPlane.BlockFloats)
        {
            for (int lane = 0; lane < Lanes; lane += TL.Count)
            {
                // Beyond the row's own length only padding is computed, from whatever is before the copy.
                int mirror = Math.Max(length - c - lane - TL.Count + 1, -Lanes);
                Cx<TL, TV> z = half * Cx<TL, TV>.Load(row + offset + lane, Lanes);
                Cx<TL, TV> opposite = half * new Cx<TL, TV>(
                    TL.Reverse(TL.Load(real + mirror)), TL.Reverse(TL.Load(imaginary + mirror)));
                new Cx<TL, TV>(TL.Add(z.Re, opposite.Re), TL.Subtract(z.Im, opposite.Im)).Store(a + offset + lane, Lanes);
                new Cx<TL, TV>(TL.Add(z.Im, opposite.Im), TL.Subtract(opposite.Re, z.Re)).Store(b + offset + lane, Lanes);
            }
        }
    }
}
