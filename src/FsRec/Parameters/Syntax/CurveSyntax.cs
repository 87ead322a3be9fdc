using System.Diagnostics.CodeAnalysis;
using FsRec.Optics;

namespace FsRec.Parameters;

/// <summary>A curve of the detector: a file of a table, or a list of values at even steps from frequency 0 to the Nyquist frequency.</summary>
/// <param name="kind">What the curve is of.</param>
internal sealed class CurveSyntax(DetectorCurveKind kind) : ValueSyntax<CurveSource>
{
    private static readonly TextSyntax File = new(ParameterKind.Curve);

    private readonly RealListSyntax _list = new(
        ParameterKind.NumberList, NumberBounds.None, $"a file, or a list of numbers at even steps from frequency 0 to the Nyquist frequency, {CurveRules.Expected(kind)}");

    public override ParameterKind Kind => ParameterKind.Curve;

    public override bool TryRead(
        string text, [NotNullWhen(true)] out CurveSource? value, [NotNullWhen(false)] out ValueProblem? problem)
    {
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

    /// <summary>Whether a text is a list of values and not the path of a file.</summary>
    public static bool IsList(string text) => text.AsSpan().TrimStart().StartsWith("[");
}
