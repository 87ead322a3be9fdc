using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace FsRec;

/// <summary>
/// Writes a file beside its final place and renames it there once it is whole: whoever looks sees the old file or the new
/// one, never half of one, and an interrupted write leaves what was there before.
/// </summary>
public static partial class AtomicFile
{
    // Of the computer: on a shared disk another one's process of the same number may be at work.
    private static readonly string Computer = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Environment.MachineName)), 0, 4).ToLowerInvariant();

    /// <summary>Writes a file through a stream.</summary>
    /// <param name="path">The final path; its folder is made when missing.</param>
    /// <param name="write">Writes the whole content.</param>
    /// <exception cref="FsRecException">The file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write) => Write(path, write, durable: true);

    /// <summary>Writes a file, and waits until it would outlive a power failure only where it is worth the time.</summary>
    internal static void Write(string path, Action<Stream> write, bool durable)
    {
        string full = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(full) ?? throw new FsRecException($"'{path}' is a folder, not a file to write.");
        using var unfinished = UnfinishedFile.At(full);
        try
        {
            Directory.CreateDirectory(folder);
            using (FileStream stream = unfinished.Create())
            {
                write(stream);
                stream.Flush(flushToDisk: durable);
            }

            unfinished.Finish();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FsRecException($"'{path}' cannot be written: {e.Message}", e);
        }
        catch (ArgumentOutOfRangeException e) when (e.ParamName == "value")
        {
            // What .NET makes of a file that its system or the user's limit will not have so large.
            var why = new IOException("It is larger than the file system or the limit of a file's size (ulimit -f) allows.", e);
            throw new FsRecException($"'{path}' cannot be written: {why.Message}", why);
        }
    }

    /// <summary>Writes a text file in UTF-8 without a byte order mark.</summary>
    /// <param name="path">The final path; its folder is made when missing.</param>
    /// <param name="write">Writes the whole content.</param>
    /// <exception cref="FsRecException">The file cannot be written.</exception>
    public static void WriteText(string path, Action<TextWriter> write) => Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        write(writer);
    });

    /// <summary>
    /// Removes what this process has half-written, whoever it is for, and has nothing of it put in place: the process ends, and does not wait for those who write.
    /// </summary>
    public static void Abandon() => UnfinishedFile.WithdrawAll();

    /// <summary>A hidden name beside a file that tells which process is writing it.</summary>
    internal static string TemporaryName(string path) => Path.Combine(
        Path.GetDirectoryName(path)!,
        string.Create(CultureInfo.InvariantCulture, $".{Path.GetFileName(path)}.{Computer}-{Environment.ProcessId}-{Convert.ToHexString(RandomNumberGenerator.GetBytes(6)).ToLowerInvariant()}.tmp"));

    /// <summary>Makes sure that a file can be written beside its place, whose hidden name is longer than its own, and that of a file beside that one.</summary>
    /// <param name="path">Full path of the file.</param>
    /// <exception cref="IOException">It cannot, as its name is too long.</exception>
    /// <exception cref="OperationCanceledException">The process ends.</exception>
    internal static void Try(string path)
    {
        using var unfinished = UnfinishedFile.At(TemporaryName(path));
        unfinished.Create().Dispose();
    }

    /// <summary>Removes what processes of this computer that were killed left half-written beside the files of some base name.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="baseName">What the files' names begin with.</param>
    /// <param name="isWanted">Whether somebody waits for a file of such a name, whoever wrote it: it is whole then, and of a set that is yet to be put in place.</param>
    /// <returns>How many files were removed.</returns>
    internal static int RemoveLeftovers(string folder, string baseName, Func<string, bool> isWanted)
    {
        int removed = 0;
        // A file that is itself written beside another has a name with two dots.
        foreach (string file in Directory.EnumerateFiles(folder, ".*.tmp*"))
        {
            Match match = LeftoverName().Match(file);
            if (match.Success && Path.GetFileName(file).TrimStart('.').StartsWith(baseName, StringComparison.Ordinal) && match.Groups[1].Value == Computer && IsGone(int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture), File.GetLastWriteTimeUtc(file)) && !isWanted(match.Value))
            {
                File.Delete(file);
                removed++;
            }
        }

        return removed;
    }

    // In a container every run may have the same number: a process that started later did not write it.
    private static bool IsGone(int process, DateTime wrote) => ProcessWatch.Look(process, started => started > wrote.AddSeconds(2)) == ProcessLife.Gone;

    [GeneratedRegex(@"\.([0-9a-f]{8})-([0-9]{1,9})-[0-9a-f]{12}\.tmp(\.[A-Za-z0-9]+)?$")]
    private static partial Regex LeftoverName();
}
