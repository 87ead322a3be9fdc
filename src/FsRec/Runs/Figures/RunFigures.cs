using FsRec.Results;
using FsRec.Series;

namespace FsRec.Runs;

/// <summary>The figures of a run at its end.</summary>
public sealed record RunFigures
{
    /// <summary>Number of frames.</summary>
    public required int Frames { get; init; }

    /// <summary>Linear iterations.</summary>
    public int? Iterations { get; init; }

    /// <summary>Share of the electrons that the specimen scattered.</summary>
    public double? ScatteredFraction { get; init; }

    /// <summary>What the wave leaves of the frames, RMS.</summary>
    public double? ResidualRms { get; init; }

    /// <summary>Longest move of a frame in the last iteration in px.</summary>
    public double? LastLargestMove { get; init; }

    /// <summary>The same without the part linear in defocus.</summary>
    public double? LastLargestMoveWithoutTilt { get; init; }

    /// <summary>Displacement of each frame in px.</summary>
    public required IReadOnlyList<FrameDisplacement> Displacements { get; init; }

    /// <summary>RMS of the displacements in px.</summary>
    public double? Drift { get; init; }

    /// <summary>The refinement by the full image model, if there was one.</summary>
    public RefinementFigures? Nonlinear { get; init; }

    /// <summary>How the wave was restored.</summary>
    public string? Restoration { get; init; }

    /// <summary>The pre-alignment's method, if there was one.</summary>
    public string? Prealignment { get; init; }

    /// <summary>By which way the series was aligned, why, and how certain the places are.</summary>
    public AlignmentFigures? Alignment { get; init; }

    /// <summary>How far the wave, the displacements and the foci are to be trusted, if the restoration has a model of its noise.</summary>
    public UncertaintyFigures? Uncertainty { get; init; }

    /// <summary>The focus-step analysis, if there was one.</summary>
    public StepFigures? StepAnalysis { get; init; }

    /// <summary>The autofocus, if there was one.</summary>
    public AutofocusFigures? Autofocus { get; init; }

    /// <summary>Frames that were left out and predicted, if that was asked for.</summary>
    public CrossValidationFigures? CrossValidation { get; init; }

    /// <summary>The resolution by two halves of the series, if the run reconstructed.</summary>
    public ResolutionFigures? Resolution { get; init; }

    /// <summary>Error against the truth, for a simulated series.</summary>
    public TruthFigures? Truth { get; init; }

    /// <summary>The figures of a result, if there is one.</summary>
    public static RunFigures Of(RunResult result)
    {
        // Iterations and moves are those of the alignment; what is scattered and left is the wave's, whatever restored it.
        IterationRecord? last = result.LastLinearIteration;
        Reconstruction? wave = result.Reconstruction is { ResidualRms: var left } found && double.IsFinite(left) ? found : null;
        return new RunFigures
        {
            Frames = result.Aligned.Series.Count,
            Iterations = last?.Iteration,
            ScatteredFraction = wave?.ScatteredFraction ?? last?.ScatteredFraction,
            ResidualRms = wave?.ResidualRms ?? last?.ResidualRms,
            LastLargestMove = last?.LargestMove,
            LastLargestMoveWithoutTilt = last?.LargestMoveWithoutTilt,
            Displacements = result.Aligned.Displacements,
            Drift = DisplacementAlgebra.Rms(result.Aligned.Displacements),
            Nonlinear = RefinementFigures.Of(result.Nonlinear),
            Restoration = result.Reconstruction?.Method.ToString(),
            Prealignment = result.Prealignment?.Method,
            Alignment = AlignmentFigures.Of(result.Prealignment),
            Uncertainty = UncertaintyFigures.Of(result.Reconstruction?.Uncertainty),
            StepAnalysis = StepFigures.Of(result.StepAnalysis),
            CrossValidation = CrossValidationFigures.Of(result.CrossValidation),
            Autofocus = AutofocusFigures.Of(result.Autofocus),
            Resolution = ResolutionFigures.Of(result.Resolution) ?? (result.ResolutionNote is { } note ? ResolutionFigures.Without(note) : null),
        };
    }
}
