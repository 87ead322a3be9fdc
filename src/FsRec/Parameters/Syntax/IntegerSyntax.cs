using System.Diagnostics.CodeAnalysis;

namespace FsRec.Parameters;

/// <summary>A whole number inside bounds.</summary>
internal sealed class IntegerSyntax(NumberBounds bounds) : ValueSyntax<int>
{
    public override ParameterKind Kind => ParameterKind.WholeNumber;

    public override NumberBounds Bounds => bounds;

    public override bool TryRead(string text, out int value, [NotNullWhen(false)] out ValueProblem? problem)
    {
        problem = null;
        if (!NumberText.TryInteger(text, out value))
        {
            string? hint = NumberText.TryReal(text, out _) ? null : NumberText.Hint(text, null);
            problem = new(NumberText.Quote(text), $"a whole number {bounds}".TrimEnd(), hint);
        }
        else if (!bounds.Contains(value))
        {
            problem = new(NumberText.Quote(text), $"a whole number {bounds}".TrimEnd());
        }

        return problem is null;
    }

    public override string Print(int value) => NumberText.Print(value);
}
