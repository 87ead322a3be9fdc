using System.Runtime.InteropServices;

namespace FsRec.Fourier;

/// <summary>
/// Asks Linux for pages of 2 MB in large memory, before anybody writes to it: a series of frames takes thousands of small pages, each of
/// which costs an interruption when it is first touched, and column transforms stride through more of them than the processor keeps
/// track of. A wish only: where it is not granted nothing changes.
/// </summary>
internal static unsafe class HugePages
{
    private const nuint Size = 2 << 20;
    private const int Advice = 14;

    /// <summary>Asks for memory that was just taken.</summary>
    public static void Ask(void* memory, nuint bytes)
    {
        if (bytes < 2 * Size || !OperatingSystem.IsLinux())
        {
            return;
        }

        nuint first = PlaneMemory.Up((nuint)memory, Size);
        nuint end = ((nuint)memory + bytes) / Size * Size;
        try
        {
            _ = Advise((void*)first, end - first, Advice);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // A system without that call does without.
        }
    }

    [DllImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Advise(void* address, nuint length, int advice);
}
