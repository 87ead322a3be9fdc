using System.Text;
using System.Text.Json;

namespace FsRec.Sweeps;

/// <summary>
/// Journals of JSON lines. A line is written in one piece at the end of its file, which is opened for it and closed after it: whoever opens it then
/// sees the line, on a shared disk too. Half a line, of a process that was killed, is no line.
/// </summary>
internal static class SweepJournal
{
    /// <summary>Adds a line.</summary>
    /// <exception cref="FsRecException">It cannot be written.</exception>
    public static void Append(string file, SweepEvent line)
    {
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(line, SweepLineJson.Default.SweepEvent);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            using var stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, 1);
            bool torn = false;
            if (stream.Length > 0)
            {
                stream.Seek(-1, SeekOrigin.End);
                torn = stream.ReadByte() != '\n';
            }

            stream.Write([.. torn ? "\n"u8 : [], .. text, .. "\n"u8]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FsRecException($"The journal '{file}' cannot be written: {e.Message}", e);
        }
    }

    /// <summary>The whole lines from a place in a file on, and the place behind them.</summary>
    public static (IReadOnlyList<SweepEvent> Lines, long End) Read(string file, long from)
    {
        byte[] news;
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length <= from)
            {
                return ([], from);
            }

            stream.Seek(from, SeekOrigin.Begin);
            news = new byte[stream.Length - from];
            int read = stream.ReadAtLeast(news, news.Length, throwOnEndOfStream: false);
            news = news[..read];
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return ([], from);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FsRecException($"The journal '{file}' cannot be read: {e.Message}", e);
        }

        int end = Array.LastIndexOf(news, (byte)'\n') + 1;
        List<SweepEvent> lines = [];
        foreach (string line in Encoding.UTF8.GetString(news, 0, end).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                if (JsonSerializer.Deserialize(line, SweepLineJson.Default.SweepEvent) is { } read)
                {
                    lines.Add(read);
                }
            }
            catch (JsonException)
            {
                // Half a line, behind which another process went on.
            }
        }

        return (lines, from + end);
    }
}
