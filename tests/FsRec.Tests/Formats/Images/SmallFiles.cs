using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace FsRec.Tests.Formats.Images;

/// <summary>Small files of several formats, written field by field from the formats' descriptions and not by the library.</summary>
internal static class SmallFiles
{
    /// <summary>MRC: the header's words by number, then the data.</summary>
    public static byte[] Mrc((int X, int Y, int Z) size, int mode, byte[] data, bool bigEndian = false, Action<byte[]>? change = null, int extended = 0)
    {
        var bytes = new byte[1024 + extended + data.Length];
        void Int(int word, int value) => Put32(bytes, 4 * (word - 1), value, bigEndian);
        void Real(int word, float value) => Put32(bytes, 4 * (word - 1), BitConverter.SingleToInt32Bits(value), bigEndian);
        Int(1, size.X);
        Int(2, size.Y);
        Int(3, size.Z);
        Int(4, mode);
        Int(8, size.X);
        Int(9, size.Y);
        Int(10, size.Z);
        Real(11, size.X * 0.5f);
        Real(12, size.Y * 0.4f);
        Int(17, 1);
        Int(18, 2);
        Int(19, 3);
        Int(24, extended);
        Encoding.ASCII.GetBytes("MAP ").CopyTo(bytes, 208);
        bytes[212] = bytes[213] = 0x44;
        data.CopyTo(bytes, 1024 + extended);
        change?.Invoke(bytes);
        return bytes;
    }

    /// <summary>FEI SER of 16-bit integers, with places for more images than there are.</summary>
    public static byte[] Ser(int planned, int valid, int rows, int columns, Func<int, short> value)
    {
        var stream = new MemoryStream();
        var writer = new BinaryWriter(stream);
        writer.Write((short)0x4949);
        writer.Write((short)0x0197);
        writer.Write((short)0x0210);
        writer.Write(0x4122);
        writer.Write(0x4152);
        writer.Write(planned);
        writer.Write(valid);
        writer.Write(30);
        writer.Write(0);
        int image = 50 + (2 * rows * columns);
        int start = 30 + (8 * planned);
        for (int i = 0; i < planned; i++)
        {
            writer.Write(i < valid ? start + (i * image) : 0);
        }

        writer.Write(new byte[4 * planned]);
        for (int i = 0; i < valid; i++)
        {
            foreach (int axis in (int[])[columns, rows])
            {
                writer.Write(0.0);
                writer.Write(axis == columns ? 5e-11 : 4e-11);
                writer.Write(0);
            }

            writer.Write((short)5);
            writer.Write(columns);
            writer.Write(rows);
            for (int k = 0; k < rows * columns; k++)
            {
                writer.Write(value((i * rows * columns) + k));
            }
        }

        return stream.ToArray();
    }

    /// <summary>PNG of 16 bits grey, each row filtered as its number says.</summary>
    public static byte[] Png(int rows, int columns, Func<int, int> value)
    {
        var rawData = new MemoryStream();
        for (int y = 0; y < rows; y++)
        {
            int filter = y % 3;
            rawData.WriteByte((byte)filter);
            for (int x = 0; x < 2 * columns; x++)
            {
                byte At(int row, int at) => row < 0 || at < 0 ? (byte)0 : (byte)(value((row * columns) + (at / 2)) >> (at % 2 == 0 ? 8 : 0));
                byte predicted = filter switch { 1 => At(y, x - 2), 2 => At(y - 1, x), _ => 0 };
                rawData.WriteByte((byte)(At(y, x) - predicted));
            }
        }

        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, true))
        {
            zlib.Write(rawData.ToArray());
        }

        var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var head = new byte[13];
        Put32(head, 0, columns, true);
        Put32(head, 4, rows, true);
        head[8] = 16;
        Chunk("IHDR", head);
        byte[] all = packed.ToArray();
        Chunk("IDAT", all[..(all.Length / 2)]);
        Chunk("IDAT", all[(all.Length / 2)..]);
        Chunk("IEND", []);
        return file.ToArray();

        void Chunk(string kind, byte[] data)
        {
            var length = new byte[4];
            Put32(length, 0, data.Length, true);
            file.Write(length);
            file.Write(Encoding.ASCII.GetBytes(kind));
            file.Write(data);
            file.Write(new byte[4]);
        }
    }

    /// <summary>DigitalMicrograph 3: a stack of 16-bit integers with a scale in µm, a voltage, and a C3 in mm that may be 0 for not entered.</summary>
    public static byte[] Dm3(int frames, int rows, int columns, Func<int, short> value, double scale = 5e-5, double cs = 0)
    {
        byte[] pixels = [.. Enumerable.Range(0, frames * rows * columns).SelectMany(i => BitConverter.GetBytes(value(i)))];
        byte[] image = Group(
            Named("ImageData", Group(
                Named("Calibrations", Group(Named("Dimension", Group(Axis(scale), Axis(scale), Axis(1))))),
                Named("Data", Data([20, 2, frames * rows * columns], pixels)),
                Named("DataType", Data([3], BitConverter.GetBytes(1))),
                Named("Dimensions", Group(Size(columns), Size(rows), Size(frames))))),
            Named("ImageTags", Group(Named("Microscope Info", Group(Named("Voltage", Data([7], BitConverter.GetBytes(200000.0))), Named("Cs(mm)", Data([6], BitConverter.GetBytes((float)cs))))))),
            Named("Name", Text("small")));
        byte[] root = Group(Named("ImageList", Group(Named("", image))));
        return Root(root);

        static byte[] Axis(double scale) => Named("", Group(Named("Scale", Data([6], BitConverter.GetBytes((float)scale))), Named("Units", Text("µm"))));
        static byte[] Size(int size) => Named("", Data([5], BitConverter.GetBytes(size)));
    }

    /// <summary>A file of DigitalMicrograph 3 with a group as its root.</summary>
    public static byte[] Root(byte[] group) => [.. Big(3), .. Big(group.Length), .. Big(1), group[0], group[1], .. group[3..], .. new byte[8]];

    /// <summary>A group of the tags of DigitalMicrograph.</summary>
    public static byte[] Group(params byte[][] tags) => [1, 0, 0, .. Big(tags.Length), .. tags.SelectMany(static tag => tag)];

    /// <summary>A tag with a name; what begins with 1 is a group, whose third byte is ours and left out.</summary>
    public static byte[] Named(string name, byte[] content) =>
        [content[0] == 1 ? (byte)20 : (byte)21, 0, (byte)name.Length, .. Encoding.Latin1.GetBytes(name), .. content[0] == 1 ? [content[0], content[1], .. content[3..]] : content];

    private static byte[] Data(int[] description, byte[] data) => [.. "%%%%"u8, .. Big(description.Length), .. description.SelectMany(Big), .. data];

    private static byte[] Text(string text) => Data([20, 4, text.Length], Encoding.Unicode.GetBytes(text));

    private static byte[] Big(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
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
}
