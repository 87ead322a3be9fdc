using System.Text.Json;
using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Runs;

/// <summary>
/// Writes the results of a run all or none. It holds the place while the run works; each file is written whole beside its place as it comes,
/// and <see cref="Commit"/> puts all of them there with a record of what belongs together. Until then nothing that was there is touched, and
/// a run that is killed at any moment leaves the results before or the new ones, which the next run finishes.
/// </summary>
internal sealed class OutputWriter : IDisposable
{
    private readonly OutputFiles _files;
    private readonly RunContext _context;
    private readonly OutputLock _lock;
    private readonly bool _force;
    private readonly DateTimeOffset _started = DateTimeOffset.UtcNow;
    private readonly List<(string Ready, string Path)> _ready = [];
    private readonly List<string> _direct = [];
    private readonly List<(string Path, bool IsHidden)> _begun = [];
    private readonly object _gate = new();
    private bool _pending;
    private bool _isOver;

    private OutputWriter(OutputFiles files, RunContext context, OutputLock held, bool force)
    {
        (_files, _context, _lock, _force) = (files, context, held, force);
        context.StopActions.Add(Dispose);
    }

    /// <summary>The files, staged or written, in their order.</summary>
    public IReadOnlyList<string> Paths => [.. _direct, .. _ready.Select(static r => r.Path)];

    /// <summary>The record that was written; <see langword="null"/> before.</summary>
    public RunRecord? Record { get; private set; }

    /// <summary>Takes the place of some results, finishes and clears what a killed run left there, and makes sure that files can be written.</summary>
    /// <param name="files">The results.</param>
    /// <param name="planned">Files that are to be written, as far as they are known.</param>
    /// <param name="bytes">How many bytes they may take in all.</param>
    /// <param name="force">Whether read-only files are replaced; they stay read-only.</param>
    /// <param name="context">Told of what was found.</param>
    /// <exception cref="FsRecException">Another run is at work there, or something cannot be written.</exception>
    public static OutputWriter Open(OutputFiles files, IEnumerable<string> planned, double bytes, bool force, RunContext context)
    {
        OutputCheck.RequireFolder(files);
        var held = OutputLock.Take(files, context);
        try
        {
            RunRecordFile.Recover(files, context, owned: true);
            string debug = Path.GetDirectoryName(DebugFiles.Index(files))!;
            string[] folders = Directory.Exists(debug) ? [files.Folder, debug] : [files.Folder];
            Func<string, bool> isWaiting = RunRecordFile.WaitingIn(folders);
            int count = folders.Sum(folder => AtomicFile.RemoveLeftovers(folder, folder == debug ? "" : files.Stem, isWaiting));
            if (count > 0)
            {
                context.Tell($"{Counted.Of(count, "file")} that a killed run left half-written {(count == 1 ? "was" : "were")} removed from '{files.Folder}'.");
            }

            string[] places = [.. planned];
            OutputCheck.Require(files, places, bytes, force, context.Names);
            OutputCheck.RequireOwn(files, places, force, context.Names);
            return new OutputWriter(files, context, held, force);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            held.Dispose();
            throw new FsRecException($"Nothing can be written to '{files.Folder}': {e.Message.TrimEnd('.')}. Check {context.Names.Place}.", e);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Writes a file of the set beside its place.</summary>
    public void Add(OutputFile file)
    {
        string ready = AtomicFile.TemporaryName(Path.GetFullPath(file.Path)) + file.Suffix;
        try
        {
            Write(file, ready, isHidden: true, () => _ready.Add((ready, file.Path)));
        }
        catch (FsRecException e)
        {
            Discard(ready);
            throw new FsRecException($"'{file.Path}' ({file.Content}) cannot be written: {(e.InnerException ?? e).Message} Nothing of this run was put in place; earlier results are as they were.", e.InnerException ?? e);
        }
        catch
        {
            Discard(ready);
            throw;
        }
    }

    /// <summary>Writes files of the set.</summary>
    public void Add(IEnumerable<OutputFile> files)
    {
        foreach (OutputFile file in files)
        {
            _context.CancellationToken.ThrowIfCancellationRequested();
            Add(file);
        }
    }

    /// <summary>Writes a file at once, for who looks on while the run works; it is of the set all the same.</summary>
    public void AddNow(OutputFile file)
    {
        string path = Path.GetFullPath(file.Path);
        Write(file, path, isHidden: false, () => _direct.Add(file.Path));
    }

    /// <summary>Writes a file, which the end of the process does not wait for: it withdraws it.</summary>
    private void Write(OutputFile file, string path, bool isHidden, Action done)
    {
        lock (_gate)
        {
            RequireOpen();
            _begun.Add((path, isHidden));
        }

        try
        {
            file.Write(path);
            lock (_gate)
            {
                RequireOpen();
                done();
            }
        }
        finally
        {
            lock (_gate)
            {
                _begun.Remove((path, isHidden));
            }
        }
    }

    private void RequireOpen()
    {
        if (_isOver)
        {
            throw new OperationCanceledException("The files were cleared away, as the process ends.");
        }
    }

    /// <summary>Puts the files in place and records them.</summary>
    /// <param name="kind">What they are to the results that lie there.</param>
    /// <param name="command">What was done.</param>
    /// <param name="series">Of what.</param>
    /// <param name="previous">The run that it went on from, if any.</param>
    /// <param name="voided">Files of the set that are not true of it any more.</param>
    /// <param name="told">What the run says of itself; <see langword="null"/> where no run made the files.</param>
    /// <param name="wave">What the wave among the files was made with; <see langword="null"/> where none is among them.</param>
    /// <returns>Full paths of the files, in the order of writing.</returns>
    /// <exception cref="FsRecException">A file cannot be put in place.</exception>
    public IReadOnlyList<string> Commit(
        OutputKind kind,
        string command,
        FocalSeries series,
        string? previous = null,
        IReadOnlyList<string>? voided = null,
        RunRecord? told = null,
        RecordedWave? wave = null)
    {
        foreach ((string ready, string path) in _ready.Where(r => voided?.Contains(r.Path) == true).ToArray())
        {
            File.Delete(ready);
            _ready.Remove((ready, path));
        }

        IReadOnlyList<string> written = Paths;
        _context.CancellationToken.ThrowIfCancellationRequested();
        RunRecord? old = RunRecordFile.Read(_files);
        Dictionary<string, FileRecord> files = Records();
        ReconstructionParameters parameters = series.Parameters;
        Dictionary<string, RecordedParameter> recorded = RecordedParameter.Of(parameters);
        bool isSame = kind == OutputKind.Export && old is not null && IsSame(old, files, recorded);
        (Dictionary<string, FileRecord> others, List<string> removals) =
            new EarlierFiles(_files, _force, _context).Beside(kind, old, files, voided ?? [], series, isSame);
        IReadOnlyList<InputRecord> inputs = InputRecord.Of(series, _context.Threads, _context.CancellationToken);
        RunRecord record = (told ?? new RunJournal(_context).Blank(RunOutcome.Done)) with
        {
            Command = command,
            Previous = kind == OutputKind.Supplement ? old?.Run : previous,
            Started = told?.Started ?? _started,
            Finished = DateTimeOffset.UtcNow,
            ParameterFile = parameters.Provenance.File,
            Parameters = recorded,
            Findings = [.. parameters.Provenance.Findings.Select(RecordedFinding.Of)],
            Inputs = inputs,
            Folder = _files.Folder,
            Files = files,
            Others = others,
            Removed = removals,
            Wave = Made(wave, kind, series, inputs) ?? (isSame || kind == OutputKind.Supplement ? old?.Wave : null),
            Outside = Outside(parameters),
        };
        record = record with { Seconds = Math.Round((record.Finished - record.Started).TotalSeconds, 3) };
        Place(record, removals);
        return [.. written.Distinct()];
    }

    // An analysis makes nothing of the frames that it looks at.
    private static RecordedWave? Made(RecordedWave? wave, OutputKind kind, FocalSeries series, IReadOnlyList<InputRecord> inputs) =>
        wave is null || kind == OutputKind.Supplement ? wave : wave with { Frames = RecordedWave.FramesOf(series, inputs) };

    /// <summary>Puts the files in place as a part of the results that lie there, in whose record they are named from then on.</summary>
    /// <param name="run">The run that the results must be of.</param>
    /// <exception cref="FsRecException">They are another run's, or a file cannot be put in place.</exception>
    public void Join(string run)
    {
        if (RunRecordFile.Read(_files) is not { } record || record.Run != run)
        {
            throw new FsRecException($"The results '{_files.WithEnding("*")}' were replaced meanwhile; nothing was added to them.");
        }

        var files = new Dictionary<string, FileRecord>(record.Files, StringComparer.Ordinal);
        foreach ((string ready, string path) in _ready)
        {
            files[Name(path)] = FileRecord.Of(ready);
        }

        Place(record with { Files = files, Others = record.Others.Where(other => !files.ContainsKey(other.Key)).ToDictionary(StringComparer.Ordinal) }, []);
    }

    /// <summary>Writes files for other programs, wherever they lie, and names them in the record of the set that was put in place.</summary>
    /// <param name="files">The files.</param>
    public void Save(IReadOnlyList<OutputFile> files)
    {
        if (files.Count == 0 || Record is null)
        {
            return;
        }

        var saved = new Dictionary<string, FileRecord>(StringComparer.Ordinal);
        foreach (OutputFile file in files)
        {
            _context.CancellationToken.ThrowIfCancellationRequested();
            file.Write(file.Path);
            saved[file.Path] = FileRecord.Of(file.Path, _context.CancellationToken);
        }

        Record = Record with { Saved = saved };
        RunRecordFile.Write(_files.Record, Record);
    }

    private Dictionary<string, FileRecord> Records()
    {
        try
        {
            return _direct.Select(static p => (p, p)).Concat(_ready.Select(static r => (r.Path, r.Ready)))
                .GroupBy(f => Name(f.Item1)).ToDictionary(static g => g.Key, static g => FileRecord.Of(g.Last().Item2), StringComparer.Ordinal);
        }
        catch (Exception e) when (_isOver && e is IOException or InvalidOperationException)
        {
            throw new OperationCanceledException("The files were cleared away, as the process ends.", e);
        }
    }

    private void Place(RunRecord record, IReadOnlyList<string> removals)
    {
        var pending = new PendingSet
        {
            Moves = _ready.ToDictionary(r => Name(r.Ready), r => Name(r.Path), StringComparer.Ordinal),
            Removals = removals,
            Record = record,
        };

        // Whole, or not begun: the end of the process waits for it, and what it has cleared away is not put in place any more.
        lock (_gate)
        {
            RequireOpen();
            AtomicFile.Write(RunRecordFile.Pending(_files), stream => JsonSerializer.Serialize(stream, pending, RunJson.Default.PendingSet));

            // From here on the new set is the one that counts; a stop now would only be made good by the next run.
            _pending = true;
            RunRecordFile.Finish(_files, pending, _force);
            _ready.Clear();
            Record = record;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            foreach ((string path, bool isHidden) in _begun)
            {
                UnfinishedFile.Withdraw(path);
                if (isHidden)
                {
                    Discard(path);
                }
            }

            foreach ((string ready, _) in _pending ? [] : _ready.ToArray())
            {
                Discard(ready);
            }

            // A folder that is a part of the set, as that of the intermediates, goes with what was to be in it.
            foreach (string? folder in _begun.Select(static b => b.Path).Concat(_ready.Select(static r => r.Path)).Select(Path.GetDirectoryName).Distinct())
            {
                RemoveEmpty(folder);
            }
        }

        _lock.Dispose();

        // Not before: the end of the process waits for what is being cleared away.
        _context.StopActions.Remove(Dispose);
    }

    private void RemoveEmpty(string? folder)
    {
        try
        {
            if (folder is not null && folder != Path.GetFullPath(_files.Folder) && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody has put something there.
        }
    }

    private static void Discard(string ready)
    {
        try
        {
            File.Delete(ready);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next run removes it.
        }
    }

    // Displacements, and foci where there are any, are of every format: an export that finds its own there is another copy.
    private static bool IsSame(RunRecord old, Dictionary<string, FileRecord> files, Dictionary<string, RecordedParameter> parameters)
    {
        string[] common = [.. files.Keys.Where(old.Files.ContainsKey)];
        return common.Length > 0 && common.All(name => files[name] == old.Files[name]) && old.Parameters.Count == parameters.Count
            && parameters.All(p => old.Parameters.TryGetValue(p.Key, out RecordedParameter? before) && before.Value == p.Value.Value);
    }

    private string Name(string path) => RunRecordFile.Name(_files, path);

    private static string[] Outside(ReconstructionParameters parameters)
    {
        if (parameters.BaseDirectory is not { } home)
        {
            return [];
        }

        return [.. new[] { parameters.ResolvedInputPath, parameters.ResolvedOutputPath }
            .Concat(parameters.ResolvedDetector.Files.Select(file => Path.GetDirectoryName(Path.GetFullPath(file)) ?? file))
            .Select(Path.GetFullPath)
            .Where(folder => Path.GetRelativePath(Path.GetFullPath(home), folder) is var way && (way.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(way))).Distinct()];
    }
}
