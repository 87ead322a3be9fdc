namespace FsRec.Sweeps;

/// <summary>One progress of all runs of a sweep.</summary>
internal sealed class SweepProgress(int total, IProgress<RunProgress>? progress)
{
    private readonly object _gate = new();
    private readonly Dictionary<int, double> _parts = [];
    private int _done;

    /// <summary>The progress of one run.</summary>
    public IProgress<RunProgress>? Of(int index, SweepPoint point) => progress is null ? null : new Part(this, index, point);

    /// <summary>Told when a run has ended, however.</summary>
    public void End(int index)
    {
        lock (_gate)
        {
            _parts.Remove(index);
            _done++;
        }

        Report("");
    }

    private void Report(string detail)
    {
        lock (_gate)
        {
            progress?.Report(new RunProgress("Sweep", _done, total, detail) { Part = _parts.Values.Sum() });
        }
    }

    private sealed class Part(SweepProgress all, int index, SweepPoint point) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            // Only the iterations take long enough to count.
            lock (all._gate)
            {
                all._parts[index] = Math.Max(all._parts.GetValueOrDefault(index), value.Stage == "Reconstruction" ? value.Fraction : 0);
            }

            all.Report(value.Detail.Length > 0 ? $"{point}: {value.Stage} {value.Done}/{value.Total}: {value.Detail}" : "");
        }
    }
}
