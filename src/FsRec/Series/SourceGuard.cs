namespace FsRec.Series;

/// <summary>Keeps what was recorded: no result may be written over a file that its series is read from.</summary>
public static class SourceGuard
{
    private static readonly StringComparer Paths = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>The first of some files that a series is read from; <see langword="null"/> when it is none.</summary>
    /// <param name="series">The series.</param>
    /// <param name="targets">Files that are to be written.</param>
    public static string? Conflict(FocalSeries series, IEnumerable<string> targets)
    {
        var sources = new HashSet<string>(series.SourceFiles.Select(Path.GetFullPath), Paths);
        return targets.FirstOrDefault(target => sources.Contains(Path.GetFullPath(target)));
    }

    /// <summary>Makes sure that none of some files is one that a series is read from.</summary>
    /// <param name="series">The series.</param>
    /// <param name="targets">Files that are to be written.</param>
    /// <exception cref="FsRecException">One is.</exception>
    public static void Require(FocalSeries series, IEnumerable<string> targets)
    {
        if (Conflict(series, targets) is { } path)
        {
            throw new FsRecException(Message(path));
        }
    }

    /// <summary>What to tell of such a file.</summary>
    /// <param name="path">The file.</param>
    public static string Message(string path) =>
        $"'{path}' is a file that the series is read from; what was recorded is not written over. Nothing was done; give another name or folder.";
}
