namespace FsRec;

/// <summary>What tells that a file was written again: its length, and when it was written last; of a link, those of the file that it leads to.</summary>
/// <param name="Bytes">Its length; −1 where there is none.</param>
/// <param name="Modified">When it was written last.</param>
internal readonly record struct FileStamp(long Bytes, DateTime Modified)
{
    private static readonly FileStamp None = new(-1, default);

    /// <summary>Whether there is such a file.</summary>
    public bool Exists => Bytes >= 0;

    /// <summary>As a text, which is the same for the same stamp.</summary>
    public string Text => FormattableString.Invariant($"{Bytes}:{Modified.Ticks}");

    /// <summary>Looks at a file.</summary>
    /// <param name="path">The file.</param>
    public static FileStamp Of(string path)
    {
        try
        {
            var link = new FileInfo(path);
            FileInfo file = link.Exists && LinkEnd.Of(link) is { } end ? new FileInfo(end) : link;
            return file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc) : None;
        }
        catch (IOException)
        {
            // Links that lead round in a circle, or a file that went while it was looked at.
            return None;
        }
    }
}
