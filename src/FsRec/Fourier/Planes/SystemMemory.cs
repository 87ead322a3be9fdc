using System.Runtime.InteropServices;

namespace FsRec.Fourier;

/// <summary>
/// Large memory from the system and not from malloc, where it is Linux's: malloc keeps what is given back, as much as it has learned to keep, and writes zeros into all of what it
/// hands out again.
/// </summary>
internal static unsafe class SystemMemory
{
    private const int ReadAndWrite = 3;
    private const int PrivateAndAnonymous = 0x22;

    private static readonly bool Maps = OperatingSystem.IsLinux() && CanMap();

    /// <summary>Takes memory, all zero.</summary>
    /// <param name="bytes">How much.</param>
    /// <exception cref="OutOfMemoryException">There is no more.</exception>
    public static void* Take(nuint bytes)
    {
        if (!Maps)
        {
            return NativeMemory.AllocZeroed(bytes);
        }

        void* memory = Map(null, bytes, ReadAndWrite, PrivateAndAnonymous, -1, 0);
        return (nint)memory != -1 ? memory : throw new InsufficientMemoryException();
    }

    /// <summary>Gives memory back, which is the system's at once.</summary>
    /// <param name="memory">As it was taken.</param>
    /// <param name="bytes">How much was taken.</param>
    public static void Give(void* memory, nuint bytes)
    {
        if (Maps)
        {
            _ = Unmap(memory, bytes);
        }
        else
        {
            NativeMemory.Free(memory);
        }
    }

    private static bool CanMap()
    {
        try
        {
            // Fails for its length of 0, where there is such a call.
            _ = Unmap(null, 0);
            return true;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "mmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [DllImport("libc", EntryPoint = "munmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Unmap(void* address, nuint length);
}
