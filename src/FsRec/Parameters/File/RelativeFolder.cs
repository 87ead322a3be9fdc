namespace FsRec.Parameters;

/// <summary>Folders of a parameter file that are relative to the file's own.</summary>
public static class RelativeFolder
{
    /// <summary>The folder in full; as it is when it is absolute, on this system or another, or when there is nothing to be relative to.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="baseDirectory">What it is relative to.</param>
    public static string Resolve(string folder, string? baseDirectory)
    {
        if (folder.Length == 0 || baseDirectory is null || IsAbsolute(folder))
        {
            return folder;
        }

        // A file written on Windows; elsewhere no folder that matters has a backslash in its name.
        string local = Path.DirectorySeparatorChar == '/' ? folder.Replace('\\', '/') : folder;
        return Path.GetFullPath(local, Path.GetFullPath(baseDirectory));
    }

    /// <summary>
    /// Whether a folder is named as on Windows, by drive or share, where there are no such: taken as it stands it would be a folder of that
    /// odd name below the one the program happens to run in.
    /// </summary>
    /// <param name="folder">The folder.</param>
    public static bool IsOfAnotherSystem(string folder) =>
        Path.DirectorySeparatorChar == '/' && !Path.IsPathRooted(folder) && IsAbsolute(folder);

    /// <summary>Parameters whose relative folders mean the same when they are read from another folder.</summary>
    internal static ReconstructionParameters Rebase(ReconstructionParameters parameters, string? folder)
    {
        if (parameters.BaseDirectory is not { } from
            || folder is null
            || Path.GetFullPath(from) == Path.GetFullPath(folder))
        {
            return parameters;
        }

        FileParameters files = parameters.Files with
        {
            InputPath = parameters.ResolvedInputPath,
            OutputPath = parameters.ResolvedOutputPath,
        };
        return parameters with { Files = files, Detector = parameters.ResolvedDetector, BaseDirectory = folder };
    }

    // A Windows path stays absolute when its parameter file is read elsewhere.
    private static bool IsAbsolute(string folder) =>
        Path.IsPathRooted(folder)
        || folder.StartsWith(@"\\", StringComparison.Ordinal)
        || (folder.Length >= 2 && char.IsAsciiLetter(folder[0]) && folder[1] == ':');
}
