using System.Runtime.CompilerServices;

namespace FsRec.Fourier.Kernels;

/// <summary>Turns as many rows of a plane as a register has lanes into lanes, and back.</summary>
internal static unsafe class TurnKernels
{
    /// <summary>tile[column][row] = rows[row][column], real and imaginary parts apart, for whole blocks of 16 columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Turn<TL, TV>(RowSpan rows, float* tile, int blocks)
        where TL : struct, ILanes<TV>
        where TV : struct
    {
        nint element = 2 * TL.Count;
        for (int block = 0; block < blocks; block++)
        {
            float* from = rows[0] + (block * rows.BlockStride);
            for (int part = 0; part < 2; part++)
            {
                Transposition.Run(
                    from + (part * ComplexPlane.Lanes),
                    rows.Stride,
                    tile + (part * TL.Count),
                    element,
                    TL.Count,
                    ComplexPlane.Lanes);
            }

            tile += ComplexPlane.Lanes * element;
        }
    }

    /// <summary>rows[row][column] = tile[column][row].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TurnBack<TL, TV>(float* tile, RowSpan rows, int blocks)
        where TL : struct, ILanes<TV>
        where TV : struct
    {
        nint element = 2 * TL.Count;
        for (int block = 0; block < blocks; block++)
        {
            float* to = rows[0] + (block * rows.BlockStride);
            for (int part = 0; part < 2; part++)
            {
                Transposition.Run(
                    tile + (part * TL.Count),
                    element,
                    to + (part * ComplexPlane.Lanes),
                    rows.Stride,
                    ComplexPlane.Lanes,
                    TL.Count);
            }

            tile += ComplexPlane.Lanes * element;
        }
    }
}
