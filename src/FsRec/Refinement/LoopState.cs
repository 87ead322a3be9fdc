using FsRec.ImageModel;
using FsRec.Results;
using FsRec.Statistics;

namespace FsRec.Refinement;

/// <summary>Where a refinement stands between two stages, beside the wave and the lens. Replaced, not changed.</summary>
internal sealed record LoopState
{
    /// <summary>Number of the stage, from 0.</summary>
    public required int Stage { get; init; }

    /// <summary>Displacement of each frame, and its step of focus beyond the image model's.</summary>
    public required IReadOnlyList<FrameState> Frames { get; init; }

    /// <summary>Power spectra of amplitude and phase.</summary>
    public required PriorPowers Prior { get; init; }

    /// <summary>The powers about each frequency; <see langword="null"/> before the wave tells any.</summary>
    public ExpectedPowers? Powers { get; init; }

    /// <summary>RMS of |u|², u the scattered wave in the frames, for the metric.</summary>
    public double Intensity { get; init; }

    /// <summary>The iterations so far.</summary>
    public required IReadOnlyList<NonlinearIteration> History { get; init; }
}
