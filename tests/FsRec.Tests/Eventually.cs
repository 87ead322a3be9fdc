namespace FsRec.Tests;

/// <summary>
/// Waits for what other threads and processes do. How long that takes is the business of the machine, which may have much else to do: the limit only ends a test
/// of something that never happens.
/// </summary>
internal static class Eventually
{
    /// <summary>The limit: far beyond what a busy machine takes for anything that is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Whether a condition comes to hold. Between two looks the processor is left to those that are waited for.</summary>
    /// <param name="condition">The condition.</param>
    public static bool Holds(Func<bool> condition)
    {
        long began = Environment.TickCount64;
        while (!condition())
        {
            if (Environment.TickCount64 - began > Patience.TotalMilliseconds)
            {
                return false;
            }

            Thread.Sleep(5);
        }

        return true;
    }
}
