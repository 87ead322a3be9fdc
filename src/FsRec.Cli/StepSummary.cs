using FsRec.Focus;

namespace FsRec.Cli;

/// <summary>What a focus-step analysis found.</summary>
internal sealed record StepSummary
{
    public required double Step { get; init; }

    public required double StepError { get; init; }

    public required double FirstFocus { get; init; }

    public required double Deviation { get; init; }

    public required double RSquared { get; init; }

    public required IReadOnlyList<FocusEstimate> Frames { get; init; }

    public required string FittedFoci { get; init; }

    public required string RefinedFoci { get; init; }

    public static StepSummary? Of(FocusStepAnalysis? analysis) => analysis is null ? null : new StepSummary
    {
        Step = analysis.Step,
        StepError = analysis.StepError,
        FirstFocus = analysis.FirstFocus,
        Deviation = analysis.Deviation,
        RSquared = analysis.RSquared,
        Frames = analysis.Frames,
        FittedFoci = analysis.FittedFociText,
        RefinedFoci = analysis.RefinedFociText,
    };

    /// <summary>Writes the table, the fit and both lists of foci.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine(" image   initial   refined    fitted  difference  deviation");
        foreach (FocusEstimate f in Frames)
        {
            output.WriteLine(FormattableString.Invariant(
                $"{f.ImageNumber,6} {f.Initial,9:0.000} {f.Refined,9:0.000} {f.Fitted,9:0.000} {f.Difference,11:0.0000} {f.Deviation,10:0.0000}{(f.IsOutlier ? "  outlier" : "")}"));
        }

        output.WriteLine(FormattableString.Invariant(
            $"Focus step {Step:0.000} ± {StepError:0.000} nm, first focus {FirstFocus:0.000} nm, deviation {Deviation:0.000} nm, r² {RSquared:0.0000}"));
        output.WriteLine("Focus values on the line in input format:");
        output.WriteLine("Foci=" + FittedFoci);
        output.WriteLine("Refined focus values in input format:");
        output.WriteLine("Foci=" + RefinedFoci);
    }
}
