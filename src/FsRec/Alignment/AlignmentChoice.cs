namespace FsRec.Alignment;

/// <summary>By which way a series was aligned, and why.</summary>
/// <param name="Method">The way: <c>sequential</c>, frame against frame, or <c>model</c>, each frame against what the others predict for it.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Likeness">
/// How much alike neighbours are expected to be, a quarter of them less, by the power of the specimen as measured and the contrast transfer: a correlation
/// coefficient, 1 for equal images.
/// </param>
/// <param name="LogLikelihood">Log-likelihood of the frames where they lie, each predicted from all others; NaN where it was not asked for.</param>
/// <param name="OtherLogLikelihood">The same of the best alignment that was not kept; NaN where there was none.</param>
public sealed record AlignmentChoice(string Method, string Reason, double Likeness, double LogLikelihood = double.NaN, double OtherLogLikelihood = double.NaN)
{
    /// <inheritdoc />
    public override string ToString() => $"{Method}: {Reason}";
}
