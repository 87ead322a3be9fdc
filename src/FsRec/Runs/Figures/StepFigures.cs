using FsRec.Focus;

namespace FsRec.Runs;

/// <summary>What a focus-step analysis found.</summary>
public sealed record StepFigures
{
    /// <summary>Focus step in nm an image.</summary>
    public required double Step { get; init; }

    /// <summary>Its standard error in nm.</summary>
    public required double StepError { get; init; }

    /// <summary>Focus of the first frame on the line in nm.</summary>
    public required double FirstFocus { get; init; }

    /// <summary>Standard deviation from the line in nm.</summary>
    public required double Deviation { get; init; }

    /// <summary>Coefficient of determination.</summary>
    public required double RSquared { get; init; }

    /// <summary>One estimate a frame.</summary>
    public required IReadOnlyList<FocusEstimate> Frames { get; init; }

    /// <summary>Foci on the line as a value of the key Foci.</summary>
    public required string FittedFoci { get; init; }

    /// <summary>Refined foci as a value of the key Foci.</summary>
    public required string RefinedFoci { get; init; }

    /// <summary>The figures of a result, if there is one.</summary>
    public static StepFigures? Of(FocusStepAnalysis? analysis) => analysis is null ? null : new StepFigures
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
}
