using FsRec.Parameters;
using FsRec.Runs;

namespace FsRec.Watching;

/// <summary>How a series is followed while it is recorded, and what it is to reach.</summary>
public sealed record SeriesWatchOptions
{
    /// <summary>The resolution in nm that is wanted; <see langword="null"/> for none.</summary>
    public double? Resolution { get; init; }

    /// <summary>The RMS error by noise of the linear wave over its amplitude that is wanted; <see langword="null"/> for none.</summary>
    public double? RelativeError { get; init; }

    /// <summary>By how much, as a share, the best further frame has to lower the wave's error for it to be worth recording.</summary>
    public double LeastGain { get; init; } = 0.01;

    /// <summary>Time from one look for the next frame to the next look.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Time without a new frame after which the series has ended; <see langword="null"/> where only the number of images says so.</summary>
    public TimeSpan? Quiet { get; init; }

    /// <summary>Time without a new frame after which it is told what is waited for.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Makes the run of the whole series once its last frame has come, which writes its results as its parameters say; <see langword="null"/> for none. It is
    /// given the parameters of the frames that came.
    /// </summary>
    public Func<ReconstructionParameters, RunContext, RunResult>? Run { get; init; } = static (parameters, context) => ReconstructionRun.Run(parameters, new RunOptions(), context);
}
