using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace FsRec.Formats;

/// <summary>Headerless little-endian binary files whose size must be known before a byte is believed.</summary>
internal static class BinaryFile
{
    /// <summary>Opens a file and tells its length; what is no regular file has none, and is not opened.</summary>
    /// <exception cref="DataException">The file is missing or cannot be opened.</exception>
    public static SafeFileHandle Open(string path, string what, string hint, out long length)
    {
        try
        {
            length = RegularFile.Length(path);
            if (length == 0)
            {
                // A pipe or a device: to open it may wait for ever.
                return new SafeFileHandle();
            }

            SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.SequentialScan);
            length = RandomAccess.GetLength(handle);
            return handle;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException($"{what} '{path}' does not exist. {hint}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{what} '{path}' cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>Fills a span from the file's start.</summary>
    /// <exception cref="DataException">The file ends early.</exception>
    public static void Read<T>(SafeFileHandle handle, Span<T> target, string path)
        where T : unmanaged
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(target);
        long offset = 0;
        while (bytes.Length > 0)
        {
            int read = RandomAccess.Read(handle, bytes, offset);
            if (read == 0)
            {
                throw new DataException($"'{path}' ended after {offset} bytes while it was read. Is it still being written?");
            }

            bytes = bytes[read..];
            offset += read;
        }
    }
}
