using System.CommandLine;
using System.Globalization;

namespace FsRec.Cli;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    private const int MostThreads = 1024;

    /// <summary>Number of threads.</summary>
    public static Option<int> Threads()
    {
        var threads = new Option<int>("--threads") { Description = "Threads to use; 0 for one a processor. Results do not depend on it.", HelpName = "n", DefaultValueFactory = static _ => 0 };
        threads.Validators.Add(result =>
        {
            // What is no number at all the parser refuses.
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int count) && count is < 0 or > MostThreads)
            {
                result.AddError($"--threads takes 1 to {MostThreads}, or 0 for one a processor; found '{result.Tokens[0].Value}'.");
            }
        });
        return threads;
    }

    /// <summary>Summary as JSON.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Print the summary as one JSON object." };

    /// <summary>No progress.</summary>
    public static Option<bool> Quiet() => new("--quiet") { Description = "No progress on standard error; warnings and errors only." };
}
