using FsRec.Resolution;

namespace FsRec.Runs;

/// <summary>The resolution by two halves of the series.</summary>
public sealed record ResolutionFigures
{
    /// <summary>Resolution in nm by the 1/7 criterion; at best that of the band's end; none where the halves agree nowhere.</summary>
    public double? Resolution { get; init; }

    /// <summary>Likewise by half a bit.</summary>
    public double? HalfBitResolution { get; init; }

    /// <summary>Frequency in 1/nm up to which the halves agree by 1/7; none where they agree to the band's end, or nowhere.</summary>
    public double? FrequencyAtOneSeventh { get; init; }

    /// <summary>Likewise by half a bit.</summary>
    public double? FrequencyAtHalfBit { get; init; }

    /// <summary>Correlation of the noise of neighbouring frames.</summary>
    public double? SharedNoise { get; init; }

    /// <summary>Whether the frames share noise, so that the resolution is overstated.</summary>
    public bool? HasSharedNoise { get; init; }

    /// <summary>What was done, in words.</summary>
    public required string Procedure { get; init; }

    /// <summary>The correlation ring by ring.</summary>
    public IReadOnlyList<RingAgreement> Rings { get; init; } = [];

    /// <summary>Frequencies in 1/nm below the stated one at which the halves do not agree.</summary>
    public IReadOnlyList<double> Dips { get; init; } = [];

    /// <summary>The line for people.</summary>
    public required string Line { get; init; }

    /// <summary>The figures of a result, if there is one.</summary>
    public static ResolutionFigures? Of(ResolutionMeasurement? found) => found is null ? null : new ResolutionFigures
    {
        Resolution = Known(found.Resolution),
        HalfBitResolution = Known(found.HalfBitResolution),
        FrequencyAtOneSeventh = Known(found.FrequencyAtOneSeventh),
        FrequencyAtHalfBit = Known(found.FrequencyAtHalfBit),
        SharedNoise = found.SharedNoise,
        HasSharedNoise = found.HasSharedNoise,
        Procedure = found.Procedure,
        Rings = [.. found.Rings.Select(static r => new RingAgreement(r.Frequency, r.Correlation, r.HalfBit, r.ImageSignalToNoise))],
        Dips = [.. found.Dips.Select(static r => r.Frequency)],
        Line = found.ToString(),
    };

    /// <summary>What is said where nothing was measured.</summary>
    /// <param name="why">Why not.</param>
    public static ResolutionFigures Without(string why) => new() { Procedure = "not measured: " + why, Line = "resolution not measured: " + why };

    private static double? Known(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    /// <summary>One ring of frequencies.</summary>
    public sealed record RingAgreement(double Frequency, double Correlation, double HalfBit, double ImageSignalToNoise);
}
