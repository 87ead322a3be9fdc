using System.Text;
using System.Text.Json;
using FsRec.Runs;

namespace FsRec.Watching;

/// <summary>
/// What was done, one line of JSON a series, on the disk before the next one begins: a watch that was killed at any moment goes on where it was. A last line
/// that was cut short says nothing, and its series is run again.
/// </summary>
internal sealed class WatchJournal : IDisposable
{
    /// <summary>So often a series may end the process that runs it; then it counts as failed.</summary>
    public const int MostStarts = 3;

    private readonly FileStream _file;
    private readonly FileStream _lock;
    private readonly object _gate = new();
    private readonly Dictionary<string, WatchedSeries> _byFingerprint = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WatchedSeries> _byContent = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Name, string Output), WatchedSeries> _inPlace = [];
    private readonly Dictionary<string, int> _starts = new(StringComparer.Ordinal);
    private readonly List<WatchedSeries> _ended = [];
    private readonly OutputClaims _outputs = new();

    private WatchJournal(FileStream file, FileStream held) => (_file, _lock) = (file, held);

    /// <summary>The series that ended, of this and of earlier watches, in their order.</summary>
    public IReadOnlyList<WatchedSeries> Ended
    {
        get
        {
            lock (_gate)
            {
                return [.. _ended];
            }
        }
    }

    /// <summary>Opens a journal for this process alone.</summary>
    /// <param name="path">The file.</param>
    /// <param name="retryFailed">Whether series that failed count as not done.</param>
    /// <exception cref="FsRecException">Another process watches with it, or it cannot be written.</exception>
    public static WatchJournal Open(string path, bool retryFailed)
    {
        FileStream held;
        try
        {
            JsonLines.IsTorn(path, "journal of a watch");
            held = new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(path + ".lock"))
        {
            throw new FsRecException($"Another process watches with the journal '{path}'.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FsRecException($"The journal '{path}' cannot be written: {e.Message}", e);
        }

        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
            if (!file.CanSeek)
            {
                file.Dispose();
                throw new IOException("It is a pipe and no file.");
            }

            var journal = new WatchJournal(file, held);
            journal.Read(retryFailed);
            return journal;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            held.Dispose();
            throw new FsRecException($"The journal '{path}' cannot be written: {e.Message}", e);
        }
    }

    /// <summary>What became of a series; <see langword="null"/> where it has not been dealt with.</summary>
    public WatchedSeries? Find(string fingerprint)
    {
        lock (_gate)
        {
            return _byFingerprint.GetValueOrDefault(fingerprint);
        }
    }

    /// <summary>The run that made the same of the same frames; <see langword="null"/> for none.</summary>
    public WatchedSeries? FindContent(string content)
    {
        lock (_gate)
        {
            return _byContent.GetValueOrDefault(content);
        }
    }

    /// <summary>Where a series writes its results, as <see cref="OutputClaims.Choose"/> says.</summary>
    public OutputFiles? ChooseOutput(string series, IEnumerable<OutputFiles> places, out string? owner)
    {
        lock (_gate)
        {
            return _outputs.Choose(series, places, out owner);
        }
    }

    /// <summary>How often a run of the series has begun and never ended.</summary>
    public int Starts(string fingerprint)
    {
        lock (_gate)
        {
            return _starts.GetValueOrDefault(fingerprint);
        }
    }

    /// <summary>Adds a line.</summary>
    /// <exception cref="FsRecException">It cannot be written.</exception>
    public void Add(WatchedSeries series)
    {
        byte[] line = Encoding.UTF8.GetBytes(series.ToJson() + "\n");
        lock (_gate)
        {
            Keep(series, retryFailed: false);
            try
            {
                _file.Write(line);
                _file.Flush(flushToDisk: true);
            }
            catch (IOException e)
            {
                throw new FsRecException($"The journal '{_file.Name}' cannot be written: {e.Message}", e);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _file.Dispose();
        _lock.Dispose();
    }

    private void Read(bool retryFailed)
    {
        using var reader = new StreamReader(_file, Encoding.UTF8, true, 1 << 16, leaveOpen: true);
        // A device is without end and has no length.
        string text = _file.Length > 0 ? reader.ReadToEnd() : "";
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                if (JsonSerializer.Deserialize(line, WatchJson.Default.WatchedSeries) is { } series)
                {
                    Keep(series, retryFailed);
                }
            }
            catch (JsonException)
            {
                // Cut short.
            }
        }

        _file.Seek(0, SeekOrigin.End);
        if (text.Length > 0 && text[^1] != '\n')
        {
            _file.WriteByte((byte)'\n');
        }
    }

    private void Keep(WatchedSeries series, bool retryFailed)
    {
        _outputs.Keep(series);
        ForgetReplaced(series);
        string key = series.Fingerprint ?? series.Name;
        switch (series.State)
        {
            case WatchState.Started:
                _starts[key] = _starts.GetValueOrDefault(key) + 1;
                return;
            case WatchState.Stopped:
                _starts.Remove(key);
                return;
            case WatchState.Failed when retryFailed:
                _starts.Remove(key);
                _byFingerprint.Remove(key);
                break;
            default:
                _starts.Remove(key);
                _byFingerprint[key] = series;
                break;
        }

        if (series is { State: WatchState.Done, Content: { } content })
        {
            _byContent[content] = series;
        }

        if (series.State is WatchState.Done or WatchState.Failed)
        {
            _ended.Add(series);
        }
    }

    // A series that was other frames meanwhile, or had other parameters, has results of those: what it was before is not done any more, and is run again where
    // it comes back. Of one series only, else two that took each other's place would be run for ever.
    private void ForgetReplaced(WatchedSeries series)
    {
        if (series is not { State: WatchState.Done, RunId: not null, OutputFolder: { } folder, OutputName: { } name })
        {
            return;
        }

        (string, string) place = (series.Name, new OutputFiles(folder, name).WithEnding(""));
        if (_inPlace.TryGetValue(place, out WatchedSeries? replaced) && replaced.RunId != series.RunId)
        {
            foreach (Dictionary<string, WatchedSeries> known in (Dictionary<string, WatchedSeries>[])[_byFingerprint, _byContent])
            {
                foreach (string key in known.Where(k => k.Value.RunId == replaced.RunId).Select(static k => k.Key).ToArray())
                {
                    known.Remove(key);
                }
            }
        }

        _inPlace[place] = series;
    }
}
