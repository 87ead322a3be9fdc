using System.Runtime.InteropServices;
using FsRec.Formats.Images;

namespace FsRec.Formats.Tiff;

/// <summary>The pages of a TIFF that have one shape and number type, a page an image.</summary>
internal sealed class TiffStack : ImageSet
{
    private readonly FileBytes _file;
    private readonly IReadOnlyList<TiffPage> _pages;
    private readonly bool _bigEndian;

    /// <summary>Makes sure that the pages can hold what they claim.</summary>
    /// <exception cref="DataException">One cannot.</exception>
    public TiffStack(ImageFileInfo info, FileBytes file, IReadOnlyList<TiffPage> pages, bool bigEndian)
        : base(info)
    {
        (_file, _pages, _bigEndian) = (file, pages, bigEndian);
        double bytes = (double)info.Rows * info.PixelType.RowBytes(info.Columns);
        foreach (TiffPage page in pages)
        {
            if (page.Compression == 1 ? bytes > file.Length : bytes > (file.Length + 64) * 2800.0)
            {
                throw file.Damaged(page.Directory.Offset, FormattableString.Invariant($"a page of {bytes:0} bytes"), FormattableString.Invariant($"one that a file of {file.Length} bytes can hold"));
            }
        }
    }

    /// <inheritdoc />
    protected override void ReadFrame(int frame, Span<float> target)
    {
        TiffPage page = _pages[frame];
        int parts = page.Type.IsComplex() ? 2 : 1;
        long rowBytes = page.Type.RowBytes(page.PieceColumns);
        for (int y = 0; y < page.Down; y++)
        {
            for (int x = 0; x < page.Across; x++)
            {
                int piece = (y * page.Across) + x;
                int rows = Math.Min(page.PieceRows, page.Rows - (y * page.PieceRows));
                int columns = Math.Min(page.PieceColumns, page.Columns - (x * page.PieceColumns));
                long offset = page.Directory.IntegerAt(page.OffsetTag, piece);
                if (page.Compression == 1)
                {
                    ReadPlain(page, offset, (y * page.PieceRows, rows), (x * page.PieceColumns, columns), target);
                    continue;
                }

                byte[] bytes = TiffCodec.Decode(_file, page, _bigEndian, offset, page.Directory.IntegerAt(page.CountTag, piece), page.IsTiled ? page.PieceRows : rows);
                for (int row = 0; row < rows; row++)
                {
                    Span<float> line = target.Slice(((((y * page.PieceRows) + row) * page.Columns) + (x * page.PieceColumns)) * parts, columns * parts);
                    PixelConversion.Convert(bytes.AsSpan((int)(row * rowBytes)), page.Type, !BitConverter.IsLittleEndian, line);
                }
            }
        }
    }

    // The file itself holds the rows; whole ones of the machine's own numbers need no second memory.
    private void ReadPlain(TiffPage page, long offset, (int First, int Count) rows, (int First, int Count) columns, Span<float> target)
    {
        int parts = page.Type.IsComplex() ? 2 : 1;
        long rowBytes = page.Type.RowBytes(page.PieceColumns);
        bool direct = page.Type.Part() == PixelType.Float32 && _bigEndian != BitConverter.IsLittleEndian;
        if (direct && !page.IsTiled)
        {
            _file.Read(offset, MemoryMarshal.AsBytes(target.Slice(rows.First * page.Columns * parts, rows.Count * page.Columns * parts)));
            return;
        }

        int step = (int)Math.Clamp((1 << 20) / rowBytes, 1, rows.Count);
        var bytes = new byte[step * rowBytes];
        for (int first = 0; first < rows.Count; first += step)
        {
            int count = Math.Min(step, rows.Count - first);
            _file.Read(offset + (first * rowBytes), bytes.AsSpan(0, (int)(count * rowBytes)));
            for (int row = 0; row < count; row++)
            {
                Span<float> line = target.Slice((((rows.First + first + row) * page.Columns) + columns.First) * parts, columns.Count * parts);
                PixelConversion.Convert(bytes.AsSpan((int)(row * rowBytes)), page.Type, _bigEndian, line);
            }
        }
    }
}
