using System.Buffers;
using System.Security.Cryptography;

namespace FsRec;

/// <summary>Length and SHA-256 of a file.</summary>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256, as <c>sha256sum</c> prints it.</param>
internal readonly record struct FileHash(long Bytes, string Sha256)
{
    private const int PieceBytes = 1 << 18;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops between two pieces: a stack of some gigabytes takes seconds.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static FileHash Of(string path, CancellationToken cancellationToken)
    {
        if (RegularFile.Length(path) == 0)
        {
            // Empty, or a pipe or device, which has no end.
            return new FileHash(0, Text(SHA256.HashData([])));
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

            return new FileHash(length, Text(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private static string Text(byte[] hash) => Convert.ToHexString(hash).ToLowerInvariant();
}
