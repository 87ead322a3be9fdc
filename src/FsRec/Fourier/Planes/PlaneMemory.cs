using System.Runtime.InteropServices;

namespace FsRec.Fourier;

/// <summary>
/// Memory of planes, cut from large pieces: what one thread gave back another takes, and it is there already. Memory that the system gives anew costs an interruption for each
/// 4 kB when it is first touched; of planes that live shortly that was a twentieth of the time of a run. Pieces have pages of 2 MB.
/// </summary>
internal static unsafe class PlaneMemory
{
    // Smaller ones are quick to have elsewhere; larger ones have pages of 2 MB of their own.
    private const nuint Least = 32 << 10;
    private const nuint Most = 4 << 20;

    private static readonly object Gate = new();
    private static readonly List<MemoryPiece> Pieces = [];

    /// <summary>Takes memory, all zero, aligned to <see cref="AlignedBuffer.Alignment"/>.</summary>
    /// <param name="bytes">How much.</param>
    /// <returns>Its start, and what gives it back.</returns>
    /// <exception cref="OutOfMemoryException">There is no more.</exception>
    public static PlaneBlock Take(nuint bytes)
    {
        nuint size = Up(bytes, AlignedBuffer.Alignment);
        return size < Least ? Small(size) : size > Most ? Large(size) : Shared(size);
    }

    /// <summary>Gives memory back.</summary>
    /// <param name="block">As it was taken; not used afterwards.</param>
    public static void Give(PlaneBlock block)
    {
        if (block.Piece is null)
        {
            block.Whole?.Release();
            NativeMemory.Free(block.Memory);
            return;
        }

        lock (Gate)
        {
            block.Piece.Give(block.Start, block.Bytes);
            // One is kept for the next that is taken.
            if (block.Piece.IsFree && Pieces.Count(static p => p.IsFree) > 1)
            {
                Pieces.Remove(block.Piece);
                block.Piece.Release();
            }
        }
    }

    /// <summary>The next multiple of a unit.</summary>
    /// <param name="value">An address, or a number of bytes.</param>
    /// <param name="unit">The unit in bytes.</param>
    /// <exception cref="OverflowException">There is none.</exception>
    internal static nuint Up(nuint value, nuint unit) => checked(value + unit - 1) / unit * unit;

    private static PlaneBlock Small(nuint size)
    {
        void* memory = NativeMemory.AllocZeroed(size + AlignedBuffer.Alignment);
        return new PlaneBlock(null, null, memory, (byte*)Up((nuint)memory, AlignedBuffer.Alignment), size);
    }

    private static PlaneBlock Large(nuint size)
    {
        var memory = new SystemMemory(size);
        return new PlaneBlock(null, memory, null, memory.Start, size);
    }

    private static PlaneBlock Shared(nuint size)
    {
        PlaneBlock? block = null;
        lock (Gate)
        {
            foreach (MemoryPiece piece in Pieces)
            {
                block = piece.Take(size);
                if (block is not null)
                {
                    break;
                }
            }

            if (block is null)
            {
                var piece = new MemoryPiece();
                Pieces.Add(piece);
                block = piece.Take(size)!;
            }
        }

        if (block.Used > 0)
        {
            NativeMemory.Clear(block.Start, block.Used);
        }

        return block;
    }
}
