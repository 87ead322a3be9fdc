using FsRec.Results;
using FsRec.Runs;

namespace FsRec.Cli;

/// <summary>What a run says of itself at its end, for people and as JSON.</summary>
internal sealed record RunSummary
{
    public required int Frames { get; init; }

    public int? Iterations { get; init; }

    public double? ScatteredFraction { get; init; }

    public double? ResidualRms { get; init; }

    public double? LastLargestMove { get; init; }

    public double? LastLargestMoveWithoutTilt { get; init; }

    public required double Seconds { get; init; }

    public required IReadOnlyList<FrameDisplacement> Displacements { get; init; }

    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The refinement by the full image model, if there was one.</summary>
    public NonlinearSummary? Nonlinear { get; init; }

    /// <summary>How the wave was restored.</summary>
    public string? Restoration { get; init; }

    /// <summary>The pre-alignment's method, if there was one.</summary>
    public string? Prealignment { get; init; }

    /// <summary>By which way the series was aligned, why, and how certain the places are.</summary>
    public AlignmentSummary? Alignment { get; init; }

    /// <summary>The warnings of the run.</summary>
    public IReadOnlyList<WarningSummary> Warnings { get; init; } = [];

    /// <summary>How far the wave, the displacements and the foci are to be trusted, if the restoration has a model of its noise.</summary>
    public UncertaintySummary? Uncertainty { get; init; }

    /// <summary>The focus-step analysis, if there was one.</summary>
    public StepSummary? StepAnalysis { get; init; }

    /// <summary>The autofocus, if there was one.</summary>
    public AutofocusSummary? Autofocus { get; init; }

    /// <summary>Frames that were left out and predicted, if that was asked for.</summary>
    public CrossValidationSummary? CrossValidation { get; init; }

    /// <summary>The resolution by two halves of the series, if the run reconstructed.</summary>
    public ResolutionSummary? Resolution { get; init; }

    /// <summary>Error against the truth, for a simulated series.</summary>
    public TruthSummary? Truth { get; init; }

    public static RunSummary Of(RunResult result)
    {
        // Iterations and moves are those of the alignment; what is scattered and left is the wave's, whatever restored it.
        IterationRecord? last = result.LastLinearIteration;
        Reconstruction? wave = result.Reconstruction is { ResidualRms: var left } found && double.IsFinite(left) ? found : null;
        return new RunSummary
        {
            Frames = result.Aligned.Series.Count,
            Iterations = last?.Iteration,
            ScatteredFraction = wave?.ScatteredFraction ?? last?.ScatteredFraction,
            ResidualRms = wave?.ResidualRms ?? last?.ResidualRms,
            LastLargestMove = last?.LargestMove,
            LastLargestMoveWithoutTilt = last?.LargestMoveWithoutTilt,
            Seconds = Math.Round(result.Elapsed.TotalSeconds, 3),
            Displacements = result.Aligned.Displacements,
            Files = result.Files,
            Nonlinear = NonlinearSummary.Of(result.Nonlinear),
            Restoration = result.Reconstruction?.Method.ToString(),
            Prealignment = result.Prealignment?.Method,
            Alignment = AlignmentSummary.Of(result.Prealignment),
            Uncertainty = UncertaintySummary.Of(result.Reconstruction?.Uncertainty),
            StepAnalysis = StepSummary.Of(result.StepAnalysis),
            CrossValidation = CrossValidationSummary.Of(result.CrossValidation),
            Autofocus = AutofocusSummary.Of(result.Autofocus),
        };
    }
}
