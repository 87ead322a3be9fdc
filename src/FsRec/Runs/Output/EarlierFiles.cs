using FsRec.Formats.Export;
using FsRec.Series;

namespace FsRec.Runs;

/// <summary>What becomes of the files that lie where a set is put in place and that it does not write.</summary>
/// <param name="place">The results.</param>
/// <param name="force">Whether read-only files go too.</param>
/// <param name="context">Told of what was left and what was removed.</param>
internal sealed class EarlierFiles(OutputFiles place, bool force, RunContext context)
{
    private const int MostNamed = 8;

    /// <summary>Tells those that stay, which are no part of the new set or, of a supplement, are one, from those that are removed.</summary>
    /// <param name="kind">What the new files are to the results that lie there.</param>
    /// <param name="old">The record of these.</param>
    /// <param name="files">The new set by names; files of the results that it supplements are added.</param>
    /// <param name="voided">Paths of files that are not true any more.</param>
    /// <param name="series">What the new files are of; no file that it is read from is removed.</param>
    /// <param name="isSame">Whether an export is of the result that lies there.</param>
    /// <returns>The files that stay and are not of the set, by names, and the names of those that go.</returns>
    public (Dictionary<string, FileRecord> Others, List<string> Removals) Beside(
        OutputKind kind, RunRecord? old, Dictionary<string, FileRecord> files, IReadOnlyList<string> voided, FocalSeries series, bool isSame)
    {
        var others = new Dictionary<string, FileRecord>(StringComparer.Ordinal);
        var removals = new List<string>();
        Func<string, bool> isSource = SourceGuard.SourceOf(series);
        foreach ((string name, FileRecord file) in old?.Files ?? new Dictionary<string, FileRecord>())
        {
            string path = Path.Combine(place.Folder, name);
            if (files.ContainsKey(name) || !File.Exists(path))
            {
                continue;
            }

            if (voided.Contains(path))
            {
                others[name] = FileRecord.Of(path);
            }
            else if (kind == OutputKind.Supplement || (isSame && file.IsOf(path)))
            {
                files[name] = file;
            }
            else if (kind is OutputKind.Part or OutputKind.Export)
            {
                others[name] = file;
            }
            else if (file.IsOf(path) && !force && new FileInfo(path).IsReadOnly)
            {
                others[name] = file;
                context.Tell($"'{path}' is read-only and of an earlier run: it was left, and is no part of these results.");
            }
            else if (ImageExport.IsKnown(path))
            {
                // Exported at somebody's wish: no run writes these formats here by itself.
                others[name] = file;
            }
            else if (isSource(path))
            {
                others[name] = file;
                context.Tell($"'{path}' is of an earlier run, and the series is read from it: it was left, and is no part of these results.");
            }
            else if (file.IsOf(path))
            {
                removals.Add(name);
            }
        }

        // What was told apart before stays told apart, whatever it is called.
        foreach ((string name, FileRecord file) in old?.Others ?? new Dictionary<string, FileRecord>())
        {
            if (!files.ContainsKey(name) && file.IsOf(Path.Combine(place.Folder, name)))
            {
                others.TryAdd(name, file);
            }
        }

        if (removals.Count > 0)
        {
            string more = removals.Count > MostNamed ? $" and {removals.Count - MostNamed} more" : "";
            context.Warn(WarningIds.FilesRemoved, $"of the earlier run in '{place.Folder}', what this one does not make was removed: {string.Join(", ", removals.Take(MostNamed))}{more}. Another OUTPUTFILENAME keeps it.");
        }

        // What lay there before there was a record, as foci of the published program.
        foreach (string path in place.Results.Where(File.Exists))
        {
            string name = RunRecordFile.Name(place, path);
            bool known = files.ContainsKey(name) || others.ContainsKey(name) || removals.Contains(name);
            if (!known && (kind != OutputKind.Supplement || voided.Contains(path)))
            {
                others[name] = FileRecord.Of(path);
            }
        }

        return (others, removals);
    }
}
