using FsRec.Formats.Images;

namespace FsRec.Formats.Ser;

/// <summary>What stands before the pixels of each image of a series: its scale in m, its number type and its shape.</summary>
internal readonly record struct SerElement(double RowScale, double ColumnScale, PixelType Type, int Rows, int Columns)
{
    /// <summary>Bytes before the pixels.</summary>
    public const int HeaderBytes = 50;

    /// <summary>Reads it.</summary>
    /// <exception cref="DataException">It makes no sense.</exception>
    public static SerElement Read(ByteCursor cursor, long offset)
    {
        FileBytes file = cursor.File;
        file.Require(offset, HeaderBytes, "the head of an image");
        cursor.Position = offset + 8;
        double x = cursor.Double();
        cursor.Position += 12;
        double y = cursor.Double();
        cursor.Position += 4;
        int code = cursor.UInt16();
        PixelType type = code switch
        {
            1 => PixelType.UInt8,
            2 => PixelType.UInt16,
            3 => PixelType.UInt32,
            4 => PixelType.Int8,
            5 => PixelType.Int16,
            6 => PixelType.Int32,
            7 => PixelType.Float32,
            8 => PixelType.Float64,
            9 => PixelType.Complex64,
            10 => PixelType.Complex128,
            _ => throw file.Damaged(offset + 40, FormattableString.Invariant($"the number type {code}"), "1 to 10"),
        };
        int columns = Damage.Size(file.Path, offset + 42, "columns", cursor.UInt32());
        int rows = Damage.Size(file.Path, offset + 46, "rows", cursor.UInt32());
        return new SerElement(y, x, type, rows, columns);
    }
}
