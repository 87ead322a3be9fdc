using System.Diagnostics.CodeAnalysis;

namespace FsRec.Parameters;

/// <summary>A number inside bounds.</summary>
internal sealed class RealSyntax(NumberBounds bounds, string? unit, string? example = null) : ValueSyntax<double>
{
    public override ParameterKind Kind => ParameterKind.Number;

    public override NumberBounds Bounds => bounds;

    public override bool TryRead(string text, out double value, [NotNullWhen(false)] out ValueProblem? problem)
    {
        (value, problem) = (0, null);
        if (NumberText.IsDecimalComma(text, out double meant))
        {
            problem = ValueProblem.DecimalComma(text, NumberText.Print(meant));
        }
        else if (!NumberText.TryReal(text, out value))
        {
            // Of a number with a comma in it PowerShell makes two.
            string expected = NestedList.TryRead(text, out IReadOnlyList<NestedList>? items, out _) && items.Count == 2 ? Expectation() + ", with a decimal point where it has decimals" : Expectation();
            problem = new(NumberText.Quote(text), expected, NumberText.Hint(text, unit));
        }
        else if (!bounds.Contains(value))
        {
            problem = new(NumberText.Quote(text), Expectation(), example);
        }

        return problem is null;
    }

    public override string Print(double value) => NumberText.Print(value);

    private string Expectation() =>
        string.Join(' ', new[] { "a number", bounds.ToString(), unit is null ? "" : $"in {unit}" }.Where(p => p != ""));
}
