namespace FsRec.Formats.Images;

/// <summary>Bytes that are unpacked into a file of their own, which vanishes with the last that reads it.</summary>
internal static class TemporaryBytes
{
    /// <summary>Unpacks a stream.</summary>
    /// <param name="content">The stream.</param>
    /// <param name="needed">How many of its bytes are wanted.</param>
    /// <param name="source">The file it comes from, for errors.</param>
    /// <exception cref="DataException">It ends before.</exception>
    public static FileBytes Of(Stream content, long needed, string source)
    {
        string path = Path.Combine(Path.GetTempPath(), $"fsrec-{Guid.NewGuid():N}.tmp");
        try
        {
            using (var target = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            {
                var piece = new byte[1 << 18];
                for (long left = needed; left > 0;)
                {
                    int read = content.Read(piece, 0, (int)Math.Min(piece.Length, left));
                    if (read == 0)
                    {
                        throw Damage.At(source, 0, FormattableString.Invariant($"packed data that ends after {needed - left} bytes"), FormattableString.Invariant($"{needed}"));
                    }

                    target.Write(piece, 0, read);
                    left -= read;
                }
            }

            return new FileBytes(path, deleteOnClose: true);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }
}
