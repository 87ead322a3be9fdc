using FsRec.Results;

namespace FsRec.Cli;

/// <summary>How far a result is to be trusted.</summary>
internal sealed record UncertaintySummary
{
    public required double ReducedChiSquare { get; init; }

    public required double RelativeError { get; init; }

    public required BandUncertainty Wave { get; init; }

    public required IReadOnlyList<BandUncertainty> Thirds { get; init; }

    public required bool WidenedByMisfit { get; init; }

    public required double? NoiseColour { get; init; }

    public required double? FocusSlopeError { get; init; }

    public required IReadOnlyList<int> OutlierImages { get; init; }

    public required IReadOnlyList<FrequencyBand> BlindBands { get; init; }

    public required IReadOnlyList<FrameSummary> Frames { get; init; }

    public required IReadOnlyList<RingSummary> Rings { get; init; }

    public static UncertaintySummary? Of(ReconstructionUncertainty? uncertainty) => uncertainty is null ? null : new UncertaintySummary
    {
        ReducedChiSquare = uncertainty.ReducedChiSquare,
        RelativeError = uncertainty.RelativeError,
        Wave = uncertainty.Wave,
        Thirds = uncertainty.Thirds,
        WidenedByMisfit = uncertainty.WidenedByMisfit,
        NoiseColour = Finite(uncertainty.NoiseColour),
        FocusSlopeError = Finite(uncertainty.FocusSlopeError),
        OutlierImages = uncertainty.OutlierImages,
        BlindBands = uncertainty.BlindBands,
        Frames = [.. uncertainty.Frames.Select(static f => new FrameSummary(
            f.ImageNumber, f.ReducedChiSquare, f.Weight, Finite(f.DxError), Finite(f.DyError), f.Focus, Finite(f.FocusError), f.Background))],
        Rings = [.. uncertainty.Rings.Select(static r => new RingSummary(r.Frequency, r.Amplitude, r.Error, r.Information))],
    };

    /// <summary>Writes it in a line or two.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine(FormattableString.Invariant(
            $"uncertainty: reduced chi-square {ReducedChiSquare:0.000}; the wave is off by {Wave}, by thirds of that band {string.Join(", ", Thirds.Select(static t => FormattableString.Invariant($"{100 * t.RelativeError:0.0}")))} %{(WidenedByMisfit ? ", widened by what the model does not explain" : "")}; by noise displacements are off by {Rms(static f => f.DxError):0.0000}, {Rms(static f => f.DyError):0.0000} px, fitted foci by {Rms(static f => f.FocusError):0.00} nm"));
        if (OutlierImages.Count > 0)
        {
            output.WriteLine("images without weight: " + string.Join(", ", OutlierImages));
        }
    }

    private double Rms(Func<FrameSummary, double?> error) =>
        Math.Sqrt(Frames.Select(error).OfType<double>().Select(static e => e * e).DefaultIfEmpty(double.NaN).Average());

    // JSON knows no NaN.
    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    /// <summary>One frame.</summary>
    internal sealed record FrameSummary(
        int ImageNumber, double ReducedChiSquare, double Weight, double? DxError, double? DyError, double Focus, double? FocusError, double Background);

    /// <summary>One ring of frequencies.</summary>
    internal sealed record RingSummary(double Frequency, double Amplitude, double Error, double Information);
}
