using System.Diagnostics.CodeAnalysis;

namespace FsRec.Parameters;

/// <summary>A syntax whose values have another type in the program, such as a pair of numbers that is a band.</summary>
internal sealed class ConvertedSyntax<TText, T>(
    ValueSyntax<TText> inner, ParameterKind kind, Func<TText, T> from, Func<T, TText> to, Func<T, ValueProblem?> check)
    : ValueSyntax<T>
    where TText : notnull
    where T : notnull
{
    public override ParameterKind Kind => kind;

    public override NumberBounds Bounds => inner.Bounds;

    public override IReadOnlyList<string> Choices => inner.Choices;

    public override bool TryRead(
        string text, [NotNullWhen(true)] out T? value, [NotNullWhen(false)] out ValueProblem? problem)
    {
        value = default;
        if (!inner.TryRead(text, out TText? read, out problem))
        {
            return false;
        }

        value = from(read);
        problem = check(value);
        return problem is null;
    }

    public override string Print(T value) => inner.Print(to(value));

    public override object Plain(T value) => inner.Plain(to(value));
}
