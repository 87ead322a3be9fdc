namespace FsRec.Results;

/// <summary>How far a reconstruction is to be trusted, by its own data and the theory of its noise.</summary>
/// <param name="Frames">One a frame, in the order of the series.</param>
/// <param name="Rings">One a ring of frequencies, up to Limit.</param>
/// <param name="BlindBands">The bands in 1/nm in which the series carries no information about the wave.</param>
/// <param name="FocusSlopeError">Standard error of the foci's slope along the series, as a share of it, where the foci are fitted.</param>
public sealed record ReconstructionUncertainty(
    IReadOnlyList<FrameUncertainty> Frames, IReadOnlyList<RingUncertainty> Rings, IReadOnlyList<FrequencyBand> BlindBands, double FocusSlopeError)
{
    /// <summary>One a frame, in the order of the series.</summary>
    public IReadOnlyList<FrameUncertainty> Frames { get; init => field = value.ToArray(); } = Frames.ToArray();

    /// <summary>One a ring of frequencies, up to Limit.</summary>
    public IReadOnlyList<RingUncertainty> Rings { get; init => field = value.ToArray(); } = Rings.ToArray();

    /// <summary>The bands in 1/nm in which the series carries no information about the wave.</summary>
    public IReadOnlyList<FrequencyBand> BlindBands { get; init => field = value.ToArray(); } = BlindBands.ToArray();

    /// <summary>What the refinement found of the aberrations that it was to fit; empty where there are none.</summary>
    public IReadOnlyList<AberrationUncertainty> Aberrations { get; init => field = value.ToArray(); } = Array.Empty<AberrationUncertainty>();

    /// <summary>Mean reduced chi-square of the frames that belong.</summary>
    public double ReducedChiSquare => Frames.Where(static f => f.Weight > 0).Select(static f => f.ReducedChiSquare).DefaultIfEmpty(double.NaN).Average();

    /// <summary>RMS error of the scattered wave over its RMS amplitude, by the noise.</summary>
    public double RelativeError => Math.Sqrt(Rings.Sum(static r => r.Error * r.Error) / Rings.Sum(static r => r.Amplitude * r.Amplitude));

    /// <summary>Numbers of the images that do not belong to the others.</summary>
    public IReadOnlyList<int> OutlierImages => Frames.Where(static f => f.Weight == 0).Select(static f => f.ImageNumber).ToArray();

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"reduced chi-square {ReducedChiSquare:0.000}, error of the wave {100 * RelativeError:0.0} % by noise, {OutlierImages.Count} images left out{string.Concat(Aberrations.Select(static a => $"; {a}"))}");
}
