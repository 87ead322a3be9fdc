using System.CommandLine;

namespace FsRec.Cli;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    /// <summary>Number of threads.</summary>
    public static Option<int> Threads() => new("--threads") { Description = "Threads to use; 0 for one a processor. Results do not depend on it.", HelpName = "n" };

    /// <summary>Summary as JSON.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print the summary as one JSON object." };

    /// <summary>No progress.</summary>
    public static Option<bool> Quiet() => new("--quiet") { Description = "No progress on standard error; warnings and errors only." };
}
