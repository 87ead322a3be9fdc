using System.Text;
using System.Text.Json;

namespace FsRec.Runs;

/// <summary>The record beside some results: read, finished where a run was killed in the middle of putting its files in place, and checked.</summary>
internal static class RunRecordFile
{
    internal const long MostBytes = 256 << 20;

    /// <summary>Where a set waits that is whole but not in place.</summary>
    public static string Pending(OutputFiles files) => Path.Combine(files.Folder, $".{files.BaseName}_run.json.pending");

    /// <summary>
    /// Tells of a file in some folders whether a set names it that is whole and not in place, of whatever base name: <c>series1</c> begins as <c>series10</c> does, and
    /// clears nothing away of its set.
    /// </summary>
    /// <param name="folders">The folders.</param>
    public static Func<string, bool> WaitingIn(IEnumerable<string> folders)
    {
        // As text: one that is damaged still says which files it is about. The ends of hidden names are plain letters and figures.
        string[] sets = [.. folders.SelectMany(static folder => Directory.EnumerateFiles(folder, ".*_run.json.pending"))
            .Where(static path => RegularFile.Length(path) is > 0 and < MostBytes).Select(File.ReadAllText)];
        return name => sets.Any(set => set.Contains(name, StringComparison.Ordinal));
    }

    /// <summary>The record; <see langword="null"/> where there is none that can be read: of the published program's results there is none.</summary>
    public static RunRecord? Read(OutputFiles files)
    {
        try
        {
            return File.Exists(files.Record) && RegularFile.Length(files.Record) is > 0 and < MostBytes
                && RecordJson.Read(File.ReadAllBytes(files.Record)) is { Schema: RunRecord.CurrentSchema, IsWhole: true } record
                ? record
                : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>The name of a file in a record: its path from the folder of the results.</summary>
    public static string Name(OutputFiles files, string path) => Path.GetRelativePath(files.Folder, path).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>Writes a record.</summary>
    public static void Write(string path, RunRecord record) =>
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(record.ToJson())));

    /// <summary>
    /// Finishes what a run that was killed had begun: its results were whole, and some were put in place. Where a living run is at it, it
    /// is left alone.
    /// </summary>
    /// <param name="files">The results.</param>
    /// <param name="context">Told of it.</param>
    /// <param name="owned">Whether the caller has the lock of the place.</param>
    /// <exception cref="FsRecException">A file cannot be moved.</exception>
    public static void Recover(OutputFiles files, RunContext context, bool owned)
    {
        string path = Pending(files);
        if (!File.Exists(path) || (!owned && OutputLock.IsHeld(files)))
        {
            return;
        }

        PendingSet? pending;
        try
        {
            if (RegularFile.Length(path) is 0 or >= MostBytes)
            {
                throw new JsonException("It is empty, longer than 256 MiB, or no file.");
            }

            pending = JsonSerializer.Deserialize(File.ReadAllBytes(path), RunJson.Default.PendingSet);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new DataException($"'{path}', by which an interrupted run is to be finished, cannot be read: {e.Message} Remove it and run again.", e);
        }

        if (pending is { IsWhole: false })
        {
            throw new DataException($"'{path}', by which an interrupted run is to be finished, is damaged: parts of it are missing. Remove it and run again.");
        }

        if (pending is not null && pending.Moves.SelectMany(static m => new[] { m.Key, m.Value }).Concat(pending.Removals).Any(static name => !StaysInside(name)))
        {
            throw new DataException($"'{path}' names files outside of its folder; no run wrote that. Remove it and run again.");
        }

        if (pending is null || pending.Moves.Any(move => !File.Exists(Path.Combine(files.Folder, move.Key)) && !IsInPlace(pending.Record, files.Folder, move.Value)))
        {
            throw new DataException($"Files that '{path}' names have vanished; the results '{files.WithEnding("*")}' may be of two runs. Remove them with it and run again.");
        }

        Finish(files, pending, force: true);
        context.Warn(WarningIds.ResultsRecovered, $"an earlier run was stopped while it put its results in place; '{files.WithEnding("*")}' are now those of {pending.Record}.");
    }

    /// <summary>Puts a set in place; what was moved before stays.</summary>
    public static void Finish(OutputFiles files, PendingSet pending, bool force)
    {
        try
        {
            foreach ((string ready, string name) in pending.Moves)
            {
                string source = Path.Combine(files.Folder, ready);
                if (File.Exists(source))
                {
                    Move(source, Path.Combine(files.Folder, name), force);
                }
            }

            foreach (string name in pending.Removals)
            {
                File.Delete(Path.Combine(files.Folder, name));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FsRecException(
                $"The results are whole but could not all be put in place: {e.Message} The next run that uses '{files.WithEnding("*")}' finishes it.", e);
        }

        Write(files.Record, pending.Record);
        File.Delete(Pending(files));
    }

    /// <summary>
    /// Says of files that are about to be read together where they are not those of one run.
    /// </summary>
    /// <param name="files">The results.</param>
    /// <param name="names">Full paths of the files that are read.</param>
    /// <param name="context">Warned of files that were changed afterwards.</param>
    /// <exception cref="DataException">One is of another run than the others.</exception>
    public static void Require(OutputFiles files, IEnumerable<string> names, RunContext context)
    {
        if (Read(files) is not { } record)
        {
            return;
        }

        foreach (string path in names.Where(File.Exists))
        {
            string name = Path.GetFileName(path);
            if (IsOther(record, path))
            {
                throw new DataException(
                    $"'{path}' is not of {record}, which left the other results: they do not belong together. {context.Names.FromFrames}");
            }

            if (record.Files.TryGetValue(name, out FileRecord? file) && !file.IsOf(path))
            {
                context.Warn(WarningIds.FileChanged, $"'{path}' is not as {record} left it: it was changed afterwards, or is of another run. It is taken as it is.");
            }
        }
    }

    /// <summary>Whether a file is one that a record names as that of another run.</summary>
    public static bool IsOther(RunRecord record, string path) => record.Others.TryGetValue(Path.GetFileName(path), out FileRecord? other) && other.IsOf(path);

    // A file that lies there may be that of the run before.
    private static bool IsInPlace(RunRecord record, string folder, string name) =>
        record.Files.TryGetValue(name, out FileRecord? file) ? file.IsOf(Path.Combine(folder, name)) : File.Exists(Path.Combine(folder, name));

    private static bool StaysInside(string name) =>
        name.Length > 0 && !Path.IsPathRooted(name) && !name.Contains('\\', StringComparison.Ordinal) && !name.Split('/').Contains("..");

    private static void Move(string source, string target, bool force)
    {
        // Elsewhere than on Windows a file that may not be written can be replaced all the same.
        var file = new FileInfo(target);
        bool readOnly = force && file.Exists && file.IsReadOnly;
        if (readOnly && OperatingSystem.IsWindows())
        {
            file.IsReadOnly = false;
        }

        File.Move(source, target, overwrite: true);
        if (readOnly)
        {
            new FileInfo(target).IsReadOnly = true;
        }
    }
}
