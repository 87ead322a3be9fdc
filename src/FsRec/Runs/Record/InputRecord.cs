namespace FsRec.Runs;

/// <summary>A file that a run read.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Modified">When it was written last.</param>
/// <param name="Sha256">Its SHA-256.</param>
public sealed record InputRecord(string Path, long Bytes, DateTimeOffset Modified, string Sha256)
{
    /// <summary>Looks at the files of a series.</summary>
    /// <exception cref="DataException">One has vanished.</exception>
    internal static IReadOnlyList<InputRecord> Of(IReadOnlyList<string> paths, int threads, CancellationToken cancellationToken)
    {
        var records = new InputRecord[paths.Count];
        FrameLoop.Run(records.Length, threads, cancellationToken, n =>
        {
            try
            {
                FileRecord file = FileRecord.Of(paths[n], cancellationToken);
                records[n] = new InputRecord(paths[n], file.Bytes, File.GetLastWriteTimeUtc(paths[n]), file.Sha256);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new DataException($"The file '{paths[n]}' of the series can no longer be read: {e.Message}", e);
            }
        });
        return records;
    }
}
