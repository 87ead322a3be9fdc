namespace FsRec.Results;

/// <summary>How far a reconstruction is to be trusted, by its own data and the theory of its noise.</summary>
/// <param name="Frames">One a frame, in the order of the series.</param>
/// <param name="Rings">One a ring of frequencies, up to Limit.</param>
/// <param name="BlindBands">The bands in 1/nm in which the frames tell less than half of the wave's power.</param>
/// <param name="FocusSlopeError">Standard error of the foci's slope along the series, as a share of it, where the foci are fitted.</param>
public sealed record ReconstructionUncertainty(
    IReadOnlyList<FrameUncertainty> Frames, IReadOnlyList<RingUncertainty> Rings, IReadOnlyList<FrequencyBand> BlindBands, double FocusSlopeError)
{
    // A ring is blind where all frames together say less than is known without them.
    internal const double LeastInformation = 1;

    // Reduced chi-square; that of a wave that explains its frames is within 0.05 of 1.
    private const double MisfitWorthTelling = 1.2;

    // 0.85 to 1.19 in twelve series of thin and weak objects; 0.5 to 1.8 in six of strong ones.
    private const double OfLinearWaves = 1.25;

    /// <summary><see cref="ErrorFactor"/> of the wave of a strong object.</summary>
    internal const double OfStrongObjects = 2;

    /// <summary>One a frame, in the order of the series.</summary>
    public IReadOnlyList<FrameUncertainty> Frames { get; init => field = value.ToArray(); } = Frames.ToArray();

    /// <summary>One a ring of frequencies, up to Limit.</summary>
    public IReadOnlyList<RingUncertainty> Rings { get; init => field = value.ToArray(); } = Rings.ToArray();

    /// <summary>The bands in 1/nm in which the frames tell less than half of the wave's power.</summary>
    public IReadOnlyList<FrequencyBand> BlindBands { get; init => field = value.ToArray(); } = BlindBands.ToArray();

    /// <summary>What the refinement found of the aberrations that it was to fit; empty where there are none.</summary>
    public IReadOnlyList<AberrationUncertainty> Aberrations { get; init => field = value.ToArray(); } = Array.Empty<AberrationUncertainty>();

    /// <summary>
    /// Median power of what the frames differ from their simulation by, beyond Limit and what the microscope transfers, over that at the highest, by which
    /// the noise is known: 1 where the noise is white, or as NPS says. NaN where there are no such frequencies.
    /// </summary>
    public double NoiseColour { get; init; } = double.NaN;

    /// <summary>What was done about noise that has another spectrum than was given; <see langword="null"/> where nothing was.</summary>
    public RevisedNoise? Noise { get; init; }

    /// <summary>
    /// The spectrum of what the frames differ from their simulation by, over that which their noise was taken to have; <see langword="null"/> where nothing speaks against that.
    /// </summary>
    internal Optics.DetectorCurve? ResidualNoise { get; init; }

    /// <summary>Mean reduced chi-square of the frames that belong.</summary>
    public double ReducedChiSquare => Frames.Where(static f => f.Weight > 0).Select(static f => f.ReducedChiSquare).DefaultIfEmpty(double.NaN).Average();

    /// <summary>The error of the wave over the rings in which the series carries information; over all rings where it carries none.</summary>
    public BandUncertainty Wave => Gather(InformativeRings);

    /// <summary>
    /// The same in thirds of the band from the first to the last of those rings. A blind ring between them counts for none: what noise and
    /// prior leave of the lowest frequencies, which no series tells, would drown all others.
    /// </summary>
    public IReadOnlyList<BandUncertainty> Thirds
    {
        get
        {
            RingUncertainty[] rings = InformativeRings;
            double low = rings[0].Frequency;
            double third = (rings[^1].Frequency - low) / 3;
            return [.. Enumerable.Range(0, 3)
                .Select(i => rings.Where(r => r.Frequency >= low + (i * third) && (i == 2 || r.Frequency < low + ((i + 1) * third))).ToArray())
                .Where(static r => r.Length > 0)
                .Select(Gather)];
        }
    }

    /// <summary>RMS error of the scattered wave over its RMS amplitude, where the series carries information.</summary>
    public double RelativeError => Wave.RelativeError;

    /// <summary>
    /// The factor by which actual errors of waves lay above or below those stated, by thirds of the band, in series simulated by other code than this. The errors are those of
    /// the linear theory; a strong object, which Nonlinear is for, has its errors where it is and along directions that it gives the wave itself, and there they are known less well. Of the linear wave of such an object the factor is not known; its frames are not explained, and <see cref="WidenedByMisfit"/> says so.
    /// </summary>
    public double ErrorFactor { get; init; } = OfLinearWaves;

    /// <summary>Whether the frames differ from the model by more than their noise, so that the error is widened by what it does not explain.</summary>
    public bool WidenedByMisfit => ReducedChiSquare > MisfitWorthTelling;

    /// <summary>Numbers of the images that do not belong to the others.</summary>
    public IReadOnlyList<int> OutlierImages => Frames.Where(static f => f.Weight == 0).Select(static f => f.ImageNumber).ToArray();

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"reduced chi-square {ReducedChiSquare:0.000}, error of the wave {Wave}, {Counted.Of(OutlierImages.Count, "image")} left out{string.Concat(Aberrations.Select(static a => $"; {a}"))}");

    private RingUncertainty[] InformativeRings
    {
        get
        {
            RingUncertainty[] rings = [.. Rings.Where(static r => r.Frequency > 0 && r.Information >= LeastInformation)];
            return rings.Length > 0 ? rings : [.. Rings];
        }
    }

    private static BandUncertainty Gather(RingUncertainty[] rings) =>
        BandUncertainty.Of(new FrequencyBand(rings[0].Frequency, rings[^1].Frequency), rings);
}
