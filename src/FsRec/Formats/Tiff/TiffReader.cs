using FsRec.Formats.Images;

namespace FsRec.Formats.Tiff;

/// <summary>
/// Reads the directories of a TIFF or BigTIFF. The library that decodes the strips would read them as well, but takes memory for what a damaged
/// field claims, and stops at fields that nobody needs.
/// </summary>
internal static class TiffReader
{
    private const int MostFields = 4096;

    /// <summary>Whether bytes begin as a TIFF does.</summary>
    public static bool Knows(ReadOnlySpan<byte> head) =>
        head.Length >= 8 && ((head[0] == 'I' && head[1] == 'I' && head[2] is 42 or 43 && head[3] == 0) || (head[0] == 'M' && head[1] == 'M' && head[2] == 0 && head[3] is 42 or 43));

    /// <summary>Reads all directories.</summary>
    /// <exception cref="DataException">One of them is damaged or comes twice.</exception>
    public static (IReadOnlyList<TiffDirectory> Pages, bool BigEndian) Read(FileBytes file)
    {
        var cursor = new ByteCursor(file, 0, false);
        bool bigEndian = cursor.Byte() == 'M';
        cursor.BigEndian = bigEndian;
        cursor.Position = 2;
        bool big = cursor.UInt16() == 43;
        if (big && (cursor.UInt16() != 8 || cursor.UInt16() != 0))
        {
            throw file.Damaged(4, "offsets of another size", "8 bytes in a BigTIFF");
        }

        var pages = new List<TiffDirectory>();
        var seen = new HashSet<long>();
        for (long at = big ? cursor.Int64() : cursor.UInt32(); at != 0;)
        {
            if (!seen.Add(at))
            {
                throw file.Damaged(at, "a directory that comes a second time", "the end of the list of pages");
            }

            cursor.Position = at;
            long count = big ? cursor.Int64() : cursor.UInt16();
            if (count is < 1 or > MostFields)
            {
                throw file.Damaged(at, FormattableString.Invariant($"a directory of {count} fields"), $"1 to {MostFields}");
            }

            pages.Add(new TiffDirectory(file, bigEndian, at, Fields(cursor, (int)count, big)));
            at = big ? cursor.Int64() : cursor.UInt32();
        }

        return pages.Count > 0 ? (pages, bigEndian) : throw file.Damaged(4, "no directory", "at least one page");
    }

    private static TiffField[] Fields(ByteCursor cursor, int count, bool big)
    {
        cursor.File.Require(cursor.Position, (long)count * (big ? 20 : 12), "a directory");
        var fields = new TiffField[count];
        for (int i = 0; i < count; i++)
        {
            (ushort tag, ushort type) = (cursor.UInt16(), cursor.UInt16());
            long values = big ? cursor.Int64() : cursor.UInt32();
            long place = cursor.Position;
            long offset = big ? cursor.Int64() : cursor.UInt32();
            var field = new TiffField(tag, type, values, offset);

            // A value that fits stands in the place of its offset.
            bool fits = values >= 0 && values <= 8 && values * field.ValueBytes <= (big ? 8 : 4);
            fields[i] = fits ? field with { Offset = place } : field;
        }

        return fields;
    }
}
