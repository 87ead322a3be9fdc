using System.Diagnostics;
using FsRec.Parameters;
using FsRec.Runs;

namespace FsRec.Cli;

/// <summary>
/// Progress and messages on standard error: one line that is written over on a terminal, one line an iteration elsewhere.
/// </summary>
internal sealed class ConsoleReport : IProgress<RunProgress>, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly object _gate = new();
    private readonly bool _terminal = !Console.IsErrorRedirected;
    private readonly bool _quiet;
    private readonly Host _host;
    private long _last;
    private int _width;

    /// <summary>Creates the report.</summary>
    /// <param name="quiet">Whether only warnings are told.</param>
    /// <param name="host">The process; its journal takes the warnings.</param>
    public ConsoleReport(bool quiet, Host host) => (_quiet, _host) = (quiet, host);

    /// <summary>The context of a run that reports here and is written down in the host's journal.</summary>
    public RunContext Context(int threads)
    {
        _host.Journal = new RunJournal(
            new RunContext
            {
                Progress = _quiet ? null : this,
                Message = Tell,
                Threads = threads,
                CancellationToken = _host.CancellationToken,
                StopActions = _host.StopActions,
            },
            _host.Log);
        return _host.Journal.Context;
    }

    /// <inheritdoc />
    public void Report(RunProgress value)
    {
        lock (_gate)
        {
            bool complete = value.Done >= value.Total;
            if (_terminal)
            {
                if (complete || Stopwatch.GetElapsedTime(_last) >= Interval)
                {
                    _last = Stopwatch.GetTimestamp();
                    Overwrite(Line(value));
                }
            }
            else if (complete || value.Detail.Length > 0)
            {
                Console.Error.WriteLine(Line(value));
            }
        }
    }

    /// <summary>Tells the warnings of a parameter file.</summary>
    public void Tell(IEnumerable<ParameterFinding> findings)
    {
        foreach (ParameterFinding finding in findings)
        {
            _host.Journal.Add([finding]);
            WriteLine(finding.ToString());
        }
    }

    /// <inheritdoc />
    public void Dispose() => Overwrite("");

    private void Tell(RunMessage message)
    {
        if (message.IsWarning || !_quiet)
        {
            WriteLine(message.IsWarning ? $"warning: {message}" : message.Text);
        }
    }

    private void WriteLine(string text)
    {
        lock (_gate)
        {
            Overwrite("");
            Console.Error.WriteLine(text);
        }
    }

    private void Overwrite(string text)
    {
        if (!_terminal || (text.Length == 0 && _width == 0))
        {
            return;
        }

        Console.Error.Write("\r" + text.PadRight(_width) + (text.Length == 0 ? "\r" : ""));
        _width = text.Length;
    }

    private static string Line(RunProgress p) =>
        FormattableString.Invariant($"{p.Stage} {p.Done}/{p.Total}") + (p.Detail.Length > 0 ? ": " + p.Detail : "");
}
