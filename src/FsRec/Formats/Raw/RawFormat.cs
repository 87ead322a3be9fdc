using FsRec.Formats.Images;

namespace FsRec.Formats.Raw;

/// <summary>How to read a file that does not say itself what it holds.</summary>
public sealed record RawFormat
{
    /// <summary>What files without a header are called.</summary>
    public const string FormatName = "raw";

    /// <summary>The numbers.</summary>
    public PixelType PixelType { get; init; } = PixelType.Float32;

    /// <summary>Whether the first byte of a number is the highest.</summary>
    public bool BigEndian { get; init; }

    /// <summary>Bytes before the first number.</summary>
    public long HeaderBytes { get; init; }

    /// <summary>The order of the images' pixels.</summary>
    public RawOrder Order { get; init; } = RawOrder.Images;

    /// <summary>Rows of an image; 0 when they are not known.</summary>
    public int Rows { get; init; }

    /// <summary>Columns of an image; 0 when they are not known.</summary>
    public int Columns { get; init; }

    /// <summary>Bytes of a file that holds one image.</summary>
    internal long FrameBytes => HeaderBytes + (Rows * PixelType.RowBytes(Columns));

    internal ImageSet Open(FileBytes file)
    {
        if (Rows < 1 || Columns < 1)
        {
            throw new DataException($"'{file.Path}' has no header that tells its shape; give Dimensions, rows and columns.");
        }

        long row = PixelType.RowBytes(Columns);
        double frame = (double)Rows * row;
        long bytes = file.Length - HeaderBytes;
        if (bytes < frame || bytes % frame != 0)
        {
            throw file.Damaged(
                HeaderBytes,
                FormattableString.Invariant($"{Math.Max(0, bytes)} bytes of pixels"),
                FormattableString.Invariant($"a multiple of {frame:0}, {Rows}×{Columns} px {PixelType}; check Dimensions, Pixeltype and Headerbytes"));
        }

        int frames = Damage.Size(file.Path, 0, "images", (long)(bytes / frame));
        var info = new ImageFileInfo
        {
            Path = file.Path,
            Format = FormatName,
            Frames = frames,
            Rows = Rows,
            Columns = Columns,
            PixelType = PixelType,
            Axes = [.. frames > 1 ? [new ImageAxis("", frames)] : Array.Empty<ImageAxis>(), new ImageAxis("", Rows), new ImageAxis("", Columns)],
        };
        return new PlainStack(info, file, Layout(frames, row), BigEndian);
    }

    private PlainLayout Layout(int frames, long row)
    {
        long size = PixelType.Bits() / 8;
        return Order switch
        {
            RawOrder.Rows => new PlainLayout { FrameOffset = frame => HeaderBytes + (frame * row), RowStride = frames * row, ColumnStride = size },
            RawOrder.Pixels => new PlainLayout { FrameOffset = frame => HeaderBytes + (frame * size), RowStride = frames * size * Columns, ColumnStride = frames * size },
            _ => PlainLayout.Contiguous(HeaderBytes, Rows, Columns, PixelType),
        };
    }
}
