using FsRec.Results;

namespace FsRec.Cli;

/// <summary>Frames that were left out and predicted, for people and as JSON.</summary>
internal sealed record CrossValidationSummary(string Method, int Every, double Correlation, double ReducedChiSquare, IReadOnlyList<PredictedFrame> Frames)
{
    /// <summary>The summary of a cross-validation, if there was one.</summary>
    public static CrossValidationSummary? Of(CrossValidationResult? result) =>
        result is null ? null : new(result.Method.ToString(), result.Every, result.Correlation, result.ReducedChiSquare, result.Frames);

    /// <summary>Writes a line for each frame that was left out, and one for all.</summary>
    public void Write(TextWriter output)
    {
        foreach (PredictedFrame frame in Frames)
        {
            output.WriteLine(frame);
        }

        output.WriteLine(FormattableString.Invariant(
            $"{Method}: {Frames.Count} images left out and predicted, correlation {Correlation:0.000}, reduced chi-square {ReducedChiSquare:0.00}"));
    }
}
