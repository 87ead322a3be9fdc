namespace FsRec;

/// <summary>
/// Looks at a file before it is opened: a pipe or a device has no length, and opening or reading one may wait or go on for ever.
/// </summary>
internal static class RegularFile
{
    /// <summary>Length of a file in bytes, that of its target where it is a link; 0 of what is no regular file.</summary>
    /// <exception cref="IOException">There is no such file, or it cannot be looked at.</exception>
    public static long Length(string path)
    {
        var file = new FileInfo(path);
        return LinkEnd.Of(file) is { } end ? new FileInfo(end).Length : file.Length;
    }
}
