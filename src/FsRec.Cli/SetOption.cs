using System.CommandLine;
using FsRec.Parameters;

namespace FsRec.Cli;

/// <summary><c>--set KEY=VALUE</c>: values that replace those of the parameter file.</summary>
internal sealed class SetOption
{
    /// <summary>The option's name.</summary>
    public const string Name = "--set";

    private readonly Option<string[]> _set = new(Name) { Description = "Any key of the parameter file, as --set Limit=5 --set Foci=-60,60; a folder or file is relative to the current one.", HelpName = "key=value" };

    /// <summary>Adds it to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(_set);

    /// <summary>The keys and values as a parameter file writes them.</summary>
    /// <exception cref="ParameterException">One is no key and value.</exception>
    public IReadOnlyList<KeyValuePair<string, string>> Read(ParseResult parsed) => [.. (parsed.GetValue(_set) ?? []).Select(Pair)];

    /// <summary>The parameters with the values put over them; a folder or file is relative to where the command is typed.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="parameters">The parameters of the file.</param>
    public ParameterFileResult Apply(ParseResult parsed, ReconstructionParameters parameters) => parameters.Override(Read(parsed).Select(Located));

    private static KeyValuePair<string, string> Pair(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? new(text[..equals].Trim(), text[(equals + 1)..].Trim())
            : throw new ParameterException([new ParameterFinding
            {
                Severity = ParameterSeverity.Error, Key = Name, Found = $"'{text}'", Expected = "key=value, such as Limit=5",
            }]);
    }

    private static KeyValuePair<string, string> Located(KeyValuePair<string, string> pair) =>
        pair.Value.Length > 0 && ParameterKeys.Find(pair.Key)?.NamesPlace(pair.Value) == true
            ? new(pair.Key, RelativeFolder.Resolve(pair.Value, Directory.GetCurrentDirectory()))
            : pair;
}
