namespace FsRec.Parameters;

/// <summary>Why a text is no value of a key.</summary>
/// <param name="Found">What was found.</param>
/// <param name="Expected">What was expected.</param>
/// <param name="Hint">The way out, as a sentence.</param>
internal sealed record ValueProblem(string Found, string Expected, string? Hint = null)
{
    /// <summary>Decimals behind a comma.</summary>
    /// <param name="text">The text.</param>
    /// <param name="example">How it is written.</param>
    public static ValueProblem DecimalComma(string text, string example) => new(NumberText.Quote(text), $"a decimal point, as in {example}");
}
