using FsRec.Parameters;
using FsRec.Results;
using FsRec.Series;
using FsRec.Statistics;

namespace FsRec.Runs;

/// <summary>
/// Warns of a wave that leaves most of what the frames show unexplained. It is the wave of the result that counts: the linear one, from which the other restorations
/// have but the places, is mostly noise where Limit lies beyond what the series resolves.
/// </summary>
internal static class MisfitWarning
{
    /// <summary>Of the share of the frames' power that a wave leaves unexplained: it explains less than half.</summary>
    public const double TolerableUnexplained = 0.5;

    // From where on a linear wave is worth a word.
    private const double NoticeableUnexplained = 0.1;

    // Shares of the power that is not explained. Defects that have that of it may be all there is to it, or may be a part: of dead rows in frames of few electrons
    // a seventh is found.
    private const double Most = 0.5;
    private const double Part = 0.01;

    /// <summary>The warning; <see langword="null"/> where the wave explains the frames, or nothing is known of it.</summary>
    /// <param name="result">The result.</param>
    public static RunMessage? Of(Reconstruction result)
    {
        if (result.Fit is not { } linear)
        {
            return null;
        }

        LinearFit fit = result.Method == RestorationMethod.Linear || double.IsNaN(result.ResidualRms) ? linear : linear with { ResidualRms = result.ResidualRms };
        if (!(fit.Unexplained > TolerableUnexplained))
        {
            return null;
        }

        string part = fit.Unexplained < 1 ? FormattableString.Invariant($"{100 * fit.Unexplained:0} %") : "more than all";
        string wave = ReferenceEquals(fit, linear) ? "the linear wave" : "the wave";
        return RunMessage.Warning(WarningIds.Misfit, $"{wave} leaves {part} of what the frames show above their noise unexplained ({fit}). {Remedy(result, fit)}");
    }

    /// <summary>
    /// What is told of a linear wave that explains most of what the frames show, but leaves more than the linear theory does of a weak object;
    /// <see langword="null"/> otherwise.
    /// </summary>
    /// <param name="result">The result.</param>
    /// <param name="names">What the host calls options.</param>
    public static string? Hint(Reconstruction result, OptionNames names) =>
        result is { Method: RestorationMethod.Linear, Fit: { Unexplained: > NoticeableUnexplained and <= TolerableUnexplained } fit }
            ? FormattableString.Invariant($"The linear wave leaves {100 * fit.Unexplained:0} % of what the frames show above their noise unexplained ({fit}). Of a strong object it is wrong by more than that; {names.Restoring("Nonlinear")} to see.")
            : null;

    private static string Remedy(Reconstruction result, LinearFit fit)
    {
        FocalSeries series = result.Series;
        string limit = series.Source is { IsLimitAssumed: true } ? "Limit, which nobody gave, " : "";
        string strong = result.Method == RestorationMethod.Nonlinear ? "" : " A strong object takes Restoration=Nonlinear.";
        // Of few frames the spectra do not tell, and foci in Å are the likeliest fault.
        string foci = series.Foci.Max(Math.Abs) < FocusUnit.Suspicious ? "foci"
            : FormattableString.Invariant($"foci (in nm: {series.Foci[0]:0.#} to {series.Foci[^1]:0.#}; were they given in Å?)");
        string parameters = $"Are {limit}{foci}, pixel size, voltage and aberrations right?{strong}";
        return (series.DefectPower / fit.UnexplainedPower) switch
        {
            >= Most => "It is made of frames with defective pixels; Fixhotpix=Yes replaces them.",
            >= Part => $"It is made of frames with defective pixels; Fixhotpix=Yes replaces them. If that does not help: {char.ToLowerInvariant(parameters[0])}{parameters[1..]}",
            _ => parameters,
        };
    }
}
