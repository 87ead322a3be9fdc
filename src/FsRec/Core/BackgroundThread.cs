using System.Runtime.InteropServices;

namespace FsRec;

/// <summary>A thread for what nobody waits for yet.</summary>
internal static class BackgroundThread
{
    // A tenth of what another thread gets where both want the same processor.
    private const int Niceness = 10;
    private const int OfTheCaller = 0;

    /// <summary>Starts a thread, which the end of the process does not wait for; does nothing where none is to be had, as at a user's limit.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="work">What it does; it throws nothing.</param>
    public static void Start(string name, Action work)
    {
        try
        {
            new Thread(() => work()) { IsBackground = true, Name = name }.Start();
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
        {
            // What was not made meanwhile is made when it is wanted.
        }
    }

    /// <summary>As <see cref="Start"/>; it works in the time that the others leave.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="work">What it does; it throws nothing.</param>
    public static void StartMeekly(string name, Action work) => Start(name, () =>
    {
        GiveWay();
        work();
    });

    // The runtime's priorities do nothing on Linux, whose niceness is each thread's own; elsewhere it would be the whole process's.
    private static void GiveWay()
    {
        Thread.CurrentThread.Priority = ThreadPriority.Lowest;
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = SetPriority(OfTheCaller, 0, Niceness);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // It works all the same, less meekly.
        }
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, uint who, int niceness);
}
