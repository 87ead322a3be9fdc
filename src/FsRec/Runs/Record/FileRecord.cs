namespace FsRec.Runs;

/// <summary>By what a file is known again.</summary>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256, as <c>sha256sum</c> prints it.</param>
public sealed record FileRecord(long Bytes, string Sha256)
{
    /// <summary>Looks at a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was stopped: a stack of some gigabytes takes seconds.</exception>
    internal static FileRecord Of(string path, CancellationToken cancellationToken = default)
    {
        FileHash hash = FileHash.Of(path, cancellationToken);
        return new FileRecord(hash.Bytes, hash.Sha256);
    }

    /// <summary>Whether a file is there and is this one.</summary>
    internal bool IsOf(string path)
    {
        try
        {
            return FileStamp.Of(path).Bytes == Bytes && Of(path).Sha256 == Sha256;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
