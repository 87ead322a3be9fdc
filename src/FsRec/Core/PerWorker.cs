namespace FsRec;

/// <summary>One workspace a worker, made when the worker first asks for it and disposed with the whole.</summary>
/// <typeparam name="T">The workspace.</typeparam>
internal sealed class PerWorker<T>(int workers, Func<T> create) : IDisposable
    where T : class, IDisposable
{
    private readonly T?[] _items = new T?[workers];

    /// <summary>The workspace of a worker; only that worker may ask.</summary>
    public T this[int worker] => _items[worker] ??= create();

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (T? item in _items)
        {
            item?.Dispose();
        }
    }
}
