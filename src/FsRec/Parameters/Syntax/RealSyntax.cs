using System.Diagnostics.CodeAnalysis;

namespace FsRec.Parameters;

/// <summary>A number inside bounds.</summary>
internal sealed class RealSyntax(NumberBounds bounds, string? unit) : ValueSyntax<double>
{
    public override ParameterKind Kind => ParameterKind.Number;

    public override NumberBounds Bounds => bounds;

    public override bool TryRead(string text, out double value, [NotNullWhen(false)] out ValueProblem? problem)
    {
        problem = null;
        if (!NumberText.TryReal(text, out value))
        {
            problem = new(NumberText.Quote(text), Expectation(), NumberText.Hint(text, unit));
        }
        else if (!bounds.Contains(value))
        {
            problem = new(NumberText.Quote(text), Expectation());
        }

        return problem is null;
    }

    public override string Print(double value) => NumberText.Print(value);

    private string Expectation() =>
        string.Join(' ', new[] { "a number", bounds.ToString(), unit is null ? "" : $"in {unit}" }.Where(p => p != ""));
}
