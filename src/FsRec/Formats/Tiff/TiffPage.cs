using FsRec.Formats.Images;

namespace FsRec.Formats.Tiff;

/// <summary>What a page needs for its pixels: shape, number type, and the strips or tiles in which they lie.</summary>
internal sealed record TiffPage
{
    /// <summary>The directory.</summary>
    public required TiffDirectory Directory { get; init; }

    /// <summary>Rows of the page.</summary>
    public required int Rows { get; init; }

    /// <summary>Columns of the page.</summary>
    public required int Columns { get; init; }

    /// <summary>The numbers.</summary>
    public required PixelType Type { get; init; }

    /// <summary>The code of the compression; 1 is none.</summary>
    public required int Compression { get; init; }

    /// <summary>Whether pieces are tiles, and not strips of whole rows.</summary>
    public required bool IsTiled { get; init; }

    /// <summary>Rows of a piece.</summary>
    public required int PieceRows { get; init; }

    /// <summary>Columns of a piece.</summary>
    public required int PieceColumns { get; init; }

    /// <summary>Pieces side by side.</summary>
    public int Across => (Columns + PieceColumns - 1) / PieceColumns;

    /// <summary>Pieces one below the other.</summary>
    public int Down => (Rows + PieceRows - 1) / PieceRows;

    /// <summary>The tag of the pieces' offsets.</summary>
    public int OffsetTag => IsTiled ? 324 : 273;

    /// <summary>The tag of the pieces' lengths.</summary>
    public int CountTag => IsTiled ? 325 : 279;

    /// <summary>Whether a page has data, and is not a picture in colour, a palette or a small copy of another page.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="reason">Why not.</param>
    public static bool HasData(TiffDirectory directory, out string reason)
    {
        long photometric = directory.Integer(262, 1);
        reason = (directory.Integer(254, 0) & 1) != 0 ? "a page that is a small copy of another"
            : photometric > 1 || directory.Integer(277, 1) != 1 ? "a picture in colour"
            : "";
        return reason.Length == 0;
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="DataException">The page is damaged or of numbers that are not read.</exception>
    public static TiffPage Read(FileBytes file, TiffDirectory directory)
    {
        int columns = Damage.Size(file.Path, directory.Offset, "columns", directory.Integer(256));
        int rows = Damage.Size(file.Path, directory.Offset, "rows", directory.Integer(257));
        long bits = directory.Integer(258, 1);
        long format = directory.Integer(339, 1);
        PixelType type = (format, bits) switch
        {
            (5, 32) => PixelType.ComplexInt16,
            (6, 64) => PixelType.Complex64,
            (6, 128) => PixelType.Complex128,
            (1 or 2 or 3 or 4, 8 or 16 or 32 or 64) when PixelTypes.Of(format == 3, format == 2, (int)bits / 8) is { } known => known,
            _ => throw file.Damaged(directory.Offset, FormattableString.Invariant($"{bits} bits a pixel of the sample format {format}"), "8, 16, 32 or 64 bits of integers or floating-point numbers"),
        };
        int compression = (int)Math.Clamp(directory.Integer(259, 1), 0, int.MaxValue);
        bool tiled = directory.Find(322) is not null;
        var page = new TiffPage
        {
            Directory = directory,
            Rows = rows,
            Columns = columns,
            Type = type,
            Compression = compression,
            IsTiled = tiled,
            PieceRows = tiled ? Damage.Size(file.Path, directory.Offset, "rows of a tile", directory.Integer(323)) : (int)Math.Clamp(directory.Integer(278, rows), 1, rows),
            PieceColumns = tiled ? Damage.Size(file.Path, directory.Offset, "columns of a tile", directory.Integer(322)) : columns,
        };
        if (tiled && ((double)page.PieceRows * page.PieceColumns * type.Bits() / 8 > 1 << 28 || page.PieceRows > rows + 4096 || page.PieceColumns > columns + 4096))
        {
            throw file.Damaged(directory.Offset, $"tiles of {page.PieceRows}×{page.PieceColumns} px", "tiles that fit the page");
        }

        long pieces = (long)page.Across * page.Down;
        return directory.Find(page.OffsetTag) is { } table && table.Count >= pieces && (double)rows * columns <= int.MaxValue / 2
            ? page
            : throw file.Damaged(directory.Offset, FormattableString.Invariant($"{directory.Find(page.OffsetTag)?.Count ?? 0} pieces for a page of {rows}×{columns} px"), FormattableString.Invariant($"{pieces}"));
    }
}
