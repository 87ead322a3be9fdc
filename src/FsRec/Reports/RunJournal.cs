using System.Diagnostics;
using FsRec.Runs;

namespace FsRec.Reports;

/// <summary>Writes down what a run tells while it goes on: its warnings, and how long each stage took. Passes all of it on.</summary>
/// <param name="inner">The host's own context.</param>
public sealed class RunJournal(RunContext inner) : IProgress<RunProgress>
{
    private readonly object _gate = new();
    private readonly List<RunMessage> _warnings = [];
    private readonly List<(string Stage, TimeSpan Time)> _stages = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private string? _stage;
    private TimeSpan _since;

    /// <summary>The context of the run that is written down.</summary>
    public RunContext Context => inner with { Progress = this, Message = Tell };

    /// <summary>The warnings so far, in their order.</summary>
    public IReadOnlyList<RunMessage> Warnings
    {
        get
        {
            lock (_gate)
            {
                return [.. _warnings];
            }
        }
    }

    /// <summary>The stages so far with their times, in the order in which they began.</summary>
    public IReadOnlyList<(string Stage, TimeSpan Time)> Stages
    {
        get
        {
            lock (_gate)
            {
                (string Stage, TimeSpan Time)[] open = _stage is null ? [] : [(_stage, _watch.Elapsed - _since)];
                return [.. _stages.Concat(open).GroupBy(static s => s.Stage).Select(static g => (g.Key, TimeSpan.FromTicks(g.Sum(static s => s.Time.Ticks))))];
            }
        }
    }

    /// <inheritdoc />
    public void Report(RunProgress value)
    {
        lock (_gate)
        {
            if (value.Stage != _stage)
            {
                if (_stage is not null)
                {
                    _stages.Add((_stage, _watch.Elapsed - _since));
                }

                // What came before the first report belongs to it.
                _since = _stage is null ? TimeSpan.Zero : _watch.Elapsed;
                _stage = value.Stage;
            }
        }

        inner.Progress?.Report(value);
    }

    private void Tell(RunMessage message)
    {
        if (message.IsWarning)
        {
            lock (_gate)
            {
                _warnings.Add(message);
            }
        }

        inner.Message?.Invoke(message);
    }
}
