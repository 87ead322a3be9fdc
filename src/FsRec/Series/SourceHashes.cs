using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace FsRec.Series;

/// <summary>
/// Hashes of the files that a series is read from, by which a record names them. They are wanted at the end and take as long as reading did, so that
/// a thread of its own makes them meanwhile, in the time that the others leave; what is not there by the end is made then. A file's
/// hash is made once, and again where the file was written again.
/// </summary>
/// <param name="paths">Gives the full paths of the files, each once.</param>
internal sealed class SourceHashes(Func<IReadOnlyList<string>> paths)
{
    private readonly ConcurrentDictionary<string, (FileStamp Stamp, FileHash Hash)> _known = new(StringComparer.Ordinal);
    private readonly object _gate = new();
    private bool _read;
    private CancellationTokenSource? _stop;

    /// <summary>Asks for the hashes to be made beside other work, once the files were read: who reads them for the first time shall not have to share the disk.</summary>
    /// <param name="threads">Threads that the work may use; with one there is none beside it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public void MakeBeside(int threads, CancellationToken cancellationToken)
    {
        if (FrameLoop.Workers(threads) < 2 || Environment.ProcessorCount < 2)
        {
            return;
        }

        lock (_gate)
        {
            // What a run asked for that was stopped or has failed, the next one asks for again.
            if (_stop is null or { IsCancellationRequested: true })
            {
                _stop?.Dispose();
                _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                BeginIfRead();
            }
        }
    }

    /// <summary>Tells that the files were read.</summary>
    public void WereRead()
    {
        lock (_gate)
        {
            if (!_read)
            {
                _read = true;
                BeginIfRead();
            }
        }
    }

    /// <summary>
    /// Ends what is made beside: whoever wants the rest makes it himself, on all his threads, and of a run that failed nobody wants it. It is not waited for: on a
    /// machine that has much to do it may be long until a thread that gives way to all others notices.
    /// </summary>
    public void End()
    {
        lock (_gate)
        {
            _stop?.Cancel();
            // Else whoever may stop it knew of it for as long as he is there.
            _stop?.Dispose();
            _stop = null;
        }
    }

    /// <summary>Whether there is a hash of a file as it is now.</summary>
    /// <param name="path">Its full path.</param>
    public bool Knows(string path) => Find(path, FileStamp.Of(path)) is not null;

    /// <summary>The hash of a file, and what the file was like when it was made.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="cancellationToken">Stops between two pieces.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public (FileStamp Stamp, FileHash Hash) Of(string path, CancellationToken cancellationToken)
    {
        var stamp = FileStamp.Of(path);
        return Find(path, stamp) ?? (_known[path] = (stamp, FileHash.Of(path, cancellationToken)));
    }

    private (FileStamp Stamp, FileHash Hash)? Find(string path, FileStamp stamp) =>
        _known.TryGetValue(path, out (FileStamp Stamp, FileHash Hash) known) && known.Stamp == stamp ? known : null;

    private void BeginIfRead()
    {
        if (_read && _stop is { } stop)
        {
            CancellationToken token = stop.Token;
            BackgroundThread.StartMeekly("FsRec hashes", () => Make(token));
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever fails here will fail where the hash is wanted, and be told there.")]
    private void Make(CancellationToken stop)
    {
        try
        {
            foreach (string path in paths())
            {
                stop.ThrowIfCancellationRequested();
                Of(path, stop);
            }
        }
        catch (Exception)
        {
            // A stop, or a file that is gone.
        }
    }
}
