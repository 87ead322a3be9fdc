using System.Diagnostics;
using System.Text.Json;

namespace FsRec.Runs;

/// <summary>
/// Keeps two runs out of one another's results: a file beside them names the process that writes there. That of a process which has ended
/// is taken over.
/// </summary>
internal sealed class OutputLock : IDisposable
{
    // Much longer than from making a file to writing into it; one that is still empty then was left by a process that was killed between.
    private static readonly TimeSpan Making = TimeSpan.FromSeconds(5);

    // How long a process that was killed may take to end; the memory of a large one is not given back at once.
    private static readonly TimeSpan Ending = TimeSpan.FromSeconds(2);

    private readonly string _path;
    private readonly StopActions _stopActions;
    private readonly object _gate = new();
    private bool _isHeld;
    private bool _isReleased;

    private OutputLock(string path, StopActions stopActions) => (_path, _stopActions) = (path, stopActions);

    /// <summary>Takes the place of some results. It is released when the process ends while a run is at work, at whatever moment that is.</summary>
    /// <param name="files">The results.</param>
    /// <param name="context">Warned where the lock of a dead process is taken over.</param>
    /// <exception cref="FsRecException">Another process is at work there, or nothing can be written there.</exception>
    /// <exception cref="OperationCanceledException">The run is stopped.</exception>
    public static OutputLock Take(OutputFiles files, RunContext context) => Take(files, context, static owner => owner.Life());

    internal static OutputLock Take(OutputFiles files, RunContext context, Func<LockOwner, ProcessLife> life)
    {
        var held = new OutputLock(files.WithEnding("_run.lock"), context.StopActions);
        context.StopActions.Add(held.Dispose);
        try
        {
            held.Take(files, life, context);
            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private void Take(OutputFiles files, Func<LockOwner, ProcessLife> life, RunContext context)
    {
        string path = _path;
        long began = Stopwatch.GetTimestamp();
        try
        {
            Directory.CreateDirectory(files.Folder);
            while (!TryCreate())
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                if (Read(path) is not { } owner)
                {
                    // Released meanwhile, or broken by hand; the next attempt tells.
                    RemoveBroken(path, Stopwatch.GetElapsedTime(began));
                    Thread.Sleep(1);
                    continue;
                }

                ProcessLife state = life(owner);
                if (state == ProcessLife.Ending && Stopwatch.GetElapsedTime(began) < Ending)
                {
                    Thread.Sleep(10);
                    continue;
                }

                if (state != ProcessLife.Gone)
                {
                    throw new FsRecException(
                        $"'{files.WithEnding("*")}' is being written by another run: {owner}. Wait for it, or give another {context.Names.Place}. If there is no such run, remove '{path}'.");
                }

                context.Warn(WarningIds.PlaceTakenOver, $"'{path}' is of a run that did not end in order ({owner}); it is taken over.");
                Remove(path, owner);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FsRecException($"Nothing can be written to '{files.Folder}': {e.Message.TrimEnd('.')}. Check {context.Names.Place}.", e);
        }
    }

    /// <summary>Whether a living process, this one included, is at work there.</summary>
    public static bool IsHeld(OutputFiles files) => Read(files.WithEnding("_run.lock")) is { } owner && owner.Life() != ProcessLife.Gone;

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_gate)
        {
            _isReleased = true;
            if (_isHeld)
            {
                _isHeld = false;
                Release();
            }
        }

        // Not before: the end of the process waits for a lock that is being removed.
        _stopActions.Remove(Dispose);
    }

    private void Release()
    {
        try
        {
            File.Delete(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next run takes it over.
        }
    }

    private bool TryCreate()
    {
        // The end of the process comes before the lock is there, and there will be none, or after it, and releases it.
        lock (_gate)
        {
            if (_isReleased)
            {
                throw new OperationCanceledException();
            }

            return _isHeld = TryCreate(_path, WriteOwner);
        }
    }

    private static void WriteOwner(Stream stream) => stream.Write(JsonSerializer.SerializeToUtf8Bytes(LockOwner.Current(), RunJson.Default.LockOwner));

    /// <summary>Makes a lock, unless there is one.</summary>
    /// <param name="path">The lock.</param>
    /// <param name="write">Writes what is in it.</param>
    /// <exception cref="IOException">It cannot be written; there is none then.</exception>
    internal static bool TryCreate(string path, Action<Stream> write)
    {
        // Of several that want to, the system lets one make it. (Moving a file without replacing looks first and moves then.)
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete, 0);
        }
        catch (IOException) when (File.Exists(path) && !Directory.Exists(path))
        {
            return false;
        }

        try
        {
            using (stream)
            {
                write(stream);
            }

            return true;
        }
        catch
        {
            // Ours, and empty or cut short, as where the disk is full: nobody is to wait for what it would say.
            File.Delete(path);
            throw;
        }
    }

    /// <summary>
    /// Removes the lock of a process of another computer that took it before a moment at which, as the caller knows, nothing was at work there any more:
    /// of another computer's process nobody here can tell that it has ended.
    /// </summary>
    /// <param name="files">The results.</param>
    /// <param name="moment">The moment.</param>
    internal static void RemoveOrphan(OutputFiles files, DateTimeOffset moment)
    {
        string path = files.WithEnding("_run.lock");
        if (File.Exists(path) && Read(path) is { } owner && owner.Computer != Environment.MachineName && owner.Since < moment)
        {
            Remove(path, owner);
        }
    }

    private static LockOwner? Read(string path)
    {
        try
        {
            return RegularFile.Length(path) > 0 ? Parse(File.ReadAllBytes(path)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static LockOwner? Parse(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, RunJson.Default.LockOwner);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Removes a lock that was broken by hand, and no other: one that vanishes while it is looked at was released, and the next is another's.</summary>
    private static void RemoveBroken(string path, TimeSpan waited)
    {
        byte[] content;
        try
        {
            content = RegularFile.Length(path) > 0 ? File.ReadAllBytes(path) : [];
        }
        catch (FileNotFoundException)
        {
            return;
        }

        // A clock that was set back, or a file server's other clock, leaves files of the future: of these only our own waiting tells.
        TimeSpan age = DateTime.UtcNow - File.GetLastWriteTimeUtc(path);
        bool isBeingMade = content.Length == 0 && (age < TimeSpan.Zero ? waited : age) < Making;
        if (!isBeingMade && Parse(content) is null)
        {
            Remove(path, null);
        }
    }

    /// <summary>Moves a lock aside and removes it; of several that want to, one does. One that is not the expected one meanwhile is a living process's, and is put back.</summary>
    /// <param name="path">The lock.</param>
    /// <param name="expected">Whose it was; <see langword="null"/> for a broken one.</param>
    private static void Remove(string path, LockOwner? expected)
    {
        string aside = AtomicFile.TemporaryName(path);
        try
        {
            File.Move(path, aside);
        }
        catch (FileNotFoundException)
        {
            return;
        }

        if (Read(aside) == expected)
        {
            File.Delete(aside);
        }
        else
        {
            File.Move(aside, path, overwrite: false);
        }
    }
}
