using FsRec.Parameters;

namespace FsRec.Resolution;

/// <summary>How fine the detail is that a series tells, by two halves of it. Immutable.</summary>
public sealed record ResolutionMeasurement
{
    /// <summary>
    /// The correlation of two halves at which that of the whole with the truth is one half, 1/7 (P. Rosenthal and R. Henderson, J. Mol. Biol. 333
    /// (2003) 721).
    /// </summary>
    public const double OneSeventh = 1.0 / 7;

    /// <summary>Images that share more of their noise than this are said to.</summary>
    internal const double TolerableSharedNoise = 0.05;

    // So many times 1/√n, by which the correlation of n independent frequencies of two halves that have nothing in common scatters, is more than chance.
    private const double ChanceErrors = 3;

    /// <summary>What the figure does not know, in a sentence.</summary>
    internal const string Blindness =
        "Two halves tell the noise, not what both get wrong alike: a resolution is no sign that foci, pixel size, voltage or aberrations are right.";

    /// <summary>The series that was measured.</summary>
    public required FsRec.Series.FocalSeries Series { get; init; }

    /// <summary>The rings, up to Limit.</summary>
    public required IReadOnlyList<ResolutionRing> Rings { get; init => field = value.ToArray(); }

    /// <summary>The band in 1/nm in which the halves were compared.</summary>
    public required FrequencyBand Band { get; init; }

    /// <summary>How the halves were restored.</summary>
    public required RestorationMethod Method { get; init; }

    /// <summary>Number of frames of each half.</summary>
    public required IReadOnlyList<int> Frames { get; init => field = value.ToArray(); }

    /// <summary>Share of rows and of columns where the window is 1.</summary>
    public required double CentralFraction { get; init; }

    /// <summary>Share of the frequencies that stay independent under the window, by which the half-bit criterion counts.</summary>
    public required double IndependentShare { get; init; }

    /// <summary>Correlation of the noise of neighbouring frames: 0 where each has noise of its own.</summary>
    public required double SharedNoise { get; init; }

    /// <summary>Whether the frames share noise, as running averages do: halves then agree by their noise, and the resolution is overstated.</summary>
    public required bool HasSharedNoise { get; init; }

    /// <summary>
    /// Whether the halves agree at all: by 1/7, and by more than halves of nothing but noise do by chance, in a ring or in all rings up to the resolution.
    /// Where they do not, there is no resolution.
    /// </summary>
    public bool HalvesAgree => Agreeing(OneSeventhExcess) is not null;

    /// <summary>
    /// Frequency in 1/nm up to which the halves agree by 1/7; <see langword="null"/> where they agree up to the band's end, not a number where they agree nowhere.
    /// </summary>
    public double? FrequencyAtOneSeventh => Reach(OneSeventhExcess);

    /// <summary>Likewise by half a bit.</summary>
    public double? FrequencyAtHalfBit => Reach(static ring => ring.Correlation - ring.HalfBit);

    /// <summary>Up to where the halves agree by 1/7, in words: a frequency, or the band's end, where the resolution is what is stated or better.</summary>
    public string AgreesTo => FrequencyAtOneSeventh switch
    {
        null => FormattableString.Invariant($"{Band.High:0.##} 1/nm or better, where the band ends"),
        double.NaN => "nowhere",
        var frequency => FormattableString.Invariant($"{frequency:0.00} 1/nm"),
    };

    /// <summary>The resolution in nm by 1/7: the inverse of the frequency, at best that of the band's end; not a number where the halves agree nowhere.</summary>
    public double Resolution => 1 / (FrequencyAtOneSeventh ?? Band.High);

    /// <summary>Likewise by half a bit.</summary>
    public double HalfBitResolution => 1 / (FrequencyAtHalfBit ?? Band.High);

    /// <summary>
    /// Rings below the stated resolution in which the halves do not agree by 1/7, by more than chance: the correlation of a ring of n independent frequencies
    /// scatters by 1/√n about 0, and three times that is allowed. There the wave tells nothing, as beside a strong reflection whose tails the two halves have
    /// in different phase.
    /// </summary>
    public IReadOnlyList<ResolutionRing> Dips
    {
        get
        {
            ResolutionRing[] rings = InBand();
            return Agreeing(OneSeventhExcess) is { } reach
                ? [.. rings.Skip(reach.First).Where(ring => ring.Frequency < (reach.Frequency ?? Band.High) && ring.Correlation < OneSeventh - Chance(ring.Independent))]
                : [];
        }
    }

    /// <summary>What was done, in words.</summary>
    public string Procedure => FormattableString.Invariant(
        $"two halves of alternate frames ({Frames[0]} and {Frames[1]}), restored apart ({Method}) at the same displacements and foci; a window that is 1 over the central {CentralFraction:0.##} of each side and falls to 0 at the edge as a cosine, which leaves {IndependentShare:0.00} of the frequencies independent");

    /// <inheritdoc />
    public override string ToString() =>
        (!HalvesAgree ? "no resolution: " + Disagreement
            : FrequencyAtOneSeventh is null
            ? FormattableString.Invariant($"resolution {Resolution:0.000} nm or better: the halves agree by 1/7 up to {Band.High:0.##} 1/nm, where the band ends")
            : FormattableString.Invariant($"resolution {Resolution:0.000} nm by 1/7 ({FrequencyAtOneSeventh:0.00} 1/nm)"))
        + DipsText
        + (HalvesAgree ? "; " + HalfBitText : "")
        + (HasSharedNoise && HalvesAgree ? FormattableString.Invariant($"; overstated, as neighbouring frames share {SharedNoise:0.00} of their noise") : "");

    /// <summary>That there is no resolution, and why.</summary>
    internal string Disagreement => FormattableString.Invariant(
        $"the two halves of the series agree nowhere from {Band.Low:0.##} to {Band.High:0.##} 1/nm by 1/7 and by more than chance");

    /// <summary>The resolution by half a bit, in words.</summary>
    internal string HalfBitText => double.IsNaN(HalfBitResolution) ? "none by half a bit" : FormattableString.Invariant($"{HalfBitResolution:0.000} nm by half a bit");

    /// <summary>A part of a sentence that names the dips; empty where there are none.</summary>
    internal string DipsText
    {
        get
        {
            IReadOnlyList<ResolutionRing> dips = Dips;
            if (dips.Count == 0)
            {
                return "";
            }

            const int Named = 3;
            string rings = string.Join(", ", dips.Take(Named).Select(static r => FormattableString.Invariant($"{r.Frequency:0.00} 1/nm ({r.Correlation:0.00})")));
            return $", but not {(dips.Count == 1 ? "in the ring" : "in the rings")} at {rings}{(dips.Count > Named ? FormattableString.Invariant($" and {dips.Count - Named} more") : "")}";
        }
    }

    private static double OneSeventhExcess(ResolutionRing ring) => ring.Correlation - OneSeventh;

    private static double Chance(double independent) => ChanceErrors / Math.Sqrt(independent);

    private double? Reach(Func<ResolutionRing, double> excess) => Agreeing(excess) is { } found ? found.Frequency : double.NaN;

    // The rings that exceed the criterion, where one of them or all together do so by more than chance.
    private RingReach? Agreeing(Func<ResolutionRing, double> excess)
    {
        ResolutionRing[] rings = InBand();
        if (RingReach.Find(Excess(rings, excess)) is not { } found)
        {
            return null;
        }

        ResolutionRing[] above = rings[found.First..(found.Last + 1)];
        double all = above.Sum(static r => r.Independent);
        bool certain = above.Any(static r => r.Correlation > Chance(r.Independent)) || above.Sum(static r => r.Correlation * r.Independent) / all > Chance(all);
        return certain ? found : null;
    }

    private ResolutionRing[] InBand() => [.. Rings.Where(r => r.Frequency >= Band.Low && r.Frequency <= Band.High)];

    private static (double Frequency, double Excess, double Independent)[] Excess(ResolutionRing[] rings, Func<ResolutionRing, double> excess) =>
        [.. rings.Select(r => (r.Frequency, excess(r), r.Independent))];
}
