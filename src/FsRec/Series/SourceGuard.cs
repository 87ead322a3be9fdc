namespace FsRec.Series;

/// <summary>Keeps what was recorded: no result may be written over a file that its series is read from, by whatever links either is named.</summary>
public static class SourceGuard
{
    /// <summary>The first of some files that a series is read from; <see langword="null"/> when it is none.</summary>
    /// <param name="series">The series.</param>
    /// <param name="targets">Files that are to be written.</param>
    public static string? Conflict(FocalSeries series, IEnumerable<string> targets) => targets.FirstOrDefault(SourceOf(series));

    /// <summary>Tells whether a series is read from a file.</summary>
    /// <param name="series">The series.</param>
    internal static Func<string, bool> SourceOf(FocalSeries series)
    {
        var paths = new RealPaths();
        var sources = new HashSet<string>(series.SourceFiles.SelectMany(paths.Entries), RealPaths.Comparer);

        // What is written takes the place of an entry of a folder; what that may be a link to stays.
        return target => sources.Contains(paths.Entry(target));
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
