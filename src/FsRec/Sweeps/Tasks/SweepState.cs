namespace FsRec.Sweeps;

/// <summary>Where a sweep stands: what its journals add up to. Reading on reads what is new only.</summary>
/// <param name="place">Where the sweep lies.</param>
/// <param name="runs">Number of its runs.</param>
internal sealed class SweepState(SweepPlace place, int runs)
{
    private readonly Dictionary<string, long> _read = [];
    private readonly SweepEvent?[] _ends = new SweepEvent?[runs];
    private readonly List<SweepEvent> _warnings = [];
    private readonly List<int> _order = [];

    /// <summary>The attempts in their order.</summary>
    public List<SweepAttempt> Attempts { get; } = [];

    /// <summary>Runs that have ended, in the order in which they were read of.</summary>
    public IReadOnlyList<int> Ended => _order;

    /// <summary>What runs warned of, in the order in which it was read.</summary>
    public IReadOnlyList<SweepEvent> Warnings => _warnings;

    /// <summary>Whether every run has ended.</summary>
    public bool IsComplete => _order.Count == runs;

    /// <summary>Why a task would not do its work, which no other task will do either; <see langword="null"/> where none refused.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Whether a run has ended.</summary>
    public bool HasEnded(int run) => _ends[run] is not null;

    /// <summary>How a run ended.</summary>
    public SweepEvent EndOf(int run) => _ends[run]!;

    /// <summary>Runs that have not ended.</summary>
    public IEnumerable<int> Open => Enumerable.Range(0, runs).Where(run => !HasEnded(run));

    /// <summary>Seconds that the runs took that were done, not read back; empty as long as none was.</summary>
    public IEnumerable<double> Seconds => _ends.Where(static end => end is { ReadBack: false, Seconds: not null }).Select(static end => end!.Seconds!.Value);

    /// <summary>Tasks whose end is put down to a run.</summary>
    public IEnumerable<SweepTaskRecord> DeathsAt(int run) => Attempts.Where(static a => !a.IsAbandoned && !a.ReadBackOnly).SelectMany(static a => a.Tasks).Where(task => task.IsOver && task.Blamed.Contains(run));

    /// <summary>Reads what is new.</summary>
    public void Update()
    {
        foreach (SweepEvent line in News(place.Submissions))
        {
            TakeSubmission(line);
        }

        if (!Directory.Exists(place.Journals))
        {
            return;
        }

        foreach (string file in Directory.EnumerateFiles(place.Journals, "*.jsonl").Order(StringComparer.Ordinal))
        {
            string[] name = Path.GetFileName(file).Split('-');
            if (name.Length == 3 && int.TryParse(name[0], out int attempt) && int.TryParse(name[1], out int task)
                && Attempts.FirstOrDefault(a => a.Number == attempt) is { } of && task < of.Tasks.Count)
            {
                foreach (SweepEvent line in News(file))
                {
                    TakeTask(of, of.Tasks[task], line);
                }
            }
        }
    }

    private IReadOnlyList<SweepEvent> News(string file)
    {
        (IReadOnlyList<SweepEvent> lines, _read[file]) = SweepJournal.Read(file, _read.GetValueOrDefault(file));
        return lines;
    }

    private void TakeSubmission(SweepEvent line)
    {
        SweepAttempt? attempt = Attempts.FirstOrDefault(a => a.Number == line.Attempt);
        switch (line.Event)
        {
            case SweepEvent.Intent when attempt is null:
                Attempts.Add(new SweepAttempt(line.Attempt!.Value, line.On!, line.Time, [.. line.Tasks!.Select((of, number) => new SweepTaskRecord(line.Attempt.Value, number, of))])
                {
                    ReadBackOnly = line.ReadBackOnly ?? false,
                    Memory = line.Memory,
                });
                break;
            case SweepEvent.Submitted when attempt is not null:
                attempt.Job = line.Job;
                break;
            case SweepEvent.Abandoned when attempt is not null:
                attempt.IsAbandoned = true;
                break;
            case SweepEvent.Ended when attempt is not null:
                attempt.Tasks[line.Task!.Value].End ??= line.State;
                break;
            case SweepEvent.End:
                TakeEnd(line);
                break;
        }
    }

    private void TakeTask(SweepAttempt attempt, SweepTaskRecord task, SweepEvent line)
    {
        task.Job ??= line.Job ?? "";
        switch (line.Event)
        {
            case SweepEvent.Begin:
                task.Begun.Add(line.Run!.Value);
                break;
            case SweepEvent.End:
                task.Ended.Add(line.Run!.Value);
                TakeEnd(line);
                break;
            case SweepEvent.Warning:
                _warnings.Add(line);
                break;
            case SweepEvent.OutOfMemory:
                // Of a session that did runs itself it says nothing of the nodes.
                task.End = attempt.On == "Local" ? SweepTaskState.Stopped : SweepTaskState.OutOfMemory;
                break;
            case SweepEvent.Finish:
                task.End = SweepTaskState.Completed;
                break;
            case SweepEvent.Stopped:
                task.IsStopped = true;
                task.End = attempt.On == "Local" ? SweepTaskState.Stopped : task.End;
                break;
            case SweepEvent.Refused:
                Refusal ??= line.Message;
                break;
        }
    }

    // The first end counts: a run that is told of twice was done once and read back the other time.
    private void TakeEnd(SweepEvent line)
    {
        int run = line.Run!.Value;
        if (run >= 0 && run < runs && _ends[run] is null)
        {
            _ends[run] = line;
            _order.Add(run);
        }
    }
}
