using FsRec.Results;
using FsRec.Runs;

namespace FsRec.Watching;

/// <summary>What a series that is being recorded tells with its newest frame.</summary>
public sealed record SeriesUpdate
{
    /// <summary>Number of the newest image.</summary>
    public required int ImageNumber { get; init; }

    /// <summary>Its defocus in nm.</summary>
    public required double Focus { get; init; }

    /// <summary>Frames so far.</summary>
    public required int Frames { get; init; }

    /// <summary>Its displacement along columns in px.</summary>
    public required double Dx { get; init; }

    /// <summary>Its displacement along rows in px.</summary>
    public required double Dy { get; init; }

    /// <summary>How much of what the others predict for it it shows: 1 all, 0 nothing; NaN for the first.</summary>
    public required double Resemblance { get; init; }

    /// <summary>Whether it shows the specimen that the others show.</summary>
    public required bool Belongs { get; init; }

    /// <summary>Numbers of all images so far that do not belong; they have no weight.</summary>
    public required IReadOnlyList<int> OutlierImages { get; init => field = value.ToArray(); }

    /// <summary>
    /// The stated RMS error of the wave over its amplitude, where the series carries information: of the live wave <see cref="ErrorByNoise"/>, with <see cref="Run"/>
    /// all that the run states, what its model leaves of the frames as well.
    /// </summary>
    public required double RelativeError { get; init; }

    /// <summary>
    /// The part of <see cref="RelativeError"/> that noise alone leaves. It tells nothing of what the linear theory of the live wave leaves out, which of a strong object is
    /// more, up to half of the wave: <see cref="LiveError"/> says it once the whole series was run.
    /// </summary>
    public required double ErrorByNoise { get; init; }

    /// <summary>The finest detail in nm of which the frames tell at least half the power; infinite where there is none.</summary>
    public required double Resolution { get; init; }

    /// <summary>Foci at which a further frame would lower the wave's error most, best first.</summary>
    public required IReadOnlyList<FocusAdvice> BestFoci { get; init => field = value.ToArray(); }

    /// <summary>By how much, as a share, the best of these would.</summary>
    public double Gain => BestFoci.Count > 0 ? BestFoci[0].Gain : 0;

    /// <summary>Whether the series is enough: what was wanted is reached, or a further frame would hardly help.</summary>
    public required bool IsEnough { get; init; }

    /// <summary>What to tell the operator, in a sentence or two.</summary>
    public required string Advice { get; init; }

    /// <summary>Whether the series has ended and nothing follows.</summary>
    public required bool IsFinal { get; init; }

    /// <summary>Time from the frame being found on the disk to the wave; with <see cref="Run"/> that of the run.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>The wave of all frames so far, with its errors; with <see cref="Run"/> that of the run.</summary>
    public required Reconstruction Reconstruction { get; init; }

    /// <summary>The run of the whole series, which follows its last frame; <see langword="null"/> before it.</summary>
    public RunResult? Run { get; init; }

    /// <summary>
    /// How far the wave that grew with the series is from that of the run: the RMS difference over the scattered wave, from the lower reconstruction limit to
    /// Limit, a common translation, phase, defocus and tilt taken out. <see langword="null"/> before the run.
    /// </summary>
    public double? LiveError { get; init; }

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant($"image {ImageNumber}, {Counted.Of(Frames, "frame")}: error by noise {100 * ErrorByNoise:0.0} %, {Advice}");
}
