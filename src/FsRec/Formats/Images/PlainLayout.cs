namespace FsRec.Formats.Images;

/// <summary>Where the pixels of uncompressed images lie in a file, in bytes.</summary>
internal sealed record PlainLayout
{
    /// <summary>First byte of each image.</summary>
    public required Func<int, long> FrameOffset { get; init; }

    /// <summary>Whether the places of images come from a table in the file, and do not follow each other.</summary>
    public bool IsTable { get; init; }

    /// <summary>Distance of two rows.</summary>
    public required long RowStride { get; init; }

    /// <summary>Distance of two columns.</summary>
    public required long ColumnStride { get; init; }

    /// <summary>Images one behind the other without gaps.</summary>
    public static PlainLayout Contiguous(long offset, int rows, int columns, PixelType type)
    {
        long row = type.RowBytes(columns);
        return new PlainLayout { FrameOffset = frame => offset + (frame * rows * row), RowStride = row, ColumnStride = type.Bits() / 8 };
    }

    /// <summary>Distance in bytes from an image's first byte to the one behind its last.</summary>
    public long Extent(int rows, int columns, PixelType type) => type == PixelType.UInt4
        ? rows * RowStride
        : ((rows - 1) * RowStride) + ((columns - 1) * ColumnStride) + (type.Bits() / 8);
}
