namespace FsRec;

/// <summary>
/// Finds where symbolic links end, as the system does that opens them: <c>..</c> in a link is the folder above the one that it lies in, whatever links
/// that folder is named by. <see cref="FileSystemInfo.ResolveLinkTarget"/> takes it off the name, and finds another file or none.
/// </summary>
internal static class LinkEnd
{
    // As many links in a row as Linux follows; more is a circle.
    private const int MostLinks = 40;

    /// <summary>Full path of what a link leads to in the end, which need not be there; <see langword="null"/> of what is no link.</summary>
    /// <param name="entry">The link.</param>
    /// <exception cref="IOException">Links lead round in a circle.</exception>
    public static string? Of(FileSystemInfo entry) =>
        entry.LinkTarget is null ? null
        // There the system is asked, which follows them itself.
        : OperatingSystem.IsWindows() ? entry.ResolveLinkTarget(returnFinalTarget: true)?.FullName
        : Followed(entry.FullName);

    private static string Followed(string path)
    {
        string root = Path.GetPathRoot(path)!;
        string real = root;
        int links = 0;
        var rest = new Stack<string>();
        Add(path);
        while (rest.TryPop(out string? name))
        {
            if (name is "..")
            {
                real = Path.GetDirectoryName(real) ?? root;
                continue;
            }

            string next = Path.Combine(real, name);
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MostLinks)
            {
                throw new IOException($"'{path}' leads through more than {MostLinks} links.");
            }

            if (Path.IsPathRooted(target))
            {
                real = root;
            }

            Add(target);
        }

        return real;

        void Add(string names)
        {
            foreach (string name in names.Split(Path.DirectorySeparatorChar).Where(static n => n is not ("" or ".")).Reverse())
            {
                rest.Push(name);
            }
        }
    }
}
