using System.Buffers.Binary;
using FsRec.Formats.Images;

namespace FsRec.Formats.Png;

/// <summary>
/// PNG of 8 or 16 bits grey, with or without an alpha channel, which is passed over. Read by our own code: the libraries at hand bring 16 bits down to 8,
/// which for counts of a camera is not reading them.
/// </summary>
internal sealed class PngFormat : ImageFormat
{
    private const int SignatureBytes = 8;

    /// <inheritdoc />
    public override string Name => "PNG";

    /// <inheritdoc />
    public override bool Knows(ReadOnlySpan<byte> head, FileBytes file) => head.Length >= 33 && head[..SignatureBytes].SequenceEqual((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);

    /// <inheritdoc />
    public override IReadOnlyList<ImageSet> Open(FileBytes file)
    {
        var cursor = new ByteCursor(file, SignatureBytes, true);
        if (cursor.UInt32() != 13 || cursor.Text(4) != "IHDR")
        {
            throw file.Damaged(SignatureBytes, "no IHDR", "IHDR, which tells the shape");
        }

        int columns = Damage.Size(file.Path, 16, "columns", cursor.UInt32());
        int rows = Damage.Size(file.Path, 20, "rows", cursor.UInt32());
        (int bits, int colour) = (cursor.Byte(), cursor.Byte());
        if (bits is not (8 or 16) || colour is not (0 or 4))
        {
            throw file.Damaged(24, FormattableString.Invariant($"{bits} bits a channel, colour type {colour}"), "8 or 16 bits of grey (colour type 0 or 4)");
        }

        cursor.Position += 2;
        bool interlaced = cursor.Byte() != 0;
        cursor.Position += 4;
        List<(long Offset, long Length)> data = [];
        double? scale = null;
        var tags = new Dictionary<string, string>();
        while (cursor.Position < file.Length)
        {
            long length = cursor.UInt32();
            string kind = cursor.Text(4);
            file.Require(cursor.Position, length, $"the chunk {kind}");
            if (kind == "IDAT")
            {
                data.Add((cursor.Position, length));
            }
            else if (kind == "pHYs" && length == 9)
            {
                scale = ScaleOf(file, cursor.Position);
            }
            else if (kind == "tEXt" && length is > 0 and < 200)
            {
                long start = cursor.Position;
                string key = cursor.Text((int)length);
                if (key.Length + 1 < length)
                {
                    cursor.Position = start + key.Length + 1;
                    tags[key] = cursor.Text((int)length - key.Length - 1);
                }

                cursor.Position = start;
            }
            else if (kind == "IEND")
            {
                break;
            }

            cursor.Position += length + 4;
        }

        if (data.Count == 0)
        {
            throw file.Damaged(Math.Min(cursor.Position, file.Length), "no IDAT", "the packed image");
        }

        double claimed = (double)rows * columns * (bits / 8) * (colour == 4 ? 2 : 1);
        Expansion.CheckDeflate(file.Path, data[0].Offset, data.Sum(static piece => (double)piece.Length), claimed);
        var info = new ImageFileInfo
        {
            Path = file.Path,
            Format = "PNG",
            Frames = 1,
            Rows = rows,
            Columns = columns,
            PixelType = bits == 8 ? PixelType.UInt8 : PixelType.UInt16,
            Axes = [new ImageAxis("y", rows, scale ?? 1, scale is null ? "" : "nm"), new ImageAxis("x", columns, scale ?? 1, scale is null ? "" : "nm")],
            RowSampling = scale,
            ColumnSampling = scale,
            Tags = tags,
        };
        return [new PngStack(info, file, data, colour == 4 ? 2 : 1, interlaced)];
    }

    /// <summary>Whether FsRec wrote a picture, in colours or not: its name stands before the pixels.</summary>
    /// <param name="path">The file.</param>
    public static bool IsOurs(string path)
    {
        try
        {
            using var file = new FileBytes(path);
            var head = new byte[(int)Math.Min(file.Length, 256)];
            file.Read(0, head);
            return head.AsSpan().IndexOf("tEXtSoftware\0FsRec "u8) > 0;
        }
        catch (DataException)
        {
            return false;
        }
    }

    // Pixels a metre. The many that a screen or a printer has are no scale of a micrograph.
    private static double? ScaleOf(FileBytes file, long offset)
    {
        Span<byte> bytes = stackalloc byte[9];
        file.Read(offset, bytes);
        uint perMetre = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        return bytes[8] == 1 && perMetre > 0 && 1e9 / perMetre is var nm && nm <= PrintResolution.LargestPixel ? nm : null;
    }
}
