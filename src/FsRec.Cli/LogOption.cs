using System.CommandLine;
using FsRec.Runs;

namespace FsRec.Cli;

/// <summary><c>--log-json FILE|-</c>: the events of a run as lines of JSON.</summary>
internal sealed class LogOption
{
    private const string StandardOutput = "-";

    private readonly Option<string?> _file = new("--log-json") { Description = "Write events as lines of JSON to a file, which is added to, or with - to standard output in place of the summary.", HelpName = "file" };

    /// <summary>Adds it to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(_file);

    /// <summary>Whether the events take the place of the summary.</summary>
    public bool IsOutput(ParseResult parsed) => parsed.GetValue(_file) == StandardOutput;

    /// <summary>Has the events of the host's runs written where one asks for them.</summary>
    /// <exception cref="UsageException">Two kinds of output are asked for at once.</exception>
    /// <exception cref="FsRecException">The file cannot be written.</exception>
    public void Open(ParseResult parsed, bool json, Host host) => host.Log = parsed.GetValue(_file) switch
    {
        null => null,
        StandardOutput when json => throw new UsageException("--log-json - and --json both write to standard output. Give the log a file."),
        StandardOutput => new RunEventLog(Console.Out),
        "" => throw new UsageException("--log-json takes a file, or - for standard output."),
        var file => RunEventLog.Open(file),
    };
}
