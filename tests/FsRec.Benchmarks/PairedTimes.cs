using System.Diagnostics;

namespace FsRec.Benchmarks;

/// <summary>Times of several jobs, taken in turns so that a disturbance of the machine meets all of them.</summary>
internal sealed class PairedTimes
{
    private readonly double[][] _milliseconds;

    /// <summary>Runs the jobs in turns, for at least a while and a number of rounds.</summary>
    /// <param name="seconds">Time to spend.</param>
    /// <param name="jobs">What to prepare outside the time taken, and what to time.</param>
    public PairedTimes(double seconds, params (Action Prepare, Action Run)[] jobs)
    {
        var times = jobs.Select(_ => new List<double>()).ToArray();
        var clock = Stopwatch.StartNew();
        for (int round = -3; round < 15 || clock.Elapsed.TotalSeconds < seconds; round++)
        {
            for (int j = 0; j < jobs.Length; j++)
            {
                jobs[j].Prepare();
                long start = Stopwatch.GetTimestamp();
                jobs[j].Run();
                double time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                if (round >= 0)
                {
                    times[j].Add(time);
                }
            }
        }

        _milliseconds = [.. times.Select(t => t.Order().ToArray())];
    }

    /// <summary>Middle of a job's times, in milliseconds.</summary>
    public double Median(int job) => _milliseconds[job][_milliseconds[job].Length / 2];

    /// <summary>Shortest of a job's times, in milliseconds.</summary>
    public double Minimum(int job) => _milliseconds[job][0];
}
