using System.Buffers;
using System.Security.Cryptography;

namespace FsRec.Runs;

/// <summary>By what a file is known again.</summary>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256, as <c>sha256sum</c> prints it.</param>
public sealed record FileRecord(long Bytes, string Sha256)
{
    private const int PieceBytes = 1 << 18;

    /// <summary>Looks at a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was stopped: a stack of some gigabytes takes seconds.</exception>
    internal static FileRecord Of(string path, CancellationToken cancellationToken = default)
    {
        if (RegularFile.Length(path) == 0)
        {
            // Empty, or a pipe or device, which has no end.
            return new FileRecord(0, Convert.ToHexString(SHA256.HashData([])).ToLowerInvariant());
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            long length = 0;
            for (int count; (count = stream.Read(piece)) > 0; length += count)
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.AppendData(piece, 0, count);
            }

            return new FileRecord(length, Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
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
