namespace FsRec;

/// <summary>What tells that a file was written again: its length, and when it was written last.</summary>
/// <param name="Bytes">Its length; −1 where there is none.</param>
/// <param name="Modified">When it was written last.</param>
internal readonly record struct FileStamp(long Bytes, DateTime Modified)
{
    /// <summary>Looks at a file.</summary>
    /// <param name="path">The file.</param>
    public static FileStamp Of(string path)
    {
        var file = new FileInfo(path);
        return new FileStamp(file.Exists ? RegularFile.Length(path) : -1, file.LastWriteTimeUtc);
    }
}
