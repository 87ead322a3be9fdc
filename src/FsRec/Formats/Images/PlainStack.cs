using System.Buffers;
using System.Runtime.InteropServices;

namespace FsRec.Formats.Images;

/// <summary>Uncompressed images in a file, read piece by piece without a second copy of an image.</summary>
internal sealed class PlainStack : ImageSet
{
    // What stays in a processor's cache between being read and being converted.
    private const int PieceBytes = 1 << 18;
    private readonly FileBytes _file;
    private readonly PlainLayout _layout;
    private readonly bool _bigEndian;

    /// <summary>Makes sure that every image lies inside the file.</summary>
    /// <exception cref="DataException">One does not.</exception>
    public PlainStack(ImageFileInfo info, FileBytes file, PlainLayout layout, bool bigEndian)
        : base(info)
    {
        (_file, _layout, _bigEndian) = (file, layout, bigEndian);
        long extent;
        try
        {
            checked
            {
                _ = info.PixelCount * 2;
                extent = layout.Extent(info.Rows, info.Columns, info.PixelType);
                _ = info.Frames * extent;
            }
        }
        catch (OverflowException)
        {
            throw file.Damaged(0, FormattableString.Invariant($"{info.Frames} images of {info.Rows}×{info.Columns} px"), "fewer or smaller ones, which the file can hold");
        }

        // Frames in order end where the last one does; a table of places may hold anything.
        for (int frame = layout.IsTable ? 0 : info.Frames - 1; frame < info.Frames; frame++)
        {
            file.Require(layout.FrameOffset(frame), extent, FormattableString.Invariant($"image {frame} of {info.Frames}, {info.Rows}×{info.Columns} px {info.PixelType},"));
        }
    }

    /// <inheritdoc />
    protected override void ReadFrame(int frame, Span<float> target)
    {
        long offset = _layout.FrameOffset(frame);
        if (Info.PixelType == PixelType.UInt4)
        {
            ReadNibbles(offset, target);
        }
        else if (_layout.ColumnStride == Info.PixelType.Bits() / 8 && _layout.RowStride == Info.PixelType.RowBytes(Info.Columns))
        {
            ReadRun(offset, target);
        }
        else if (_layout.ColumnStride == Info.PixelType.Bits() / 8)
        {
            int width = target.Length / Info.Rows;
            for (int row = 0; row < Info.Rows; row++)
            {
                ReadRun(offset + (row * _layout.RowStride), target.Slice(row * width, width));
            }
        }
        else
        {
            ReadScattered(offset, target);
        }
    }

    private void ReadRun(long offset, Span<float> target)
    {
        PixelType part = Info.PixelType.Part();
        if (part == PixelType.Float32 && _bigEndian != BitConverter.IsLittleEndian)
        {
            _file.Read(offset, MemoryMarshal.AsBytes(target));
            return;
        }

        int size = part.Bits() / 8;
        byte[] piece = ArrayPool<byte>.Shared.Rent((int)Math.Min(PieceBytes, (long)target.Length * size));
        try
        {
            while (target.Length > 0)
            {
                int count = Math.Min(target.Length, piece.Length / size);
                Span<byte> bytes = piece.AsSpan(0, count * size);
                _file.Read(offset, bytes);
                PixelConversion.Convert(bytes, part, _bigEndian, target[..count]);
                target = target[count..];
                offset += bytes.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private void ReadNibbles(long offset, Span<float> target)
    {
        var bytes = new byte[Info.PixelType.RowBytes(Info.Columns)];
        for (int row = 0; row < Info.Rows; row++)
        {
            _file.Read(offset + (row * _layout.RowStride), bytes);
            PixelConversion.Nibbles(bytes, target.Slice(row * Info.Columns, Info.Columns));
        }
    }

    // Pixels of an image that do not lie side by side: the file is passed through along the axis that lies closest together.
    private void ReadScattered(long offset, Span<float> target)
    {
        PixelType type = Info.PixelType;
        int size = type.Bits() / 8;
        int parts = type.IsComplex() ? 2 : 1;
        bool alongRows = _layout.RowStride < _layout.ColumnStride;
        (int lines, long lineStride, int length, long stride) = alongRows
            ? (Info.Columns, _layout.ColumnStride, Info.Rows, _layout.RowStride)
            : (Info.Rows, _layout.RowStride, Info.Columns, _layout.ColumnStride);
        int step = (int)Math.Clamp(PieceBytes / stride, 1, length);
        byte[] piece = ArrayPool<byte>.Shared.Rent(checked((int)(((step - 1) * stride) + size)));
        Span<byte> pixel = stackalloc byte[16];
        try
        {
            for (int line = 0; line < lines; line++)
            {
                for (int first = 0; first < length; first += step)
                {
                    int count = Math.Min(step, length - first);
                    Span<byte> bytes = piece.AsSpan(0, (int)(((count - 1) * stride) + size));
                    _file.Read(offset + (line * lineStride) + (first * stride), bytes);
                    for (int i = 0; i < count; i++)
                    {
                        bytes.Slice((int)(i * stride), size).CopyTo(pixel);
                        int at = alongRows ? ((first + i) * Info.Columns) + line : (line * Info.Columns) + first + i;
                        PixelConversion.Convert(pixel[..size], type, _bigEndian, target.Slice(at * parts, parts));
                    }
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }
}
