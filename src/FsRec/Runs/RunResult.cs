using FsRec.Alignment;
using FsRec.Focus;
using FsRec.Reconstructions;
using FsRec.Results;
using FsRec.Series;

namespace FsRec.Runs;

/// <summary>What a run found and which files it wrote.</summary>
public sealed record RunResult
{
    /// <summary>The series with its displacements.</summary>
    public required AlignedSeries Aligned { get; init; }

    /// <summary>The pre-alignment; <see langword="null"/> when there was none.</summary>
    public PrealignmentResult? Prealignment { get; init; }

    /// <summary>The reconstruction; <see langword="null"/> when the run ended before one.</summary>
    public Reconstruction? Reconstruction { get; init; }

    /// <summary>The linear reconstruction that a refinement started from; <see langword="null"/> when there was no refinement.</summary>
    public Reconstruction? Linear { get; init; }

    /// <summary>The refinement by the full image model; <see langword="null"/> when there was none.</summary>
    public NonlinearResult? Nonlinear { get; init; }

    /// <summary>The last of the linear iterations; <see langword="null"/> when there were none. A refinement's own are of another kind.</summary>
    public IterationRecord? LastLinearIteration =>
        (Linear ?? (Reconstruction is { NonlinearHistory.Count: 0 } linear ? linear : null)) is { History: [.., var last] } ? last : null;

    /// <summary>The focus-step analysis; <see langword="null"/> when there was none.</summary>
    public FocusStepAnalysis? StepAnalysis { get; init; }

    /// <summary>The autofocus; <see langword="null"/> when there was none.</summary>
    public AutofocusResult? Autofocus { get; init; }

    /// <summary>Frames that were left out and predicted; <see langword="null"/> when that was not asked for.</summary>
    public CrossValidationResult? CrossValidation { get; init; }

    /// <summary>Full paths of the files written, in the order of writing.</summary>
    public required IReadOnlyList<string> Files { get; init => field = value.ToArray(); }

    /// <summary>The name by which the record beside the files knows the run; <see langword="null"/> where nothing was recorded.</summary>
    public string? RunId { get; init; }

    /// <summary>What the run says of itself; see <see cref="GetRecord"/>.</summary>
    internal RunRecord? Record { get; init; }

    /// <summary>The resolution by two halves of the series; <see langword="null"/> where it was not measured.</summary>
    public Resolution.ResolutionMeasurement? Resolution { get; init; }

    /// <summary>Why the resolution was not measured although that was asked for; <see langword="null"/> where it was.</summary>
    internal string? ResolutionNote { get; init; }

    /// <summary>The warnings of the run, in order.</summary>
    public IReadOnlyList<RunMessage> Warnings { get; init => field = value.ToArray(); } = [];

    /// <summary>Whether a warning says that the result is not to be trusted as it is: images lost or ambiguous, a misfit, no convergence.</summary>
    public bool IsDoubtful => Warnings.Any(static w => RunWarnings.IsDoubt(w.Id));

    /// <summary>How long the run took.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>What the run says of itself: the record beside its files, which <c>--json</c> prints.</summary>
    /// <exception cref="FsRecException">No run made the result.</exception>
    public RunRecord GetRecord() => Record ?? throw new FsRecException("No run made this result, so that it has no record.");

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"{Aligned.Series.Parameters.Files.InputFileName}: {(Reconstruction is { } found ? found.ToString() : Aligned.ToString())}; {Counted.Of(Files.Count, "file")} in {Elapsed.TotalSeconds:0.0} s");
}
