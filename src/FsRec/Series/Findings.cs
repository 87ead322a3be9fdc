using System.Collections.Concurrent;

namespace FsRec.Series;

/// <summary>
/// What has been found out about something that does not change, kept for whoever asks next. Two that ask at the same time may both
/// find it out; the first answer is kept.
/// </summary>
internal sealed class Findings
{
    private readonly ConcurrentBag<object> _found = [];

    /// <summary>A finding of a kind that fits, or else a new one.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <param name="fits">Whether one that is there is what is asked for.</param>
    /// <param name="find">Finds it out.</param>
    public T Get<T>(Func<T, bool> fits, Func<T> find)
        where T : class
    {
        if (_found.OfType<T>().FirstOrDefault(fits) is { } known)
        {
            return known;
        }

        T found = find();
        _found.Add(found);
        return found;
    }
}
