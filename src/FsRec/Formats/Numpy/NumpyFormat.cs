using FsRec.Formats.Images;

namespace FsRec.Formats.Numpy;

/// <summary>An array that NumPy saved, <c>.npy</c>.</summary>
internal sealed class NumpyFormat : ImageFormat
{
    /// <inheritdoc />
    public override string Name => "NumPy";

    /// <inheritdoc />
    public override bool Knows(ReadOnlySpan<byte> head, FileBytes file) => NumpyHeader.Knows(head);

    /// <inheritdoc />
    public override IReadOnlyList<ImageSet> Open(FileBytes file)
    {
        using var stream = new FileBytesStream(file, 0, file.Length);
        var header = NumpyHeader.Read(stream, file.Path);
        (int, int, int) images = header.Images(file.Path);
        return [new PlainStack(header.Describe(file.Path, "NumPy npy", "", images), file, header.Layout(0, images), header.BigEndian)];
    }
}
