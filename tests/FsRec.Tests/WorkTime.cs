using System.Diagnostics;

namespace FsRec.Tests;

/// <summary>
/// How long something works: the time that passes, or the time of processors that the process had meanwhile where that is less. On a machine that is busy with
/// something else only the one grows.
/// </summary>
internal readonly struct WorkTime
{
    private readonly long _began;
    private readonly TimeSpan _used;

    private WorkTime(long began, TimeSpan used) => (_began, _used) = (began, used);

    /// <summary>What was worked since the start.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            TimeSpan passed = Stopwatch.GetElapsedTime(_began);
            TimeSpan used = Used() - _used;
            return used < passed ? used : passed;
        }
    }

    /// <summary>Starts.</summary>
    public static WorkTime Start() => new(Stopwatch.GetTimestamp(), Used());

    private static TimeSpan Used()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
