using FsRec.Results;

namespace FsRec.Runs;

/// <summary>How far a result is to be trusted.</summary>
public sealed record UncertaintyFigures
{
    /// <summary>Mean reduced chi-square of the frames that belong.</summary>
    public required double ReducedChiSquare { get; init; }

    /// <summary>RMS error of the scattered wave over its amplitude.</summary>
    public required double RelativeError { get; init; }

    /// <summary>The same with its band and the share of the noise.</summary>
    public required BandUncertainty Wave { get; init; }

    /// <summary>The same in thirds of the band.</summary>
    public required IReadOnlyList<BandUncertainty> Thirds { get; init; }

    /// <summary>The factor within which these errors are known; <see langword="null"/> in the record of a version that did not tell.</summary>
    public double? ErrorFactor { get; init; }

    /// <summary>Whether the error is widened by what the model does not explain.</summary>
    public required bool WidenedByMisfit { get; init; }

    /// <summary>Power of the noise beyond Limit over that at the highest frequencies.</summary>
    public double? NoiseColour { get; init; }

    /// <summary>The noise spectrum that was taken from the residuals; <see langword="null"/> where it is that of key NPS, or white.</summary>
    public NoiseFigures? Noise { get; init; }

    /// <summary>Standard error of the foci's slope, as a share of it.</summary>
    public double? FocusSlopeError { get; init; }

    /// <summary>Images without weight.</summary>
    public required IReadOnlyList<int> OutlierImages { get; init; }

    /// <summary>Bands in 1/nm in which the frames tell less than half of the power.</summary>
    public required IReadOnlyList<FrequencyBand> BlindBands { get; init; }

    /// <summary>One a frame.</summary>
    public required IReadOnlyList<FrameErrors> Frames { get; init; }

    /// <summary>One a ring of frequencies.</summary>
    public required IReadOnlyList<RingErrors> Rings { get; init; }

    /// <summary>The figures of a result, if there is one.</summary>
    public static UncertaintyFigures? Of(ReconstructionUncertainty? uncertainty) => uncertainty is null ? null : new UncertaintyFigures
    {
        ReducedChiSquare = uncertainty.ReducedChiSquare,
        RelativeError = uncertainty.RelativeError,
        Wave = uncertainty.Wave,
        Thirds = uncertainty.Thirds,
        ErrorFactor = uncertainty.ErrorFactor,
        WidenedByMisfit = uncertainty.WidenedByMisfit,
        NoiseColour = Finite(uncertainty.NoiseColour),
        Noise = uncertainty.Noise is { } noise
            ? new NoiseFigures(Finite(noise.Colour), noise.ReducedChiSquare, noise.Instead, noise.Spectrum, noise.BlursImage)
            : null,
        FocusSlopeError = Finite(uncertainty.FocusSlopeError),
        OutlierImages = uncertainty.OutlierImages,
        BlindBands = uncertainty.BlindBands,
        Frames = [.. uncertainty.Frames.Select(static f => new FrameErrors(
            f.ImageNumber, f.ReducedChiSquare, f.Weight, Finite(f.DxError), Finite(f.DyError), f.Focus, Finite(f.FocusError), f.Background))],
        Rings = [.. uncertainty.Rings.Select(static r => new RingErrors(r.Frequency, r.Amplitude, r.Error, r.Information))],
    };

    /// <summary>What there is to say of how well the errors are known, where that is not well; otherwise nothing.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string HowWellKnown => ErrorFactor is { } factor ? HowWellKnownBy(factor) : "";

    /// <summary>The same of a factor.</summary>
    internal static string HowWellKnownBy(double factor) => factor > 1.5 ? FormattableString.Invariant($" (of a strong object, known to within a factor of {factor:0.#})") : "";

    private double Rms(Func<FrameErrors, double?> error) =>
        Math.Sqrt(Frames.Select(error).OfType<double>().Select(static e => e * e).DefaultIfEmpty(double.NaN).Average());

    // JSON knows no NaN.
    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    /// <summary>A noise spectrum that was taken from the residuals of a first reconstruction, with the colour and chi-square of that.</summary>
    public sealed record NoiseFigures(double? Colour, double ReducedChiSquare, string? Instead, IReadOnlyList<double> Spectrum, bool BlursImage);

    /// <summary>One frame.</summary>
    public sealed record FrameErrors(
        int ImageNumber, double ReducedChiSquare, double Weight, double? DxError, double? DyError, double Focus, double? FocusError, double Background);

    /// <summary>One ring of frequencies.</summary>
    public sealed record RingErrors(double Frequency, double Amplitude, double Error, double Information);
}
