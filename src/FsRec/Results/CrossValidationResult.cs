using FsRec.Parameters;

namespace FsRec.Results;

/// <summary>How well a reconstruction predicts frames that it has not seen.</summary>
/// <param name="Method">How the wave was restored.</param>
/// <param name="Every">Every how many-th frame was left out.</param>
/// <param name="Frames">The frames that were left out.</param>
public sealed record CrossValidationResult(RestorationMethod Method, int Every, IReadOnlyList<PredictedFrame> Frames)
{
    /// <summary>The frames that were left out.</summary>
    public IReadOnlyList<PredictedFrame> Frames { get; init => field = value.ToArray(); } = Frames.ToArray();

    /// <summary>Mean correlation of the frames that were left out.</summary>
    public double Correlation => Frames.Average(static f => f.Correlation);

    /// <summary>Mean reduced chi-square of the frames that were left out.</summary>
    public double ReducedChiSquare => Frames.Average(static f => f.ReducedChiSquare);

    /// <inheritdoc />
    public override string ToString() => FormattableString.Invariant(
        $"{Method}: {Counted.Of(Frames.Count, "image")} left out and predicted, correlation {Correlation:0.000} ({Frames.Min(static f => f.Correlation):0.000} to {Frames.Max(static f => f.Correlation):0.000}), reduced chi-square {ReducedChiSquare:0.00}");
}
