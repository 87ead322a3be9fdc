using Microsoft.Win32.SafeHandles;

namespace FsRec.Formats.Images;

/// <summary>The bytes of a file whose size is known before any of them is believed.</summary>
internal sealed class FileBytes : IDisposable
{
    private readonly SafeFileHandle _handle;

    /// <summary>Opens a file.</summary>
    /// <exception cref="DataException">It is missing or cannot be opened.</exception>
    public FileBytes(string path)
    {
        Path = path;
        _handle = BinaryFile.Open(path, "The file", "Check its name and folder.", out long length);
        Length = length;
    }

    /// <summary>Opens a file that vanishes when it is closed.</summary>
    public FileBytes(string path, bool deleteOnClose)
    {
        Path = path;
        _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, deleteOnClose ? FileOptions.DeleteOnClose : FileOptions.None);
        Length = RandomAccess.GetLength(_handle);
    }

    /// <summary>Path of the file.</summary>
    public string Path { get; }

    /// <summary>Its length in bytes.</summary>
    public long Length { get; }

    /// <summary>Fills a span from a place in the file.</summary>
    /// <exception cref="DataException">The file ends before.</exception>
    public void Read(long offset, Span<byte> target)
    {
        Require(offset, target.Length, "data");
        while (target.Length > 0)
        {
            int read = RandomAccess.Read(_handle, target, offset);
            if (read == 0)
            {
                throw Damaged(offset, "the end of the file", $"{target.Length} more bytes; it was cut short while it was read");
            }

            target = target[read..];
            offset += read;
        }
    }

    /// <summary>Fills a span as far as the file goes, and tells how far.</summary>
    public int ReadUpTo(long offset, Span<byte> target)
    {
        int count = (int)Math.Clamp(Length - offset, 0, target.Length);
        Read(offset, target[..count]);
        return count;
    }

    /// <summary>Makes sure that a piece lies inside the file.</summary>
    /// <exception cref="DataException">It does not.</exception>
    public void Require(long offset, long count, string what)
    {
        if (offset < 0 || count < 0 || offset > Length || count > Length - offset)
        {
            throw Damaged(offset, $"{what} of {count} bytes in a file of {Length}", $"at most {Math.Max(0, Length - Math.Max(0, offset))} bytes; the file is cut short, or a length in it is wrong");
        }
    }

    /// <summary>An error that names file, place, what was found and what was expected.</summary>
    public DataException Damaged(long offset, string found, string expected) => Damage.At(Path, offset, found, expected);

    /// <inheritdoc />
    public void Dispose() => _handle.Dispose();
}
