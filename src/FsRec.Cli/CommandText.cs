using System.CommandLine;

namespace FsRec.Cli;

/// <summary>A command line in words.</summary>
internal static class CommandText
{
    /// <summary>A command line as it was typed, quoted where a shell would take it apart.</summary>
    public static string Of(ParseResult parsed) => "fsrec " + string.Join(' ', parsed.Tokens.Select(static t =>
        t.Value.Length > 0 && t.Value.All(static c => char.IsLetterOrDigit(c) || "-_./\\:=,+".Contains(c, StringComparison.Ordinal)) ? t.Value : $"\"{t.Value}\""));
}
