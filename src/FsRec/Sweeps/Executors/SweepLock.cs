namespace FsRec.Sweeps;

/// <summary>Locks of the folder of a sweep. The system lets one go when its process ends, however it does.</summary>
internal static class SweepLock
{
    // Whoever only looks whether a lock is held holds it for a moment.
    private const int Tries = 10;
    private const int Pause = 30;

    /// <summary>Takes a lock that is free, or held for no more than a moment.</summary>
    /// <returns>The lock, to be disposed of; <see langword="null"/> where another session holds it.</returns>
    public static FileStream? TakeSoon(string file)
    {
        FileStream? taken = Take(file);
        for (int n = 1; n < Tries && taken is null; n++)
        {
            Thread.Sleep(Pause);
            taken = Take(file);
        }

        return taken;
    }

    /// <summary>Takes a lock.</summary>
    /// <returns>The lock, to be disposed of; <see langword="null"/> where another session holds it.</returns>
    public static FileStream? Take(string file)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new FsRecException($"'{file}' cannot be written to: {e.Message}", e);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(file))
        {
            return null;
        }
        catch (IOException e)
        {
            throw new FsRecException($"'{file}' cannot be written to: {e.Message}", e);
        }
    }
}
