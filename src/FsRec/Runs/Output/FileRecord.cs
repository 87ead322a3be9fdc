using System.Security.Cryptography;

namespace FsRec.Runs;

/// <summary>By what a file is known again.</summary>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256, as <c>sha256sum</c> prints it.</param>
public sealed record FileRecord(long Bytes, string Sha256)
{
    /// <summary>Looks at a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static FileRecord Of(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 16);
        return new FileRecord(stream.Length, Convert.ToHexString(SHA256.HashData(stream)).ToLowerInvariant());
    }

    /// <summary>Whether a file is there and is this one.</summary>
    internal bool IsOf(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true } file && file.Length == Bytes && Of(path).Sha256 == Sha256;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
