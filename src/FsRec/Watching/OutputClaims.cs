using FsRec.Runs;

namespace FsRec.Watching;

/// <summary>
/// Which series has which results, by the lines of a journal: a name that one has written, or is writing, is no other's, nor is one whose files would be among its own, as
/// the wave of img_filt is the filtered one of img. What a series wrote under an earlier name is no longer its own once it has results under another.
/// </summary>
internal sealed class OutputClaims
{
    // By the names of series. A run that failed leaves what was there before it.
    private readonly Dictionary<string, string> _done = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _begun = new(StringComparer.Ordinal);

    // Of one reading of a journal, whose folders need not be looked at for each line.
    private readonly RealPaths _paths = new();

    /// <summary>Takes what a line of the journal says.</summary>
    /// <param name="series">The line.</param>
    public void Keep(WatchedSeries series)
    {
        string? output = series is { OutputFolder: { } folder, OutputName: { } name } ? _paths.Entry(new OutputFiles(folder, name).WithEnding("")) : null;
        switch (series.State)
        {
            case WatchState.Started when output is not null:
                _begun[series.Name] = output;
                break;
            case WatchState.Done when output is not null:
                _done[series.Name] = output;
                _begun.Remove(series.Name);
                break;
            case WatchState.Failed or WatchState.Skipped:
                _begun.Remove(series.Name);
                break;
            default:
                break;
        }
    }

    /// <summary>The first of some places that a series has already, or else the first that no other series has.</summary>
    /// <param name="series">Name of the series.</param>
    /// <param name="places">Where its results may lie, the one that is wanted first; without end where one is to be found.</param>
    /// <param name="owner">Name of the series that has the one that is wanted; <see langword="null"/> where none or this one has.</param>
    /// <returns>The place; <see langword="null"/> where others have all of them.</returns>
    public OutputFiles? Choose(string series, IEnumerable<OutputFiles> places, out string? owner)
    {
        var owners = new Dictionary<string, string>(RealPaths.Comparer);
        foreach ((string name, string output) in _done.Concat(_begun))
        {
            owners[output] = name;
        }

        // Folders may have come since the journal was read.
        var paths = new RealPaths();
        owner = null;
        OutputFiles? free = null;
        bool isFirst = true;
        // Each of the others may have the files of three names.
        foreach (OutputFiles place in places.Take((3 * owners.Count) + 1))
        {
            string wanted = paths.Entry(place.WithEnding(""));
            string? holder = owners.GetValueOrDefault(wanted);
            if (holder == series)
            {
                owner = null;
                return place;
            }

            holder ??= owners.GetValueOrDefault(wanted + OutputFiles.Filtered)
                ?? (wanted.EndsWith(OutputFiles.Filtered, StringComparison.Ordinal) ? owners.GetValueOrDefault(wanted[..^OutputFiles.Filtered.Length]) : null);
            holder = holder == series ? null : holder;
            owner = isFirst ? holder : owner;
            isFirst = false;
            free ??= holder is null ? place : null;
        }

        return free;
    }
}
