using FsRec.Parameters;

namespace FsRec.Runs;

/// <summary>Whether results can be written, found out before the work begins as far as that can be.</summary>
internal static class OutputCheck
{
    private const string RecordEnding = "_run.json";

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
        string longest = files.Record;
        foreach (string path in planned)
        {
            RequireFile(path, force, names);
            longest = Path.GetDirectoryName(path) == files.Folder && path.Length > longest.Length ? path : longest;
        }

        RequireName(longest, names);

        if (FreeBytes(files.Folder) is { } free && free < bytes)
        {
            throw new FsRecException(FormattableString.Invariant(
                $"The results take about {bytes / 1e6:0.0} MB, and '{files.Folder}' has {free / 1e6:0.0} MB left. Nothing was done; make room or give another {names.Place}."));
        }
    }

    /// <summary>
    /// Makes sure that no file is one of a run of another name: <c>rec_filt</c> leaves a wave <c>rec_filt.wav</c>, as <c>rec</c> does its filtered one.
    /// </summary>
    /// <exception cref="FsRecException">One is.</exception>
    public static void RequireOwn(OutputFiles files, IReadOnlyList<string> planned, bool force, OptionNames names)
    {
        if (force)
        {
            return;
        }

        foreach (string path in Directory.EnumerateFiles(files.Folder, "*" + RecordEnding).Order(StringComparer.Ordinal))
        {
            string other = Path.GetFileName(path)[..^RecordEnding.Length];
            // Sums of a series are a set of their own, which their own writer looks after.
            bool mayShare = other != files.BaseName && !BoxcarRun.IsSetOf(files, other) && (other.StartsWith(files.BaseName, StringComparison.Ordinal) || files.BaseName.StartsWith(other, StringComparison.Ordinal));
            if (mayShare && RunRecordFile.Read(new OutputFiles(files.Folder, other)) is { } record
                && planned.FirstOrDefault(file => record.Files.TryGetValue(Path.GetRelativePath(files.Folder, file), out FileRecord? known) && known.IsOf(file)) is { } shared)
            {
                throw new FsRecException($"'{shared}' is a result of {record} named '{other}'. Nothing was done; give another {names.Place}. {names.Force} replaces it.");
            }
        }
    }

    private static void RequireName(string longest, OptionNames names)
    {
        try
        {
            AtomicFile.Try(longest);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FsRecException($"'{longest}' cannot be written: {e.Message} While it is written its name is longer by some 75 letters. Nothing was done; give another {names.Place}.", e);
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
            // Windows does not let a file be replaced that is open elsewhere; other systems do. A pipe that is opened for writing alone waits for who reads it.
            FileShare share = OperatingSystem.IsWindows() ? FileShare.None : FileShare.ReadWrite | FileShare.Delete;
            using var stream = new FileStream(path, FileMode.Open, RegularFile.Length(path) > 0 ? FileAccess.Write : FileAccess.ReadWrite, share);
            if (!stream.CanSeek)
            {
                throw new FsRecException($"'{path}' is a pipe and no file; a result is to be written there. Nothing was done.");
            }
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
