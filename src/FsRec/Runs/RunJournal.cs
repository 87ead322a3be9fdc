using System.Diagnostics;
using FsRec.Parameters;

namespace FsRec.Runs;

/// <summary>
/// Writes down what a run tells while it goes on: its warnings, how long each stage took, and, where a log is asked for, each event as a line. Passes all of
/// it on.
/// </summary>
/// <param name="inner">The host's own context.</param>
/// <param name="log">Takes the events; <see langword="null"/> for none.</param>
public sealed class RunJournal(RunContext inner, RunEventLog? log = null) : IProgress<RunProgress>
{
    private readonly object _gate = new();
    private readonly List<RunMessage> _warnings = [];
    private readonly List<(string Stage, TimeSpan Time)> _stages = [];
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly DateTimeOffset _started = DateTimeOffset.UtcNow;
    private ReconstructionParameters? _parameters;
    private string _command = "";
    private string? _stage;
    private TimeSpan _since;
    private bool _isOver;

    /// <summary>The context of the run that is written down.</summary>
    public RunContext Context => inner with { Progress = this, Message = Tell, Journal = this };

    /// <summary>The name of the run.</summary>
    public string RunId { get; } = Guid.NewGuid().ToString("N");

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
                log?.Write(RunId, "stage", new RunEvent { Stage = value.Stage });
            }
        }

        if (log is not null && value.Iteration is { } iteration)
        {
            log.Write(RunId, "iteration", new RunEvent { Stage = value.Stage, Iteration = value.Done, Residual = iteration.Residual, ChiSquare = iteration.ChiSquare, LargestMove = iteration.LargestMove });
        }

        inner.Progress?.Report(value);
    }

    /// <summary>Takes the warnings that were told before the run began, as those of a parameter file.</summary>
    /// <param name="findings">The findings.</param>
    public void Add(IEnumerable<ParameterFinding> findings)
    {
        foreach (ParameterFinding finding in findings)
        {
            Keep(RunMessage.Warning(WarningIds.ParameterFinding, finding.ToText()));
        }
    }

    /// <summary>Says of what the run is that fails or ends later.</summary>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="command">What is done with them.</param>
    internal void Begin(ReconstructionParameters parameters, string command)
    {
        (_parameters, _command) = (parameters, command);
        log?.Write(RunId, "start", new RunEvent { Command = command, ParameterFile = parameters.Provenance.File, Version = Machine.Version });
    }

    /// <summary>The run has ended; events are written, once.</summary>
    internal void End(RunRecord record)
    {
        if (!Close())
        {
            return;
        }

        if (log is not null)
        {
            if (_parameters is null)
            {
                // What failed before it knew its parameters has begun all the same.
                log.Write(RunId, "start", new RunEvent { Version = Machine.Version });
            }

            if (record.Error is { } error)
            {
                log.Write(RunId, "error", new RunEvent { Id = error.Id, Text = error.Text });
            }
            else
            {
                log.Write(RunId, "result", new RunEvent
                {
                    Files = [.. record.Files.Keys.Select(name => record.Folder is null ? name : Path.Combine(record.Folder, name)), .. record.Saved.Keys],
                    Residual = record.Figures?.ResidualRms,
                    ChiSquare = record.Figures?.Uncertainty?.ReducedChiSquare,
                    Resolution = record.Figures?.Resolution?.Resolution,
                });
            }

            log.Write(RunId, "end", new RunEvent { Outcome = record.Outcome, Seconds = record.Seconds, ExitCode = record.Error?.ExitCode });
        }
    }

    /// <summary>The record of a run that failed or was stopped.</summary>
    /// <param name="failure">Why.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="findings">What was wrong with its parameters.</param>
    public RunRecord Fail(RecordedFailure failure, RunOutcome outcome = RunOutcome.Failed, IReadOnlyList<ParameterFinding>? findings = null)
    {
        RunRecord record = Blank(outcome) with
        {
            Error = failure,
            Findings = [.. (_parameters?.Provenance.Findings ?? []).Concat(findings ?? []).Distinct().Select(RecordedFinding.Of)],
        };
        End(record);
        return record;
    }

    /// <summary>A record without results.</summary>
    internal RunRecord Blank(RunOutcome outcome) => new()
    {
        Run = RunId,
        Outcome = outcome,
        Command = _command,
        Started = _started,
        Finished = DateTimeOffset.UtcNow,
        Seconds = Math.Round(_watch.Elapsed.TotalSeconds, 3),
        Version = Machine.Version,
        Computer = Environment.MachineName,
        Processor = Machine.Processor,
        Threads = FrameLoop.Workers(inner.Threads),
        ParameterFile = _parameters?.Provenance.File,
        Parameters = _parameters is null ? new Dictionary<string, RecordedParameter>() : RecordedParameter.Of(_parameters),
        Findings = [.. (_parameters?.Provenance.Findings ?? []).Select(RecordedFinding.Of)],
        Inputs = [],
        Warnings = [.. Warnings.Select(static w => new RecordedMessage(w.Id, w.Text))],
        Stages = [.. Stages.Select(static s => new RecordedStage(s.Stage, Math.Round(s.Time.TotalSeconds, 3)))],
        Files = new Dictionary<string, FileRecord>(),
    };

    private bool Close()
    {
        lock (_gate)
        {
            bool first = !_isOver;
            _isOver = true;
            return first;
        }
    }

    private void Tell(RunMessage message)
    {
        if (message.IsWarning)
        {
            Keep(message);
        }

        inner.Message?.Invoke(message);
    }

    private void Keep(RunMessage warning)
    {
        lock (_gate)
        {
            _warnings.Add(warning);
        }

        log?.Write(RunId, "warning", new RunEvent { Id = warning.Id, Text = warning.Text });
    }
}
