using System.Diagnostics.CodeAnalysis;

namespace FsRec.Parameters;

/// <summary>One of a few words, in any case.</summary>
internal sealed class ChoiceSyntax(params string[] choices) : ValueSyntax<string>
{
    public override ParameterKind Kind => ParameterKind.Choice;

    public override IReadOnlyList<string> Choices => choices;

    public override bool TryRead(
        string text, [NotNullWhen(true)] out string? value, [NotNullWhen(false)] out ValueProblem? problem)
    {
        value = choices.FirstOrDefault(choice => choice.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase));
        problem = value is null ? new(NumberText.Quote(text), string.Join(" or ", choices), Spelling.Nearest(text, choices) is { } near ? $"The nearest is {near}." : null) : null;
        return value is not null;
    }

    public override string Print(string value) => value;
}
