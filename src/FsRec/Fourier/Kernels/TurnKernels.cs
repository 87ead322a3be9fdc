using System.Runtime.CompilerServices;

namespace FsRec.Fourier.Kernels;

/// <summary>Turns as many rows of a plane as a block has lanes into lanes, and back.</summary>
internal static unsafe class TurnKernels
{
    private const int Lanes = ComplexPlane.Lanes;

    /// <summary>tile[column][row] = rows[row][column], real and imaginary parts apart, for whole blocks of 16 columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Turn(RowSpan rows, float* tile, int blocks)
    {
        for (int block = 0; block < blocks; block++)
        {
            float* from = rows[0] + (block * rows.BlockStride);
            for (int part = 0; part < 2; part++)
            {
                Transposition.Run(from + (part * Lanes), rows.Stride, tile + (part * Lanes), ComplexPlane.BlockFloats, Lanes, Lanes);
            }

            tile += Lanes * ComplexPlane.BlockFloats;
        }
    }

    /// <summary>rows[row][column] = tile[column][row].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TurnBack(float* tile, RowSpan rows, int blocks)
    {
        for (int block = 0; block < blocks; block++)
        {
            float* to = rows[0] + (block * rows.BlockStride);
            for (int part = 0; part < 2; part++)
            {
                Transposition.Run(tile + (part * Lanes), ComplexPlane.BlockFloats, to + (part * Lanes), rows.Stride, Lanes, Lanes);
            }

            tile += Lanes * ComplexPlane.BlockFloats;
        }
    }
}
