using System.Diagnostics;

namespace FsRec.Runs;

/// <summary>The process that writes into a place.</summary>
/// <param name="Computer">Its computer.</param>
/// <param name="ProcessId">Its number.</param>
/// <param name="Started">When the process started, by which another one of the same number is told from it.</param>
/// <param name="Since">When it took the place.</param>
/// <param name="Birth">The start as a clock tells it that nobody sets; <see langword="null"/> where the system has none, or the lock is of an earlier version.</param>
internal sealed record LockOwner(string Computer, int ProcessId, DateTimeOffset Started, DateTimeOffset Since, string? Birth = null)
{
    // Start times are told in ticks of the system's clock.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>This process.</summary>
    public static LockOwner Current()
    {
        using var process = Process.GetCurrentProcess();
        return new LockOwner(Environment.MachineName, Environment.ProcessId, process.StartTime.ToUniversalTime(), DateTimeOffset.UtcNow, ProcessWatch.Birth(Environment.ProcessId));
    }

    /// <summary>Whether it is at work; of another computer's nobody here can tell that it is not.</summary>
    public ProcessLife Life() => Computer != Environment.MachineName
        ? ProcessLife.Alive
        : ProcessWatch.Look(ProcessId, IsOther);

    // The system reckons start times back from its present clock: after that was set, a process seems to have started at another time.
    private bool IsOther(DateTime started) => Birth is not null && ProcessWatch.Birth(ProcessId) is { } birth ? birth != Birth : (started - Started.UtcDateTime).Duration() > Tolerance;

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"process {ProcessId}{(Computer == Environment.MachineName ? "" : $" on {Computer}")}, at work since {Since:yyyy-MM-dd HH:mm:ss} UTC");
}
