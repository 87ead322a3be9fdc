using System.Diagnostics.CodeAnalysis;

namespace FsRec.Parameters;

/// <summary>A list of numbers, as in <c>[-275.71,-228.47]</c>; of any length but zero unless one is given.</summary>
/// <param name="kind">The form.</param>
/// <param name="bounds">Bounds of each number.</param>
/// <param name="expected">What is expected, in words.</param>
/// <param name="length">How many numbers; <see langword="null"/> for one or more.</param>
/// <param name="oneForAll">Whether one number stands for all of them.</param>
internal sealed class RealListSyntax(ParameterKind kind, NumberBounds bounds, string expected, int? length = null, bool oneForAll = false)
    : ValueSyntax<IReadOnlyList<double>>
{
    private readonly bool _isWhole = kind == ParameterKind.WholeNumberPair;

    public override ParameterKind Kind => kind;

    public override NumberBounds Bounds => bounds;

    public override bool TryRead(
        string text,
        [NotNullWhen(true)] out IReadOnlyList<double>? value,
        [NotNullWhen(false)] out ValueProblem? problem)
    {
        value = null;
        problem = null;
        if (!NestedList.TryRead(text, out IReadOnlyList<NestedList>? items, out string? complaint))
        {
            problem = new(NumberText.Quote(text), expected, complaint);
            return false;
        }

        if (items.Count == 0 || (length is { } wanted && items.Count != wanted && !(oneForAll && items.Count == 1)))
        {
            string count = items.Count switch { 0 => "no values", 1 => "one value", int n => $"{n} values" };
            problem = WithCommas(text, items) ?? new($"{count} in {NumberText.Quote(text)}", expected);
            return false;
        }

        if (oneForAll && items.Count == 2 && IsFraction(items[1]) && WithCommas(text, items) is { } commas)
        {
            problem = commas;
            return false;
        }

        double[] numbers = new double[items.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!TryItem(items[i], out numbers[i], out problem))
            {
                problem = WithCommas(text, items) ?? problem;
                return false;
            }
        }

        value = oneForAll && numbers.Length == 1 && length is { } all ? [.. Enumerable.Repeat(numbers[0], all)] : numbers;
        return true;
    }

    public override string Print(IReadOnlyList<double> value) =>
        $"[{string.Join(',', value.Select(NumberText.Print))}]";

    public override object Plain(IReadOnlyList<double> value) =>
        _isWhole ? value.Select(static number => (int)number).ToArray() : value.ToArray();

    // Digits behind a zero, as of 1,045, are those of decimals: no number begins so.
    private static bool IsFraction(NestedList item) => item.Word is { Length: > 1 } word && word[0] == '0' && word.All(char.IsAsciiDigit);

    // Where so many numbers are expected, and a comma is between a number and its decimals: 0,045 is two items for one, and 0,5,4 three for two.
    private ValueProblem? WithCommas(string text, IReadOnlyList<NestedList> items)
    {
        string[] words = [.. items.Select(static item => item.Word ?? "")];
        bool isSpreadsheet = words.Any(static word => word.Contains(';', StringComparison.Ordinal));
        if (_isWhole || (length is null && !isSpreadsheet) || items.Any(static item => item.Word is null))
        {
            return null;
        }

        int wanted = length ?? 1 + string.Join(',', words).Count(static c => c == ';');
        if (oneForAll && words.Length == 2)
        {
            // From a list of numbers, as PowerShell makes it of what is typed, zeros are gone.
            bool isTyped = IsFraction(items[1]) || !text.TrimStart().StartsWith('[');
            return (words[0] == "0" || IsFraction(items[1])) && words[1].All(char.IsAsciiDigit)
                ? ValueProblem.DecimalComma(text, isTyped ? $"{words[0]}.{words[1]}" : "0.043")
                : null;
        }

        // As spreadsheets write lists where commas are in numbers.
        string list = isSpreadsheet ? string.Join(',', words).Replace(',', '.').Replace(';', ',')
            : words.Length == 2 * wanted ? string.Join(',', words.Chunk(2).Select(static pair => string.Join('.', pair)))
            : words.Length == 3 && wanted == 2 ? $"{words[0]}.{words[1]},{words[2]}"
            : "";
        return list.Split(',') is { } numbers && numbers.Length == wanted && Array.TrueForAll(numbers, static number => NumberText.TryReal(number, out _))
            ? ValueProblem.DecimalComma(text, $"[{list}]")
            : null;
    }

    private bool TryItem(NestedList item, out double number, [NotNullWhen(false)] out ValueProblem? problem)
    {
        number = 0;
        if (item.Word is not { } word)
        {
            problem = new("a list in a list", expected);
        }
        else if (!NumberText.TryReal(word, out number))
        {
            problem = new(NumberText.Quote(word), expected, NumberText.Hint(word, null));
        }
        else if ((_isWhole && !NumberText.TryInteger(word, out _)) || !bounds.Contains(number))
        {
            problem = new(NumberText.Quote(word), expected);
        }
        else
        {
            problem = null;
        }

        return problem is null;
    }
}
