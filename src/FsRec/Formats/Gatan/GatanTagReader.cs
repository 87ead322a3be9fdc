using System.Text;
using FsRec.Formats.Images;

namespace FsRec.Formats.Gatan;

/// <summary>
/// Reads the tree of tags that a DigitalMicrograph file of version 3 or 4 is. The structure (sizes, types, tags) is written with the
/// highest byte first, the values in the order that the header names. Version 4 writes sizes with 64 bits and the length of each tag.
/// </summary>
/// <remarks>
/// Every length is held against the file before anything is taken for it; groups nest at most <see cref="DeepestNesting"/> deep, and at
/// most <see cref="MostTags"/> tags are read. Arrays are skipped, their place kept.
/// </remarks>
internal sealed class GatanTagReader
{
    private const int DeepestNesting = 32;
    private const int MostTags = 200_000;
    private const int LongestText = 4096;
    private readonly FileBytes _file;
    private readonly ByteCursor _cursor;
    private readonly bool _valuesBigEndian;
    private int _tags;

    private GatanTagReader(FileBytes file)
    {
        _file = file;
        _cursor = new ByteCursor(file, 0, true);
        Version = _cursor.Int32();
        _ = Size();
        int order = _cursor.Int32();
        _valuesBigEndian = order switch
        {
            0 => true,
            1 => false,
            _ => throw file.Damaged(_cursor.Position - 4, FormattableString.Invariant($"the byte order {order}"), "0 or 1"),
        };
        Root = Group(0);
    }

    /// <summary>3 or 4.</summary>
    public int Version { get; }

    /// <summary>Whether values and pixels have the highest byte first.</summary>
    public bool BigEndian => _valuesBigEndian;

    /// <summary>The tree.</summary>
    public GatanTag Root { get; }

    /// <summary>Reads the tree.</summary>
    /// <exception cref="DataException">The file is damaged.</exception>
    public static GatanTagReader Read(FileBytes file) => new(file);

    private GatanTag Group(int depth)
    {
        if (depth > DeepestNesting)
        {
            throw _file.Damaged(_cursor.Position, $"groups of tags nested deeper than {DeepestNesting}", "a tree of tags");
        }

        _cursor.Position += 2;
        long count = Size();
        var children = new List<(string, GatanTag)>();
        for (long i = 0; i < count; i++)
        {
            long start = _cursor.Position;
            byte kind = _cursor.Byte();
            string name = _cursor.Text(_cursor.UInt16());
            if (++_tags > MostTags)
            {
                throw _file.Damaged(start, $"more than {MostTags} tags", "fewer");
            }

            if (Version == 4)
            {
                // The tag's own length; what follows says it again.
                _cursor.Position += 8;
            }

            children.Add((name, kind switch
            {
                20 => Group(depth + 1),
                21 => Data(),
                _ => throw _file.Damaged(start, FormattableString.Invariant($"a tag of the kind {kind}"), "20, a group, or 21, data"),
            }));
        }

        return new GatanTag { Children = children };
    }

    private GatanTag Data()
    {
        long start = _cursor.Position;
        if (_cursor.Text(4) != "%%%%")
        {
            throw _file.Damaged(start, "no %%%%", "%%%% before the description of a tag's data");
        }

        long count = Size();
        if (count is < 1 or > 4096)
        {
            throw _file.Damaged(start + 4, FormattableString.Invariant($"a description of {count} numbers"), "1 to 4096");
        }

        var description = new long[count];
        for (int i = 0; i < count; i++)
        {
            description[i] = Size();
        }

        int at = 0;
        long type = Take(description, ref at);
        switch (type)
        {
            case 15:
                return Skipped(1, StructureBytes(description, ref at));
            case 18:
                long length = Take(description, ref at);
                return Array(4, length, length <= LongestText);
            case 20:
                long item = Take(description, ref at);
                long size = item == 15 ? StructureBytes(description, ref at) : item == 20 || item == 18
                    ? throw _file.Damaged(start, "an array of arrays", "an array of numbers or structures")
                    : Bytes(item);
                long items = Take(description, ref at);
                return item == 4 ? Array(4, items, items <= LongestText) : Skipped(items, size);
            default:
                return new GatanTag { Value = Value(type) };
        }
    }

    // Texts are arrays of 16-bit characters.
    private GatanTag Array(int type, long items, bool isText)
    {
        GatanTag array = Skipped(items, Bytes(type));
        if (!isText)
        {
            return array;
        }

        var bytes = new byte[array.Bytes];
        _file.Read(array.Offset, bytes);
        string text = (_valuesBigEndian ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(bytes);
        return new GatanTag { Value = text.TrimEnd('\0'), Offset = array.Offset, Count = array.Count, Bytes = array.Bytes };
    }

    private GatanTag Skipped(long items, long size)
    {
        long offset = _cursor.Position;
        if (items < 0 || size < 0 || (size > 0 && items > _file.Length / size))
        {
            throw _file.Damaged(offset, FormattableString.Invariant($"an array of {items} items of {size} bytes"), $"at most the {_file.Length} bytes of the file");
        }

        _file.Require(offset, items * size, "the data of a tag");
        _cursor.Position = offset + (items * size);
        return new GatanTag { Offset = offset, Count = items, Bytes = items * size };
    }

    private long StructureBytes(long[] description, ref int at)
    {
        _ = Take(description, ref at);
        long fields = Take(description, ref at);
        long bytes = 0;
        for (long i = 0; i < fields; i++)
        {
            _ = Take(description, ref at);
            bytes += Bytes(Take(description, ref at));
        }

        return bytes;
    }

    private long Take(long[] description, ref int at) => at < description.Length
        ? description[at++]
        : throw _file.Damaged(_cursor.Position, "a description of data that ends early", "all its numbers");

    private long Bytes(long type) => type switch
    {
        8 or 9 or 10 => 1,
        2 or 4 => 2,
        3 or 5 or 6 => 4,
        7 or 11 or 12 => 8,
        _ => throw _file.Damaged(_cursor.Position, FormattableString.Invariant($"the data type {type}"), "2 to 12, 15, 18 or 20"),
    };

    private object Value(long type)
    {
        _cursor.BigEndian = _valuesBigEndian;
        object value = type switch
        {
            2 => (long)_cursor.Int16(),
            3 => (long)_cursor.Int32(),
            4 => (long)_cursor.UInt16(),
            5 => (long)_cursor.UInt32(),
            6 => (double)_cursor.Single(),
            7 => _cursor.Double(),
            8 or 9 or 10 => (long)_cursor.Byte(),
            11 or 12 => _cursor.Int64(),
            _ => Bytes(type),
        };
        _cursor.BigEndian = true;
        return value;
    }

    private long Size() => Version == 4 ? _cursor.Int64() : _cursor.Int32();
}
