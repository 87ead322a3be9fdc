using System.IO.Compression;
using FsRec.Formats.Images;

namespace FsRec.Formats.Png;

/// <summary>The one image of a PNG, unpacked row by row.</summary>
internal sealed class PngStack(ImageFileInfo info, FileBytes file, IReadOnlyList<(long Offset, long Length)> pieces, int channels, bool interlaced) : ImageSet(info)
{
    // First row and column of each pass of an interlaced image, and the distances of its rows and columns (Adam7).
    private static readonly (int Row, int Column, int RowStep, int ColumnStep)[] Passes =
        [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)];

    /// <inheritdoc />
    protected override void ReadFrame(int frame, Span<float> target)
    {
        using var packed = new PieceStream(file, pieces);
        using var stream = new ZLibStream(packed, CompressionMode.Decompress);
        int pixelBytes = channels * Info.PixelType.Bits() / 8;
        foreach ((int row, int column, int rowStep, int columnStep) in interlaced ? Passes : [(0, 0, 1, 1)])
        {
            int columns = (Info.Columns - column + columnStep - 1) / columnStep;
            if (columns <= 0)
            {
                continue;
            }

            var line = new byte[1 + (columns * pixelBytes)];
            var above = new byte[line.Length];
            for (int y = row; y < Info.Rows; y += rowStep)
            {
                Fill(stream, line, y);
                Unfilter(line.AsSpan(1), above.AsSpan(1), line[0], pixelBytes);
                Put(line.AsSpan(1), target.Slice(y * Info.Columns, Info.Columns), column, columnStep);
                (line, above) = (above, line);
            }
        }
    }

    private void Fill(ZLibStream stream, byte[] line, int row)
    {
        try
        {
            if (stream.ReadAtLeast(line, line.Length, throwOnEndOfStream: false) == line.Length && line[0] <= 4)
            {
                return;
            }
        }
        catch (InvalidDataException e)
        {
            throw Damage.At(file.Path, pieces[0].Offset, $"packed data that is damaged in row {row} ({e.Message})", "the whole image", e);
        }

        throw file.Damaged(pieces[0].Offset, $"packed data that ends in row {row}, or a filter that does not exist", $"{Info.Rows} rows");
    }

    private static void Unfilter(Span<byte> line, ReadOnlySpan<byte> above, int filter, int step)
    {
        for (int i = 0; i < line.Length && filter > 0; i++)
        {
            int left = i < step ? 0 : line[i - step];
            int corner = i < step ? 0 : above[i - step];
            line[i] += (byte)(filter switch
            {
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                _ => Paeth(left, above[i], corner),
            });
        }
    }

    private static int Paeth(int left, int above, int corner)
    {
        int estimate = left + above - corner;
        (int a, int b, int c) = (Math.Abs(estimate - left), Math.Abs(estimate - above), Math.Abs(estimate - corner));
        return a <= b && a <= c ? left : b <= c ? above : corner;
    }

    private void Put(ReadOnlySpan<byte> line, Span<float> target, int column, int columnStep)
    {
        bool isShort = Info.PixelType == PixelType.UInt16;
        int step = channels * (isShort ? 2 : 1);
        for (int i = 0, x = column; x < target.Length; i += step, x += columnStep)
        {
            target[x] = isShort ? (line[i] << 8) | line[i + 1] : line[i];
        }
    }
}
