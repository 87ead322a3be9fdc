using System.Collections.Concurrent;

namespace FsRec;

/// <summary>
/// A file that is being written under a hidden name beside its place. It may be withdrawn at any moment, by another thread: what there is of it is removed
/// then, and it neither is begun nor comes to lie in its place any more.
/// </summary>
internal sealed class UnfinishedFile : IDisposable
{
    private static readonly ConcurrentDictionary<UnfinishedFile, string> Live = new();

    // Places of which somebody may only be about to write.
    private static readonly ConcurrentDictionary<string, bool> Closed = new(StringComparer.Ordinal);

    private readonly object _gate = new();
    private readonly string _path;
    private readonly string _hidden;
    private bool _isWithdrawn;
    private bool _isBegun;

    private UnfinishedFile(string path)
    {
        (_path, _hidden) = (path, AtomicFile.TemporaryName(path));
        Live[this] = path;
    }

    /// <summary>A file to be written to a place.</summary>
    /// <param name="path">Full path of the place.</param>
    public static UnfinishedFile At(string path) => new(path);

    /// <summary>Withdraws what is being written to a place, or about to be, for as long as this process lives.</summary>
    /// <param name="path">Full path of the place.</param>
    public static void Withdraw(string path)
    {
        Closed[path] = true;
        foreach ((UnfinishedFile file, string place) in Live)
        {
            if (place == path)
            {
                file.Withdraw();
            }
        }
    }

    /// <summary>Withdraws all that this process is writing.</summary>
    public static void WithdrawAll()
    {
        foreach ((UnfinishedFile file, _) in Live)
        {
            file.Withdraw();
        }
    }

    /// <summary>Begins to write.</summary>
    /// <exception cref="OperationCanceledException">It was withdrawn.</exception>
    public FileStream Create()
    {
        lock (_gate)
        {
            RequireWanted();
            // So that it can be removed while it is written, on Windows too.
            var stream = new FileStream(_hidden, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, 1 << 16);
            _isBegun = true;
            return stream;
        }
    }

    /// <summary>Puts what was written in its place.</summary>
    /// <exception cref="OperationCanceledException">It was withdrawn.</exception>
    public void Finish()
    {
        lock (_gate)
        {
            RequireWanted();
            File.Move(_hidden, _path, overwrite: true);
            _isBegun = false;
        }
    }

    /// <summary>Removes what was not finished.</summary>
    public void Dispose()
    {
        Live.TryRemove(this, out _);
        lock (_gate)
        {
            Remove();
        }
    }

    private void Withdraw()
    {
        lock (_gate)
        {
            _isWithdrawn = true;
            Remove();
        }
    }

    private void RequireWanted()
    {
        if (_isWithdrawn || Closed.ContainsKey(_path))
        {
            throw new OperationCanceledException($"'{_path}' was withdrawn while it was written.");
        }
    }

    private void Remove()
    {
        if (!_isBegun)
        {
            return;
        }

        try
        {
            File.Delete(_hidden);
            _isBegun = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next run removes it.
        }
    }
}
