using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace FsRec;

/// <summary>Tells whether another process is still at work. One that was killed may be listed for a while, or until its parent looks after it.</summary>
internal static class ProcessWatch
{
    // From proc(5) and the kernel's sched.h.
    private const uint IsExiting = 4;
    private const ulong Killed = 1UL << (9 - 1);

    /// <summary>Looks at a process.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="isOther">Whether one that started at a time (UTC) is another process of the same number.</param>
    public static ProcessLife Look(int id, Func<DateTime, bool> isOther)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.HasExited || isOther(process.StartTime.ToUniversalTime()) ? ProcessLife.Gone
                : OperatingSystem.IsLinux() ? LifeOnLinux($"/proc/{id.ToString(CultureInfo.InvariantCulture)}")
                : ProcessLife.Alive;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return ProcessLife.Gone;
        }
        catch (Exception e) when (e is Win32Exception or NotSupportedException)
        {
            // Another user's: it is there, and more is not told.
            return ProcessLife.Alive;
        }
    }

    /// <summary>When a process started, in ticks since the system did, with what tells one start of the system from another; <see langword="null"/> where that is not told.</summary>
    /// <param name="id">Its number.</param>
    public static string? Birth(int id)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        try
        {
            return $"{File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()} {Fields($"/proc/{id.ToString(CultureInfo.InvariantCulture)}")[19]}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // From the third, its state: the second, the name of the program in parentheses, may hold anything.
    private static string[] Fields(string folder)
    {
        string stat = File.ReadAllText(folder + "/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
    }

    /// <summary>What a folder of <c>/proc</c> says.</summary>
    private static ProcessLife LifeOnLinux(string folder)
    {
        try
        {
            string[] fields = Fields(folder);
            if (fields[0] is "Z" or "X")
            {
                return Directory.GetDirectories(folder + "/task").Length > 1 ? ProcessLife.Ending : ProcessLife.Gone;
            }

            return (uint.Parse(fields[6], CultureInfo.InvariantCulture) & IsExiting) != 0 || IsKilled(folder) ? ProcessLife.Ending : ProcessLife.Alive;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Directory.Exists(folder) ? ProcessLife.Alive : ProcessLife.Gone;
        }
    }

    private static bool IsKilled(string folder) => File.ReadLines(folder + "/status")
        .Where(static line => line.StartsWith("SigPnd:", StringComparison.Ordinal) || line.StartsWith("ShdPnd:", StringComparison.Ordinal))
        .Any(static line => (ulong.Parse(line.AsSpan(7).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & Killed) != 0);
}
