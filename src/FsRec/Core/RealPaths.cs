namespace FsRec;

/// <summary>Where files lie by whatever links they are named: two names are one file where these are the same. Folders are looked at once.</summary>
internal sealed class RealPaths
{
    // As many links in a row as Linux follows; more is a circle.
    private const int MostLinks = 40;

    private readonly Dictionary<string, string> _folders = new(StringComparer.Ordinal);

    /// <summary>How paths are told apart.</summary>
    public static StringComparer Comparer { get; } = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>The entry of a folder that a path names: links of folders on the way are followed, and the file, which may be a link itself, is not.</summary>
    /// <param name="path">The path.</param>
    public string Entry(string path)
    {
        string full = Path.GetFullPath(path);
        return Path.GetDirectoryName(full) is { } folder ? Path.Combine(Folder(folder, MostLinks), Path.GetFileName(full)) : full;
    }

    /// <summary>The entries without which a file cannot be read: its own, and where that is a link the one that it leads to.</summary>
    /// <param name="path">The file.</param>
    public IEnumerable<string> Entries(string path)
    {
        string entry = Entry(path);
        yield return entry;
        if (Target(new FileInfo(entry)) is { } target)
        {
            yield return Entry(target);
        }
    }

    /// <summary>Where a folder lies, no link among the folders above it nor itself.</summary>
    /// <param name="folder">The folder.</param>
    public string Folder(string folder) => Folder(Path.GetFullPath(folder), MostLinks);

    private string Folder(string folder, int links)
    {
        if (_folders.TryGetValue(folder, out string? known))
        {
            return known;
        }

        if (Path.GetDirectoryName(folder) is not { } parent)
        {
            return folder;
        }

        string entry = Path.Combine(Folder(parent, links), Path.GetFileName(folder));
        string real = links > 0 && Target(new DirectoryInfo(entry)) is { } target ? Folder(target, links - 1) : entry;
        return _folders[folder] = real;
    }

    // Full path of where a link ends; one that cannot be followed is a name like any other.
    private static string? Target(FileSystemInfo entry)
    {
        try
        {
            return LinkEnd.Of(entry);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
