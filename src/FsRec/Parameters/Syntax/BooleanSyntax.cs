using System.Diagnostics.CodeAnalysis;

namespace FsRec.Parameters;

/// <summary>A switch; printed with the words that the documentation uses for its key.</summary>
internal sealed class BooleanSyntax(string yes, string no) : ValueSyntax<bool>
{
    private static readonly string[] Yes = ["On", "Yes", "True", "1"];
    private static readonly string[] No = ["Off", "No", "False", "0"];

    public override ParameterKind Kind => ParameterKind.Boolean;

    public override IReadOnlyList<string> Choices => [yes, no];

    public override bool TryRead(string text, out bool value, [NotNullWhen(false)] out ValueProblem? problem)
    {
        value = Yes.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase);
        bool known = value || No.Contains(text.Trim(), StringComparer.OrdinalIgnoreCase);
        problem = known ? null : new(NumberText.Quote(text), "On or Off, Yes or No, True or False, 1 or 0");
        return known;
    }

    public override string Print(bool value) => value ? yes : no;
}
