using System.IO.Compression;
using FsRec.Formats.Images;

namespace FsRec.Formats.Numpy;

/// <summary>Arrays that NumPy saved together, <c>.npz</c>: a ZIP archive of <c>.npy</c> files.</summary>
internal sealed class NumpyArchiveFormat : ImageFormat
{
    /// <inheritdoc />
    public override string Name => "NumPy archive";

    /// <inheritdoc />
    public override bool Knows(ReadOnlySpan<byte> head, FileBytes file) => head.Length > 30 && head[..4].SequenceEqual("PK\x03\x04"u8);

    /// <inheritdoc />
    public override IReadOnlyList<ImageSet> Open(FileBytes file)
    {
        using var stream = new FileBytesStream(file, 0, file.Length);
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
        List<ImageSet> stacks = [];
        string? skipped = null;
        foreach (ZipArchiveEntry entry in archive.Entries.Where(static entry => entry.FullName.EndsWith(".npy", StringComparison.OrdinalIgnoreCase)))
        {
            // A scalar or a list beside the images is of no interest.
            try
            {
                stacks.Add(Stack(file, entry));
            }
            catch (Exception e) when (e is DataException or InvalidDataException)
            {
                skipped ??= $"{entry.FullName}: {e.Message}";
            }
        }

        return stacks.Count > 0 ? stacks : throw file.Damaged(0, skipped ?? "an archive without .npy files", "at least one array of images");
    }

    private static NumpyArchiveStack Stack(FileBytes file, ZipArchiveEntry entry)
    {
        using Stream content = entry.Open();
        var header = NumpyHeader.Read(content, file.Path);
        (int Frames, int Rows, int Columns) images = header.Images(file.Path);
        double claimed = (double)images.Frames * images.Rows * header.Type.RowBytes(images.Columns);
        Expansion.CheckDeflate(file.Path, 0, Math.Min(entry.CompressedLength, file.Length), Math.Max(claimed, entry.Length));
        if (claimed + header.DataOffset > entry.Length)
        {
            throw file.Damaged(0, FormattableString.Invariant($"{entry.FullName} of {entry.Length} bytes"), FormattableString.Invariant($"{claimed + header.DataOffset:0}"));
        }

        return new NumpyArchiveStack(header.Describe(file.Path, "NumPy npz", Path.ChangeExtension(entry.FullName, null), images), file, entry.FullName, header);
    }
}
