using System.Globalization;
using FsRec.Resolution;
using FsRec.Results;
using FsRec.Runs;
using FsRec.Series;

namespace FsRec.Reports;

/// <summary>What a reader wants to know first: how fine, how far to be trusted, what is wrong.</summary>
internal static class Verdict
{
    /// <summary>Writes it.</summary>
    public static void Write(HtmlPage page, RunResult result, ResolutionMeasurement? resolution, IReadOnlyList<string> warnings)
    {
        page.Section("verdict", "Verdict").Raw("<ul class=\"verdict\">");
        foreach ((string figure, string words) in Figures(result, resolution))
        {
            page.Raw($"<li><b>{HtmlPage.Escape(figure)}</b><span>{HtmlPage.Escape(words)}</span></li>");
        }

        page.Raw("</ul>");
        if (resolution is not null)
        {
            page.Paragraph(ResolutionMeasurement.Blindness);
        }

        if (warnings.Count == 0)
        {
            // Rings that are named above are no warning, and not nothing either.
            page.Paragraph(resolution?.Dips.Count > 0 ? "There was nothing to warn of but the rings named with the resolution: there the wave tells nothing." : "There was nothing to warn of.", "fine");
            return;
        }

        page.Raw($"<div class=\"warnings\" role=\"note\"><h3>{(warnings.Count == 1 ? "A warning" : $"{warnings.Count} warnings")}</h3><ul>");
        foreach (string warning in warnings)
        {
            page.Raw($"<li>{HtmlPage.Escape(warning)}</li>");
        }

        page.Raw("</ul></div>");
    }

    private static IEnumerable<(string Figure, string Words)> Figures(RunResult result, ResolutionMeasurement? resolution)
    {
        Reconstruction reconstruction = result.Reconstruction!;
        if (resolution is not null)
        {
            yield return !resolution.HalvesAgree ? ("none", "resolution: " + resolution.Disagreement)
                : resolution.FrequencyAtOneSeventh is { } reach
                ? (Text(resolution.Resolution, "0.000 nm"), FormattableString.Invariant($"resolution: two halves of the series agree by the 1/7 criterion up to {reach:0.00} 1/nm{resolution.DipsText} ({resolution.HalfBitText})"))
                : (Text(resolution.Resolution, "0.000 nm") + " or better", FormattableString.Invariant($"resolution: two halves of the series agree by the 1/7 criterion up to {resolution.Band.High:0.##} 1/nm, where the wave ends{resolution.DipsText}"));
        }

        if (reconstruction.Uncertainty is { } trust)
        {
            yield return (Text(trust.ReducedChiSquare, "0.000"), trust.ReducedChiSquare < 1.2
                ? "reduced chi-square: the wave explains the frames but for their noise"
                : "reduced chi-square: the wave does not explain the frames within their noise; stated errors are lower bounds");
            yield return (Text(100 * trust.RelativeError, "0.0 %").Replace(" %", " %", StringComparison.Ordinal), FormattableString.Invariant($"error of the scattered wave from {trust.Wave.Band.Low:0.0} to {trust.Wave.Band.High:0.0} 1/nm by the theory of the restoration, {Stated.Of(100 * trust.Wave.RelativeNoise, "0.0")} % by noise{UncertaintyFigures.HowWellKnownBy(trust.ErrorFactor)}"));
            FrameUncertainty[] frames = [.. trust.Frames.Where(static f => f.Weight > 0)];
            yield return (Text(Rms(frames, static f => f.DxError), "0.000") + " px", FormattableString.Invariant($"standard error of a displacement along columns, {Stated.Of(Rms(frames, static f => f.DyError), "0.000")} px along rows"));
        }
        else
        {
            yield return ("no errors stated", "a linear restoration has no model of its noise; Restoration=Wiener or Nonlinear states errors");
        }

        IReadOnlyList<FrameDisplacement> drift = reconstruction.Displacements;
        yield return (Text(DisplacementAlgebra.Rms(drift), "0.0") + " px", FormattableString.Invariant($"drift (RMS) of {Counted.Of(drift.Count, "frame")}, up to {DisplacementAlgebra.Largest(drift):0.0} px from the middle"));
        if (double.IsFinite(reconstruction.ScatteredFraction))
        {
            yield return (Text(100 * reconstruction.ScatteredFraction, "0.000") + " %", "of the electrons scattered by the specimen");
        }

        IterationRecord? last = result.LastLinearIteration;
        if (last is not null)
        {
            yield return (Text(last.LargestMoveWithoutTilt, "0.0000") + " px", FormattableString.Invariant($"largest move of a frame {(last.Iteration == 1 ? "in the only iteration" : $"in the last of {last.Iteration} iterations")}, without the part linear in defocus"));
        }
    }

    private static string Text(double value, string format) => double.IsFinite(value)
        ? format.EndsWith(" nm", StringComparison.Ordinal) ? value.ToString(format[..^3], CultureInfo.InvariantCulture) + " nm"
        : format.EndsWith(" %", StringComparison.Ordinal) ? value.ToString(format[..^2], CultureInfo.InvariantCulture) + " %"
        : value.ToString(format, CultureInfo.InvariantCulture)
        : "unknown";

    private static double Rms(FrameUncertainty[] frames, Func<FrameUncertainty, double> error) =>
        Math.Sqrt(frames.Select(error).Where(double.IsFinite).Select(static e => e * e).DefaultIfEmpty(double.NaN).Average());
}
