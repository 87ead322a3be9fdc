namespace FsRec.Fourier;

/// <summary>What a transform of rows reads and writes of them.</summary>
internal readonly unsafe struct RowPart()
{
    /// <summary>Blocks of 16 columns that may differ from zero; others are not read.</summary>
    public int PresentBlocks { get; init; } = int.MaxValue;

    /// <summary>Blocks of 16 columns that are wanted; others may be written or left alone.</summary>
    public int WantedBlocks { get; init; } = int.MaxValue;

    /// <summary>A real factor of each element of the first row that is read; <see langword="null"/> for none.</summary>
    public float* Factors { get; init; }

    /// <summary>Floats from the factors of a row to those of the next.</summary>
    public nint FactorStride { get; init; }
}
