namespace FsRec.Fourier;

/// <summary>Memory that was taken of <see cref="PlaneMemory"/>.</summary>
/// <param name="piece">What it is a part of; <see langword="null"/> where it stands alone.</param>
/// <param name="whole">What it is all of, where it is large.</param>
/// <param name="memory">As malloc gave it, where it is small.</param>
/// <param name="start">Its first byte.</param>
/// <param name="bytes">How much it is.</param>
internal sealed unsafe class PlaneBlock(MemoryPiece? piece, SystemMemory? whole, void* memory, byte* start, nuint bytes)
{
    /// <summary>What it is a part of; <see langword="null"/> where it stands alone.</summary>
    public MemoryPiece? Piece => piece;

    /// <summary>What it is all of, where it is large.</summary>
    public SystemMemory? Whole => whole;

    /// <summary>As malloc gave it, where it is small.</summary>
    public void* Memory => memory;

    /// <summary>Its first byte.</summary>
    public byte* Start => start;

    /// <summary>How much it is.</summary>
    public nuint Bytes => bytes;

    /// <summary>How many of the bytes from the start on have been another's before, and are not zero.</summary>
    public nuint Used { get; init; }
}
