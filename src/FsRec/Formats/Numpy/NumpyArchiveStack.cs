using System.IO.Compression;
using FsRec.Formats.Images;

namespace FsRec.Formats.Numpy;

/// <summary>
/// Images of an array in an archive. What is compressed can only be read from its beginning: it is unpacked into a temporary file when the
/// first image is asked for, so that images come in any order and memory stays that of one.
/// </summary>
internal sealed class NumpyArchiveStack(ImageFileInfo info, FileBytes file, string entryName, NumpyHeader header) : ImageSet(info)
{
    private readonly object _gate = new();
    private PlainStack? _unpacked;

    /// <inheritdoc />
    protected override void ReadFrame(int frame, Span<float> target) => Unpacked().Read(frame, target);

    private PlainStack Unpacked()
    {
        lock (_gate)
        {
            return _unpacked ??= Unpack();
        }
    }

    private PlainStack Unpack()
    {
        long needed = header.DataOffset + (Info.Frames * (long)Info.Rows * header.Type.RowBytes(Info.Columns));
        using var stream = new FileBytesStream(file, 0, file.Length);
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
        using Stream content = archive.GetEntry(entryName)!.Open();
        FileBytes? unpacked = null;
        try
        {
            unpacked = TemporaryBytes.Of(content, needed, file.Path);
            return new PlainStack(Info, unpacked, header.Layout(0, (Info.Frames, Info.Rows, Info.Columns)), header.BigEndian);
        }
        catch (InvalidDataException e)
        {
            unpacked?.Dispose();
            throw Damage.At(file.Path, 0, $"{entryName} that cannot be unpacked ({e.Message})", "a sound archive", e);
        }
    }
}
