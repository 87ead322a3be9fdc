using System.Buffers.Binary;
using BitMiracle.LibTiff.Classic;
using FsRec.Formats.Images;
using LibTiff = BitMiracle.LibTiff.Classic.Tiff;

namespace FsRec.Formats.Tiff;

/// <summary>
/// Decodes a compressed strip or tile by LibTiff. It is given a file of one page with this one strip, which takes no more memory than the strip, whatever the
/// real file's other fields say, and which each thread has for itself.
/// </summary>
internal static class TiffCodec
{
    private static readonly SilentHandler Silent = Install();

    /// <summary>Decodes a piece.</summary>
    /// <returns>Its bytes, in the machine's order.</returns>
    /// <exception cref="DataException">It is damaged or of a compression that is not known.</exception>
    public static byte[] Decode(FileBytes file, TiffPage page, bool bigEndian, long offset, long count, int rows)
    {
        GC.KeepAlive(Silent);
        file.Require(offset, count, "a compressed piece");
        long size = rows * page.Type.RowBytes(page.PieceColumns);
        Expansion.CheckAny(file.Path, offset, count, size);
        if (count > int.MaxValue / 2 || size > int.MaxValue / 2)
        {
            throw file.Damaged(offset, FormattableString.Invariant($"a piece of {count} compressed bytes, {size} unpacked"), "pieces below 1 GB");
        }

        byte[] strip = OnePage(file, page, bigEndian, offset, (int)count, rows);
        using LibTiff? tiff = LibTiff.ClientOpen("strip", "r", new MemoryStream(strip, false), new TiffStream());
        if (tiff is null)
        {
            throw file.Damaged(offset, FormattableString.Invariant($"a piece of the compression {page.Compression}"), "LZW, deflate, PackBits or JPEG");
        }

        var result = new byte[size];
        int read = tiff.ReadEncodedStrip(0, result, 0, (int)size);
        return read == size
            ? result
            : throw file.Damaged(offset, FormattableString.Invariant($"a piece of the compression {page.Compression} that gives {Math.Max(0, read)} bytes"), FormattableString.Invariant($"{size}"));
    }

    private static byte[] OnePage(FileBytes file, TiffPage page, bool bigEndian, long offset, int count, int rows)
    {
        byte[]? tables = page.Directory.Raw(347, 1 << 16);
        List<(int Tag, int Type, int Count, int Value)> fields =
        [
            (256, 4, 1, page.PieceColumns), (257, 4, 1, rows), (258, 3, 1, page.Type.Bits()), (259, 3, 1, page.Compression),
            (262, 3, 1, 1), (266, 3, 1, (int)page.Directory.Integer(266, 1)), (273, 4, 1, 0), (277, 3, 1, 1), (278, 4, 1, rows), (279, 4, 1, count),
            (284, 3, 1, 1), (317, 3, 1, (int)page.Directory.Integer(317, 1)), (339, 3, 1, (int)page.Directory.Integer(339, 1)),
        ];
        int data = 8 + 2 + (12 * (fields.Count + (tables is null ? 0 : 1))) + 4;
        if (tables is not null)
        {
            fields.Add((347, 7, tables.Length, data));
            fields.Sort(static (a, b) => a.Tag.CompareTo(b.Tag));
        }

        int start = data + (tables?.Length ?? 0);
        var bytes = new byte[start + count];
        bytes[0] = bytes[1] = (byte)(bigEndian ? 'M' : 'I');
        Put16(bytes, 2, 42, bigEndian);
        Put32(bytes, 4, 8, bigEndian);
        Put16(bytes, 8, fields.Count, bigEndian);
        for (int i = 0; i < fields.Count; i++)
        {
            int at = 10 + (12 * i);
            (int tag, int type, int values, int value) = fields[i];
            Put16(bytes, at, tag, bigEndian);
            Put16(bytes, at + 2, type, bigEndian);
            Put32(bytes, at + 4, values, bigEndian);
            if (type == 3)
            {
                Put16(bytes, at + 8, value, bigEndian);
            }
            else
            {
                Put32(bytes, at + 8, tag == 273 ? start : value, bigEndian);
            }
        }

        tables?.CopyTo(bytes, data);
        file.Read(offset, bytes.AsSpan(start));
        return bytes;
    }

    private static void Put16(byte[] bytes, int at, int value, bool bigEndian)
    {
        if (bigEndian)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), (ushort)value);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), (ushort)value);
        }
    }

    private static void Put32(byte[] bytes, int at, int value, bool bigEndian)
    {
        if (bigEndian)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(at), value);
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
        }
    }

    private static SilentHandler Install()
    {
        var handler = new SilentHandler();
        LibTiff.SetErrorHandler(handler);
        return handler;
    }

    // By itself the library writes to the console.
    private sealed class SilentHandler : TiffErrorHandler
    {
        public override void ErrorHandler(LibTiff tif, string method, string format, params object[] args)
        {
        }

        public override void ErrorHandlerExt(LibTiff tif, object clientData, string method, string format, params object[] args)
        {
        }

        public override void WarningHandler(LibTiff tif, string method, string format, params object[] args)
        {
        }

        public override void WarningHandlerExt(LibTiff tif, object clientData, string method, string format, params object[] args)
        {
        }
    }
}
