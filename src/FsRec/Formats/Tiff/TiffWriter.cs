using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using FsRec.Formats.Export;

namespace FsRec.Formats.Tiff;

/// <summary>
/// Writes images as float TIFF in ImageJ's manner, so that Fiji opens them with scale, labels and info: a page an image; above 4 GB one page and the other images behind
/// its own. Every value stands uncompressed.
/// </summary>
internal static class TiffWriter
{
    private const int HeaderBytes = 8;

    // ImageJ's own two tags are on the first page only.
    private const int FirstFields = 18;
    private const int OtherFields = 16;

    /// <summary>Writes images.</summary>
    public static void Write(Stream stream, ImageContent content, CancellationToken cancellationToken)
    {
        long image = content.ValueCount * (long)sizeof(float);
        (byte[] info, int[] infoCounts) = ImageJInfo(content);
        byte[] description = Encoding.UTF8.GetBytes(Description(content) + "\0");
        byte[] software = Encoding.ASCII.GetBytes(Provenance.Program + "\0");
        bool onePage = (content.Frames * image) + info.Length + (content.Frames * 4096L) > uint.MaxValue;
        int pages = onePage ? 1 : content.Frames;

        // Header, what the first page's tags point to, the images, the directories; each of these begins at an even byte.
        var extra = new List<byte>();
        uint Place(ReadOnlySpan<byte> bytes)
        {
            uint at = (uint)(HeaderBytes + extra.Count);
            extra.AddRange(bytes);
            if ((extra.Count & 1) == 1)
            {
                extra.Add(0);
            }

            return at;
        }

        uint descriptionAt = Place(description);
        uint softwareAt = Place(software);
        uint xAt = Place(Rational(1 / content.Calibration.ColumnSampling));
        uint yAt = Place(Rational(1 / content.Calibration.RowSampling));
        uint countsAt = Place(MemoryMarshal.AsBytes(infoCounts.AsSpan()));
        uint infoAt = Place(info);
        uint data = (uint)(HeaderBytes + extra.Count);
        List<(ushort Tag, ushort Type, uint Count, uint Value)> Fields(int page)
        {
            List<(ushort Tag, ushort Type, uint Count, uint Value)> fields =
            [
                (254, 4, 1, 0), (256, 4, 1, (uint)content.Calibration.Columns), (257, 4, 1, (uint)content.Calibration.Rows), (258, 3, 1, 32), (259, 3, 1, 1), (262, 3, 1, 1),
                (270, 2, (uint)description.Length, descriptionAt), (273, 4, 1, onePage ? data + DirectoryBytes(FirstFields) : (uint)(data + (page * image))), (277, 3, 1, 1),
                (278, 4, 1, (uint)content.Calibration.Rows), (279, 4, 1, (uint)Math.Min(image, uint.MaxValue)), (282, 5, 1, xAt), (283, 5, 1, yAt), (296, 3, 1, 1),
                (305, 2, (uint)software.Length, softwareAt), (339, 3, 1, 3),
            ];
            if (page == 0)
            {
                fields.Add((50838, 4, (uint)infoCounts.Length, countsAt));
                fields.Add((50839, 1, (uint)info.Length, infoAt));
            }

            return fields;
        }

        uint At(int page) => onePage ? data : (uint)(data + (content.Frames * image) + (page == 0 ? 0 : DirectoryBytes(FirstFields) + ((page - 1) * DirectoryBytes(OtherFields))));
        var header = new byte[HeaderBytes];
        "II*\0"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), At(0));
        stream.Write(header);
        stream.Write(CollectionsMarshal.AsSpan(extra));
        if (onePage)
        {
            WriteDirectory(stream, Fields(0), 0);
        }

        foreach ((_, float[] values) in content.Images(cancellationToken))
        {
            stream.Write(MemoryMarshal.AsBytes(values.AsSpan()));
        }

        for (int page = 0; page < pages && !onePage; page++)
        {
            WriteDirectory(stream, Fields(page), page + 1 < pages ? At(page + 1) : 0);
        }
    }

    private static uint DirectoryBytes(int fields) => (uint)(2 + (12 * fields) + 4);

    private static void WriteDirectory(Stream stream, List<(ushort Tag, ushort Type, uint Count, uint Value)> fields, uint next)
    {
        var bytes = new byte[DirectoryBytes(fields.Count)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)fields.Count);
        for (int i = 0; i < fields.Count; i++)
        {
            Span<byte> place = bytes.AsSpan(2 + (12 * i));
            BinaryPrimitives.WriteUInt16LittleEndian(place, fields[i].Tag);
            BinaryPrimitives.WriteUInt16LittleEndian(place[2..], fields[i].Type);
            BinaryPrimitives.WriteUInt32LittleEndian(place[4..], fields[i].Count);
            BinaryPrimitives.WriteUInt32LittleEndian(place[8..], fields[i].Value);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(bytes.Length - 4), next);
        stream.Write(bytes);
    }

    private static string Description(ImageContent content)
    {
        string images = content.Frames > 1 ? string.Create(CultureInfo.InvariantCulture, $"images={content.Frames}\nslices={content.Frames}\n") : "";
        return $"ImageJ=1.53k\n{images}unit=nm\n{(content.Frames > 1 ? "loop=false\n" : "")}";
    }

    // ImageJ's own block: the text of Image > Show Info, and a label for each slice.
    private static (byte[] Bytes, int[] Counts) ImageJInfo(ImageContent content)
    {
        byte[] text = Encoding.Unicode.GetBytes(content.Provenance.ToString());
        byte[][] labels = [.. content.Labels.Select(Encoding.Unicode.GetBytes)];
        var bytes = new List<byte>();
        void Int(int value) => bytes.AddRange(BitConverter.GetBytes(value));
        Int(0x494A494A);
        Int(0x696E666F);
        Int(1);
        if (labels.Length > 0)
        {
            Int(0x6C61626C);
            Int(labels.Length);
        }

        int head = bytes.Count;
        bytes.AddRange(text);
        foreach (byte[] label in labels)
        {
            bytes.AddRange(label);
        }

        return ([.. bytes], [head, text.Length, .. labels.Select(static label => label.Length)]);
    }

    // With as many digits as fit.
    private static byte[] Rational(double value)
    {
        double denominator = 1;
        while (denominator < 1e9 && value * denominator * 10 < uint.MaxValue)
        {
            denominator *= 10;
        }

        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)Math.Clamp(Math.Round(value * denominator), 1, uint.MaxValue));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), (uint)denominator);
        return bytes;
    }
}
