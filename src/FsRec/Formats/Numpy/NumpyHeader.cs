using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using FsRec.Formats.Images;

namespace FsRec.Formats.Numpy;

/// <summary>The head of an array that NumPy saved: number type, order and shape, as the text of a Python dictionary.</summary>
internal sealed record NumpyHeader(PixelType Type, bool BigEndian, bool FortranOrder, IReadOnlyList<long> Shape, int DataOffset)
{
    private const int MostText = 1 << 16;

    /// <summary>Whether bytes begin with NumPy's mark.</summary>
    public static bool Knows(ReadOnlySpan<byte> head) => head.Length >= 10 && head[..6].SequenceEqual((ReadOnlySpan<byte>)[0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]);

    /// <summary>Reads the head.</summary>
    /// <param name="stream">A stream at the array's beginning.</param>
    /// <param name="path">What errors call the file.</param>
    /// <exception cref="DataException">It is damaged, or of numbers that are no image.</exception>
    public static NumpyHeader Read(Stream stream, string path)
    {
        Span<byte> start = stackalloc byte[12];
        Fill(stream, start[..10], path);
        if (!Knows(start))
        {
            throw Damage.At(path, 0, "no mark of NumPy", "the mark of NumPy");
        }

        bool isLong = start[6] >= 2;
        int length = BinaryPrimitives.ReadUInt16LittleEndian(start[8..]);
        if (isLong)
        {
            Fill(stream, start[10..], path);
            length = BinaryPrimitives.ReadInt32LittleEndian(start[8..]);
        }

        int offset = isLong ? 12 : 10;
        if (length is < 0 or > MostText)
        {
            throw Damage.At(path, 8, FormattableString.Invariant($"a header of {(uint)length} bytes"), $"at most {MostText}");
        }

        var bytes = new byte[length];
        Fill(stream, bytes, path);
        string text = Encoding.Latin1.GetString(bytes);
        (PixelType type, bool big) = TypeOf(Value(text, "descr", path), path);
        return new NumpyHeader(type, big, Value(text, "fortran_order", path).StartsWith("True", StringComparison.Ordinal), ShapeOf(Value(text, "shape", path), path), offset + length);
    }

    /// <summary>Images, rows and columns: the last two axes are an image, those before it are images.</summary>
    /// <exception cref="DataException">The array has fewer than two axes, or too many numbers.</exception>
    public (int Frames, int Rows, int Columns) Images(string path)
    {
        if (Shape.Count < 2)
        {
            throw Damage.At(path, 0, FormattableString.Invariant($"an array of {Shape.Count} axes"), "two, an image, or three, a stack of images");
        }

        double frames = Shape.Take(Shape.Count - 2).Aggregate(1.0, static (product, size) => product * size);
        return (
            Damage.Size(path, 0, "images", (long)Math.Min(frames, long.MaxValue / 2)),
            Damage.Size(path, 0, "rows", Shape[^2]),
            Damage.Size(path, 0, "columns", Shape[^1]));
    }

    /// <summary>Where the images lie. In Fortran's order the first axis is the one that lies closest together.</summary>
    public PlainLayout Layout(long start, (int Frames, int Rows, int Columns) images)
    {
        long size = Type.Bits() / 8;
        return !FortranOrder
            ? PlainLayout.Contiguous(start + DataOffset, images.Rows, images.Columns, Type)
            : new PlainLayout
            {
                FrameOffset = frame => start + DataOffset + (frame * size),
                RowStride = images.Frames * size,
                ColumnStride = images.Frames * size * images.Rows,
            };
    }

    /// <summary>What the array is.</summary>
    public ImageFileInfo Describe(string path, string format, string name, (int Frames, int Rows, int Columns) images) => new()
    {
        Path = path,
        Format = format,
        Name = name,
        Frames = images.Frames,
        Rows = images.Rows,
        Columns = images.Columns,
        PixelType = Type,
        Axes = [.. Shape.Select(static size => new ImageAxis("", (int)Math.Min(size, int.MaxValue)))],
    };

    private static (PixelType Type, bool BigEndian) TypeOf(string text, string path)
    {
        string code = text.Trim('\'', '"');
        char order = code.Length > 0 ? code[0] : ' ';
        PixelType? type = (code.Length > 1 ? code[1..] : "") switch
        {
            "b1" or "u1" => PixelType.UInt8,
            "i1" => PixelType.Int8,
            "u2" => PixelType.UInt16,
            "i2" => PixelType.Int16,
            "u4" => PixelType.UInt32,
            "i4" => PixelType.Int32,
            "u8" => PixelType.UInt64,
            "i8" => PixelType.Int64,
            "f2" => PixelType.Float16,
            "f4" => PixelType.Float32,
            "f8" => PixelType.Float64,
            "c8" => PixelType.Complex64,
            "c16" => PixelType.Complex128,
            _ => null,
        };
        return type is { } known && order is '<' or '>' or '|' or '='
            ? (known, order == '>')
            : throw Damage.At(path, 10, $"the number type {text}", "integers, floating-point or complex numbers");
    }

    private static List<long> ShapeOf(string text, string path)
    {
        var shape = new List<long>();
        foreach (string item in text.Trim('(', ')').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            // Python 2 wrote long numbers with an L.
            shape.Add(shape.Count < 32 && long.TryParse(item.TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out long size)
                ? size
                : throw Damage.At(path, 10, $"the shape {text}", "whole numbers"));
        }

        return shape;
    }

    // The value of a key, up to the comma that ends it outside of brackets and quotes.
    private static string Value(string text, string key, string path)
    {
        int at = text.IndexOf($"'{key}'", StringComparison.Ordinal);
        int colon = at < 0 ? -1 : text.IndexOf(':', at);
        if (colon < 0)
        {
            throw Damage.At(path, 10, $"a header without {key}", "descr, fortran_order and shape");
        }

        int depth = 0;
        int end = colon + 1;
        for (; end < text.Length && (depth > 0 || text[end] is not (',' or '}')); end++)
        {
            depth += text[end] is '(' or '[' ? 1 : text[end] is ')' or ']' ? -1 : 0;
        }

        return text[(colon + 1)..end].Trim();
    }

    private static void Fill(Stream stream, Span<byte> target, string path)
    {
        if (stream.ReadAtLeast(target, target.Length, throwOnEndOfStream: false) < target.Length)
        {
            throw Damage.At(path, 0, "a header that ends early", "the whole header of an array");
        }
    }
}
