using System.Runtime.CompilerServices;

namespace FsRec.Fourier.Kernels;

/// <summary>Takes apart the transform z of a row a + ib of two real rows, and puts it together.</summary>
internal static unsafe class PairKernel
{
    internal const int Lanes = ComplexPlane.Lanes;

    /// <summary>
    /// a[c] = (z[c] + conj z[−c]) / 2 and b[c] = (z[c] − conj z[−c]) / 2i, the index modulo the length. Lanes are
    /// neighbouring c; z[−c] comes from two registers, mirrored.
    /// </summary>
    /// <param name="row">z, in blocks.</param>
    /// <param name="length">Numbers of the row, a multiple of 16.</param>
    /// <param name="a">The first row's spectrum, in blocks.</param>
    /// <param name="b">The second row's spectrum, in blocks.</param>
    /// <param name="wanted">Numbers wanted, no more than there are; whole blocks are written.</param>
    /// <param name="blockStride">Floats from a block of the spectra to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TL, TV>(float* row, int length, float* a, float* b, int wanted, nint blockStride)
        where TL : struct, ILanes<TV>
        where TV : struct
    {
        TV half = TL.Create(0.5f);
        int end = (wanted + Lanes - 1) / Lanes * Lanes;
        for (int c = 0; c < end; c += TL.Count)
        {
            int offset = ComplexPlane.Offset(c);
            Cx<TL, TV> z = half * Cx<TL, TV>.Load(row + offset, Lanes);
            float* first = row + ComplexPlane.Offset(c == 0 ? 0 : length - c);
            float* rest = row + ComplexPlane.Offset(length - c - TL.Count);
            Cx<TL, TV> opposite = half * new Cx<TL, TV>(
                TL.Mirror(TL.Load(first), TL.Load(rest)),
                TL.Mirror(TL.Load(first + Lanes), TL.Load(rest + Lanes)));
            nint to = Offset(c, blockStride);
            new Cx<TL, TV>(TL.Add(z.Re, opposite.Re), TL.Subtract(z.Im, opposite.Im)).Store(a + to, Lanes);
            new Cx<TL, TV>(TL.Add(z.Im, opposite.Im), TL.Subtract(opposite.Re, z.Re)).Store(b + to, Lanes);
        }
    }

    /// <summary>
    /// z = a + ib over all columns of two spectra of real rows, of which the columns up to the middle are given: z[n − c] = conj a[c] + i·conj b[c].
    /// What rounding left of imaginary parts at both ends is dropped.
    /// </summary>
    /// <param name="a">The first spectrum, in blocks.</param>
    /// <param name="b">The second spectrum, in blocks.</param>
    /// <param name="length">Numbers of the row, a multiple of 16.</param>
    /// <param name="re">Real parts of z.</param>
    /// <param name="im">Imaginary parts of z.</param>
    /// <param name="blockStride">Floats from a block of the spectra to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Join<TL, TV>(float* a, float* b, int length, float* re, float* im, nint blockStride)
        where TL : struct, ILanes<TV>
        where TV : struct
    {
        int middle = length / 2 / Lanes * Lanes;
        for (int c = 0; c < middle; c += TL.Count)
        {
            nint offset = Offset(c, blockStride);
            Cx<TL, TV> z = Cx<TL, TV>.Load(a + offset, Lanes).PlusI(Cx<TL, TV>.Load(b + offset, Lanes));
            TL.Store(re + c, z.Re);
            TL.Store(im + c, z.Im);
        }

        // Lanes before the middle are written again below.
        for (int c = middle; c < length; c += TL.Count)
        {
            // Of a lane that is written again there may be no opposite: beyond the block of the middle is nothing to be read.
            nint first = Offset(Math.Min(length - c, middle + Lanes - TL.Count), blockStride);
            nint rest = Offset(length - c - TL.Count, blockStride);
            TV ar = TL.Mirror(TL.Load(a + first), TL.Load(a + rest));
            TV ai = TL.Mirror(TL.Load(a + first + Lanes), TL.Load(a + rest + Lanes));
            TV br = TL.Mirror(TL.Load(b + first), TL.Load(b + rest));
            TV bi = TL.Mirror(TL.Load(b + first + Lanes), TL.Load(b + rest + Lanes));
            TL.Store(re + c, TL.Add(ar, bi));
            TL.Store(im + c, TL.Subtract(br, ai));
        }

        for (int c = middle; c < length / 2; c++)
        {
            nint offset = Offset(c, blockStride);
            re[c] = a[offset] - b[offset + Lanes];
            im[c] = a[offset + Lanes] + b[offset];
        }

        (re[0], im[0]) = (a[0], b[0]);
        nint nyquist = Offset(length / 2, blockStride);
        (re[length / 2], im[length / 2]) = (a[nyquist], b[nyquist]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Offset(int column, nint blockStride) => ((column >> 4) * blockStride) + (column & (Lanes - 1));
}
