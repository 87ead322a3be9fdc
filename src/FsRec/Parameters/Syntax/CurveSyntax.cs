using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using FsRec.Optics;

namespace FsRec.Parameters;

/// <summary>
/// A curve of the detector: a file of a table, a list of values at even steps from frequency 0 to the Nyquist frequency, with or without brackets, or the word None, which
/// takes off the curve that was given before.
/// </summary>
/// <param name="kind">What the curve is of.</param>
internal sealed class CurveSyntax(DetectorCurveKind kind) : ValueSyntax<CurveSource>
{
    /// <summary>The word for no curve.</summary>
    public const string None = "None";

    private static readonly TextSyntax File = new(ParameterKind.Curve);

    private readonly RealListSyntax _list = new(
        ParameterKind.NumberList, NumberBounds.None, $"a file, or a list of numbers at even steps from frequency 0 to the Nyquist frequency, {CurveRules.Expected(kind)}");

    public override ParameterKind Kind => ParameterKind.Curve;

    public override bool TryRead(
        string text, [NotNullWhen(true)] out CurveSource? value, [NotNullWhen(false)] out ValueProblem? problem)
    {
        if (IsNone(text))
        {
            (value, problem) = (CurveSource.None, null);
            return true;
        }

        value = null;
        if (!IsList(text))
        {
            if (File.TryRead(text, out string? path, out problem))
            {
                value = CurveSource.Of(path);
            }

            return value is not null;
        }

        if (_list.TryRead(text, out IReadOnlyList<double>? numbers, out problem))
        {
            problem = CurveRules.Check(kind, numbers);
            value = problem is null ? CurveSource.Of(numbers) : null;
        }

        return problem is null;
    }

    public override string Print(CurveSource value) => value.Path is { } path ? File.Print(path) : _list.Print(value.Values);

    public override object Plain(CurveSource value) => value.Path is { } path ? path : _list.Plain(value.Values);

    /// <summary>Whether a text is the path of a file, and neither a list of values nor the word for none.</summary>
    /// <param name="text">The text.</param>
    public static bool IsFile(string text) => !IsNone(text) && !IsList(text);

    private static bool IsNone(string text) => text.Trim().Equals(None, StringComparison.OrdinalIgnoreCase);

    // Two or more numbers are no file's name: a shell, or a person, leaves brackets out.
    private static bool IsList(string text) => text.AsSpan().TrimStart().StartsWith("[")
        || (text.Split(',') is { Length: > 1 } items && Array.TrueForAll(items, static item => double.TryParse(item, NumberStyles.Float, CultureInfo.InvariantCulture, out _)));
}
