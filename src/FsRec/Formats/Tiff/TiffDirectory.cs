using System.Text;
using FsRec.Formats.Images;

namespace FsRec.Formats.Tiff;

/// <summary>One directory of a TIFF file, the description of one page. A field's data is looked at only when it is needed, so that one that nobody needs never stops the pixels.</summary>
internal sealed class TiffDirectory(FileBytes file, bool bigEndian, long offset, TiffField[] fields)
{
    private const int MostText = 1 << 20;

    /// <summary>Where the directory lies.</summary>
    public long Offset => offset;

    /// <summary>The field of a tag.</summary>
    public TiffField? Find(int tag)
    {
        foreach (TiffField field in fields)
        {
            if (field.Tag == tag)
            {
                return field;
            }
        }

        return null;
    }

    /// <summary>A whole number that the pixels need.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="standard">What an absent field means; <see langword="null"/> when it must be there.</param>
    /// <exception cref="DataException">It is not there or makes no sense.</exception>
    public long Integer(int tag, long? standard = null) =>
        Find(tag) is not { } field ? standard ?? throw file.Damaged(offset, $"a page without tag {tag}", "width, length and offsets of its pixels")
            : Integers(tag) is [var first, ..] ? first
            : throw file.Damaged(field.Offset, $"tag {tag} without a value", "one");

    /// <summary>The whole numbers of a tag that the pixels need; empty when it is absent.</summary>
    /// <exception cref="DataException">They do not lie in the file, or are of another type.</exception>
    public long[] Integers(int tag)
    {
        if (Find(tag) is not { } field)
        {
            return [];
        }

        if (field.Type is not (1 or 3 or 4 or 6 or 8 or 9 or 13 or 16 or 17 or 18))
        {
            throw file.Damaged(offset, $"tag {tag} of the type {field.Type}", "whole numbers");
        }

        ByteCursor cursor = At(field);
        var values = new long[field.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = field.Type switch
            {
                1 => cursor.Byte(),
                6 => (sbyte)cursor.Byte(),
                3 => cursor.UInt16(),
                8 => cursor.Int16(),
                9 => cursor.Int32(),
                4 or 13 => cursor.UInt32(),
                _ => cursor.Int64(),
            };
        }

        return values;
    }

    /// <summary>One entry of a table of whole numbers, without reading the others.</summary>
    /// <exception cref="DataException">It does not lie in the file.</exception>
    public long IntegerAt(int tag, long index)
    {
        if (Find(tag) is not { } field || index >= field.Count || field.Type is not (3 or 4 or 13 or 16 or 18))
        {
            throw file.Damaged(offset, FormattableString.Invariant($"a table of tag {tag} without entry {index}"), "one for every piece of the page");
        }

        var cursor = new ByteCursor(file, field.Offset + (index * field.ValueBytes), bigEndian);
        return field.Type == 3 ? cursor.UInt16() : field.ValueBytes == 4 ? cursor.UInt32() : cursor.Int64();
    }

    /// <summary>A floating-point or rational number that is nice to have; <see langword="null"/> when there is none.</summary>
    public double? Real(int tag)
    {
        if (Find(tag) is not { Count: > 0 } field || !Lies(field))
        {
            return null;
        }

        var cursor = new ByteCursor(file, field.Offset, bigEndian);
        double value = field.Type switch
        {
            5 => cursor.UInt32() / (double)cursor.UInt32(),
            10 => cursor.Int32() / (double)cursor.Int32(),
            11 => cursor.Single(),
            12 => cursor.Double(),
            3 => cursor.UInt16(),
            4 => cursor.UInt32(),
            _ => double.NaN,
        };
        return double.IsFinite(value) ? value : null;
    }

    /// <summary>A text that is nice to have; <see langword="null"/> when there is none.</summary>
    public string? Text(int tag)
    {
        if (Find(tag) is not { Count: > 0 and <= MostText } field || field.ValueBytes != 1 || !Lies(field))
        {
            return null;
        }

        byte[] bytes = Bytes(field);
        int end = Array.IndexOf(bytes, (byte)0);
        ReadOnlySpan<byte> text = bytes.AsSpan(0, end < 0 ? bytes.Length : end);

        // ASCII by the book, UTF-8 or Latin-1 as it is.
        try
        {
            return new UTF8Encoding(false, true).GetString(text);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(text);
        }
    }

    /// <summary>The bytes of a field, where they lie in the file and are not too many.</summary>
    public byte[]? Raw(int tag, int most) => Find(tag) is { } field && field.Count * field.ValueBytes <= most && Lies(field) ? Bytes(field) : null;

    private bool Lies(TiffField field) =>
        field.ValueBytes > 0 && field.Count <= file.Length && field.Offset >= 0 && field.Offset <= file.Length && field.Count * field.ValueBytes <= file.Length - field.Offset;

    private byte[] Bytes(TiffField field)
    {
        var bytes = new byte[field.Count * field.ValueBytes];
        file.Read(field.Offset, bytes);
        return bytes;
    }

    private ByteCursor At(TiffField field) => Lies(field)
        ? new ByteCursor(file, field.Offset, bigEndian)
        : throw file.Damaged(field.Offset, FormattableString.Invariant($"{field.Count} values of tag {field.Tag}"), FormattableString.Invariant($"no more than the file's {file.Length} bytes"));
}
