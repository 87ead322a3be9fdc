using FsRec.Series;

namespace FsRec.Runs;

/// <summary>A file that a run read.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Modified">When it was written last.</param>
/// <param name="Sha256">Its SHA-256.</param>
public sealed record InputRecord(string Path, long Bytes, DateTimeOffset Modified, string Sha256)
{
    /// <summary>Whether the file is there still, and has not been written since, by its length and time.</summary>
    internal bool IsUnchanged() => FileStamp.Of(Path) == new FileStamp(Bytes, Modified.UtcDateTime);

    /// <summary>Looks at the files of a series.</summary>
    /// <param name="series">The series.</param>
    /// <param name="threads">Threads to use; 0 for one a processor.</param>
    /// <param name="cancellationToken">Stops between two pieces of a file.</param>
    /// <exception cref="DataException">One has vanished.</exception>
    internal static IReadOnlyList<InputRecord> Of(FocalSeries series, int threads, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> paths = series.SourceFiles;
        // The detector's files alone have none of a series that was made in memory.
        SourceHashes hashes = series.SourceHashes ?? new SourceHashes(() => []);
        hashes.End();
        var records = new InputRecord[paths.Count];
        FrameLoop.Run(records.Length, threads, cancellationToken, n =>
        {
            try
            {
                (FileStamp stamp, FileHash hash) = hashes.Of(paths[n], cancellationToken);
                records[n] = new InputRecord(paths[n], hash.Bytes, stamp.Modified, hash.Sha256);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new DataException($"The file '{paths[n]}' of the series can no longer be read: {e.Message}", e);
            }
        });
        return records;
    }
}
