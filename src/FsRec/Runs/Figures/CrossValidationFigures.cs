using FsRec.Results;

namespace FsRec.Runs;

/// <summary>Frames that were left out and predicted, for people and as JSON.</summary>
public sealed record CrossValidationFigures(string Method, int Every, double Correlation, double ReducedChiSquare, IReadOnlyList<PredictedFrame> Frames)
{
    /// <summary>The summary of a cross-validation, if there was one.</summary>
    public static CrossValidationFigures? Of(CrossValidationResult? result) =>
        result is null ? null : new(result.Method.ToString(), result.Every, result.Correlation, result.ReducedChiSquare, result.Frames);
}
