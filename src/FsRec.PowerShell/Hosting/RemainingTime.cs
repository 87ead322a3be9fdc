using System.Diagnostics;

namespace FsRec.PowerShell.Hosting;

/// <summary>Estimates how long a stage still takes, from how long it took so far.</summary>
internal sealed class RemainingTime
{
    // An estimate from less would jump.
    private const double ShortestSpan = 1;

    private string? _stage;
    private double _first;
    private long _start;

    /// <summary>Seconds that are left of the stage, from its progress now; −1 when there is no telling, as PowerShell has it.</summary>
    public int Estimate(RunProgress progress)
    {
        double fraction = progress.Fraction;
        if (progress.Stage != _stage || fraction < _first)
        {
            (_stage, _first, _start) = (progress.Stage, fraction, Stopwatch.GetTimestamp());
        }

        double seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds;
        return seconds >= ShortestSpan && fraction > _first
            ? (int)Math.Min(int.MaxValue, Math.Ceiling(seconds * (1 - fraction) / (fraction - _first)))
            : -1;
    }
}
