using System.Buffers.Binary;
using FsRec.Formats.Images;

namespace FsRec.Formats.Mrc;

/// <summary>The 1024 bytes that an MRC file begins with (MRC2014, and what came before it).</summary>
internal sealed class MrcHeader
{
    /// <summary>Bytes of the header.</summary>
    public const int Bytes = 1024;

    private const int ImodStamp = 1146047817;

    private MrcHeader(ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        BigEndian = bigEndian;
        int Int(ReadOnlySpan<byte> field) => bigEndian ? BinaryPrimitives.ReadInt32BigEndian(field) : BinaryPrimitives.ReadInt32LittleEndian(field);
        (Columns, Rows, Frames, Mode) = (Int(bytes), Int(bytes[4..]), Int(bytes[8..]), Int(bytes[12..]));
        Grid = (Int(bytes[28..]), Int(bytes[32..]));
        Cell = (BitConverter.Int32BitsToSingle(Int(bytes[40..])), BitConverter.Int32BitsToSingle(Int(bytes[44..])));
        Map = (Int(bytes[64..]), Int(bytes[68..]), Int(bytes[72..]));
        Range = (BitConverter.Int32BitsToSingle(Int(bytes[76..])), BitConverter.Int32BitsToSingle(Int(bytes[80..])));
        ExtendedBytes = Int(bytes[92..]);
        ExtendedType = System.Text.Encoding.ASCII.GetString(bytes.Slice(104, 4));
        HasImodFlags = Int(bytes[152..]) == ImodStamp;
        ImodFlags = Int(bytes[156..]);
        HasStamp = bytes.Slice(208, 4).SequenceEqual("MAP "u8);
        Labels = [.. ReadLabels(bytes, Int(bytes[220..]))];
    }

    /// <summary>Whether numbers have the highest byte first.</summary>
    public bool BigEndian { get; }

    /// <summary>Columns of a section.</summary>
    public int Columns { get; }

    /// <summary>Rows of a section.</summary>
    public int Rows { get; }

    /// <summary>Sections.</summary>
    public int Frames { get; }

    /// <summary>The code of the number type.</summary>
    public int Mode { get; }

    /// <summary>Intervals of the cell along columns and rows.</summary>
    public (int X, int Y) Grid { get; }

    /// <summary>Size of the cell in Å; some programs write it negative.</summary>
    public (float X, float Y) Cell { get; }

    /// <summary>Which axis columns, rows and sections are.</summary>
    public (int X, int Y, int Z) Map { get; }

    /// <summary>Least and greatest number, where the file knows them.</summary>
    public (float Low, float High) Range { get; }

    /// <summary>Bytes of the extended header.</summary>
    public int ExtendedBytes { get; }

    /// <summary>Kind of the extended header, such as FEI1; spaces or zeros where the file does not say.</summary>
    public string ExtendedType { get; }

    /// <summary>Whether IMOD wrote the file and its flags count.</summary>
    public bool HasImodFlags { get; }

    /// <summary>IMOD's flags; the lowest bit says that bytes are signed.</summary>
    public int ImodFlags { get; }

    /// <summary>Whether the letters MAP stand where they must.</summary>
    public bool HasStamp { get; }

    /// <summary>The lines of text.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The number type; <see langword="null"/> where the mode is none of numbers.</summary>
    public PixelType? PixelType => Mode switch
    {
        0 => IsSigned ? FsRec.PixelType.Int8 : FsRec.PixelType.UInt8,
        1 => FsRec.PixelType.Int16,
        2 => FsRec.PixelType.Float32,
        3 => FsRec.PixelType.ComplexInt16,
        4 => FsRec.PixelType.Complex64,
        6 => FsRec.PixelType.UInt16,
        12 => FsRec.PixelType.Float16,
        101 => FsRec.PixelType.UInt4,
        _ => null,
    };

    // IMOD's flag decides where IMOD wrote the file; else the range, where it fits one sign only; else MRC2014, which has them signed.
    private bool IsSigned => HasImodFlags ? (ImodFlags & 1) != 0 : !(Range.Low >= 0 && Range.High is > 127 and <= 255);

    /// <summary>Reads the header in the byte order in which it makes sense; <see langword="null"/> when it makes none in either.</summary>
    public static MrcHeader? Read(ReadOnlySpan<byte> head, long fileLength)
    {
        if (head.Length < Bytes)
        {
            return null;
        }

        var little = new MrcHeader(head, false);
        var big = new MrcHeader(head, true);
        (int l, int b) = (little.Plausibility(fileLength), big.Plausibility(fileLength));

        // The stamp 44 44 or 11 11 decides only between two that make sense.
        MrcHeader best = l != b ? (l > b ? little : big) : head[212] == 0x11 ? big : little;
        return Math.Max(l, b) >= (best.HasStamp ? 3 : 5) ? best : null;
    }

    private int Plausibility(long fileLength)
    {
        bool shape = Columns is > 0 and < 1 << 24 && Rows is > 0 and < 1 << 24 && Frames is > 0 and < 1 << 24;
        bool mode = Mode is (>= 0 and <= 4) or 6 or 12 or 16 or 101;
        if (!shape || !mode)
        {
            return 0;
        }

        bool axes = Map is (0, 0, 0) || (Map.X is >= 1 and <= 3 && Map.Y is >= 1 and <= 3 && Map.Z is >= 1 and <= 3);
        bool extended = ExtendedBytes >= 0 && ExtendedBytes <= fileLength;
        double needed = Bytes + ExtendedBytes + ((double)Frames * Rows * (PixelType?.RowBytes(Columns) ?? Columns));
        return 2 + (axes ? 1 : 0) + (extended ? 1 : 0) + (needed <= fileLength ? 1 : 0) + (needed == fileLength ? 1 : 0);
    }

    private static List<string> ReadLabels(ReadOnlySpan<byte> bytes, int count)
    {
        List<string> labels = [];
        for (int i = 0; i < Math.Clamp(count, 0, 10); i++)
        {
            string label = System.Text.Encoding.Latin1.GetString(bytes.Slice(224 + (80 * i), 80)).Trim(' ', '\0');
            if (label.Length > 0)
            {
                labels.Add(label);
            }
        }

        return labels;
    }
}
