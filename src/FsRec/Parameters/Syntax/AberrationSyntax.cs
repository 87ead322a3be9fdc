using System.Diagnostics.CodeAnalysis;

namespace FsRec.Parameters;

/// <summary>Off, On, or a list of aberrations, in brackets or without; On is what can be fitted by itself, C3.</summary>
internal sealed class AberrationSyntax : ValueSyntax<RefinedAberrations>
{
    private const string Off = "Off";
    private static readonly string[] Nothing = [Off, "No", "False", "0", "None"];
    private static readonly string[] Usual = ["On", "Yes", "True", "1"];
    private static readonly string[] Names =
    [
        nameof(RefinedAberrations.C1), nameof(RefinedAberrations.C3), nameof(RefinedAberrations.A1), nameof(RefinedAberrations.A2), nameof(RefinedAberrations.B2),
    ];

    public override ParameterKind Kind => ParameterKind.ChoiceList;

    public override IReadOnlyList<string> Choices => ["On", Off, .. Names];

    public override bool TryRead(string text, out RefinedAberrations value, [NotNullWhen(false)] out ValueProblem? problem)
    {
        value = RefinedAberrations.None;
        problem = null;
        string inner = text.Trim();
        if (inner.Length > 1 && inner[0] == '[' && inner[^1] == ']')
        {
            inner = inner[1..^1].Trim();
        }

        if (Nothing.Contains(inner, StringComparer.OrdinalIgnoreCase))
        {
            return true;
        }

        if (Usual.Contains(inner, StringComparer.OrdinalIgnoreCase))
        {
            value = RefinedAberrations.C3;
            return true;
        }

        foreach (string word in inner.Split(',', ' ').Select(static w => w.Trim('"', '\'')).Where(static w => w.Length > 0).DefaultIfEmpty(""))
        {
            string? name = Names.FirstOrDefault(n => n.Equals(word, StringComparison.OrdinalIgnoreCase));
            if (name is null)
            {
                problem = new(NumberText.Quote(word), $"On, Off, or a list of {string.Join(", ", Names)}", "Write it as in C3, A1.");
                return false;
            }

            value |= Enum.Parse<RefinedAberrations>(name);
        }

        return true;
    }

    public override string Print(RefinedAberrations value) =>
        value == RefinedAberrations.None ? Off : string.Join(", ", NamesOf(value));

    public override object Plain(RefinedAberrations value) => value == RefinedAberrations.None ? [Off] : NamesOf(value);

    private static string[] NamesOf(RefinedAberrations value) => [.. Names.Where(n => value.HasFlag(Enum.Parse<RefinedAberrations>(n)))];
}
