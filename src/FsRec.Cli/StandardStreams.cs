using Microsoft.Win32.SafeHandles;

namespace FsRec.Cli;

/// <summary>
/// A program may be started without standard input, output or error, as by <c>&gt;&amp;-</c>. The next files that are opened get their numbers then, and what is
/// printed would be written into a result.
/// </summary>
internal static class StandardStreams
{
    private const int StandardError = 2;

    // As long as the process lives.
    private static readonly List<SafeFileHandle> Places = [];

    /// <summary>Takes the numbers of those that are closed, so that printing fails as to one that is.</summary>
    public static void TakeClosed()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        try
        {
            SafeFileHandle place;
            do
            {
                // For reading only.
                place = File.OpenHandle("/dev/null");
                Places.Add(place);
            }
            while (place.DangerousGetHandle() < StandardError);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without it all is as it was.
        }
    }
}
