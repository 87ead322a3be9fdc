using FsRec.Parameters;

namespace FsRec.Runs;

/// <summary>Whether results can be written, found out before the work begins as far as that can be.</summary>
internal static class OutputCheck
{
    /// <summary>Makes sure that a folder is one of this system.</summary>
    /// <exception cref="FsRecException">It is named as on another.</exception>
    public static void RequireFolder(OutputFiles files)
    {
        if (files.Folder.Length == 0 || files.BaseName.Length == 0)
        {
            throw new FsRecException("The parameters have no OUTPUTPATH and OUTPUTFILENAME; results need both.");
        }

        if (RelativeFolder.IsOfAnotherSystem(files.Folder))
        {
            throw new FsRecException(
                $"OUTPUTPATH '{files.Folder}' is a folder of Windows, by its drive or share; this system has no such. Give a folder of this one, or one relative to the parameter file.");
        }
    }

    /// <summary>Makes sure of the files and the room for them.</summary>
    /// <exception cref="FsRecException">A file's place is a folder, read-only or not ours to write, or the disk is full.</exception>
    public static void Require(OutputFiles files, IEnumerable<string> planned, double bytes, bool force, OptionNames names)
    {
        foreach (string path in planned)
        {
            RequireFile(path, force, names);
        }

        if (FreeBytes(files.Folder) is { } free && free < bytes)
        {
            throw new FsRecException(FormattableString.Invariant(
                $"The results take about {bytes / 1e6:0.0} MB, and '{files.Folder}' has {free / 1e6:0.0} MB left. Nothing was done; make room or give another {names.Place}."));
        }
    }

    private static void RequireFile(string path, bool force, OptionNames names)
    {
        if (Directory.Exists(path))
        {
            throw new FsRecException($"'{path}' is a folder; a result is to be written there. Nothing was done.");
        }

        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return;
        }

        if (file.IsReadOnly && !force)
        {
            throw new FsRecException($"'{path}' is read-only. Nothing was done; {names.Force} replaces it.");
        }

        if (file.IsReadOnly)
        {
            return;
        }

        try
        {
            // Windows does not let a file be replaced that is open elsewhere; other systems do.
            FileShare share = OperatingSystem.IsWindows() ? FileShare.None : FileShare.ReadWrite | FileShare.Delete;
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, share);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FsRecException($"'{path}' cannot be written: {e.Message} Nothing was done.", e);
        }
    }

    private static long? FreeBytes(string folder)
    {
        try
        {
            return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(Path.GetFullPath(folder))! : folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
