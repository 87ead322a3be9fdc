using System.Runtime.InteropServices;

namespace FsRec.Fourier;

/// <summary>
/// Large memory, all zero, which begins with a page of 2 MB and has as many of these as the system grants. On Linux it is the system's own and not malloc's, which keeps what is given
/// back, as much as it has learned to keep, and writes zeros into all of what it hands out again.
/// </summary>
internal sealed unsafe class SystemMemory
{
    private const nuint Page = 2 << 20;
    private const int ReadAndWrite = 3;
    private const int PrivateAndAnonymous = 0x22;

    private static readonly bool Maps = OperatingSystem.IsLinux() && CanMap();

    private readonly void* _memory;
    private readonly nuint _length;

    /// <summary>Takes memory.</summary>
    /// <param name="bytes">How much.</param>
    /// <exception cref="OutOfMemoryException">There is no more.</exception>
    public SystemMemory(nuint bytes)
    {
        _length = checked(bytes + Page);
        _memory = Maps ? Map(null, _length, ReadAndWrite, PrivateAndAnonymous, -1, 0) : NativeMemory.AllocZeroed(_length);
        if ((nint)_memory == -1)
        {
            throw new InsufficientMemoryException();
        }

        Start = (byte*)PlaneMemory.Up((nuint)_memory, Page);
        HugePages.Ask(Start, bytes);
    }

    /// <summary>Its first byte.</summary>
    public byte* Start { get; }

    /// <summary>Gives it back; it is the system's at once, where it was.</summary>
    public void Release()
    {
        if (Maps)
        {
            _ = Unmap(_memory, _length);
        }
        else
        {
            NativeMemory.Free(_memory);
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
