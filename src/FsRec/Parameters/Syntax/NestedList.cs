using System.Diagnostics.CodeAnalysis;

namespace FsRec.Parameters;

/// <summary>A list in square brackets whose items are words or lists of words, as in <c>[[5,10],13]</c>.</summary>
/// <param name="Word">The item's text; <see langword="null"/> when it is a list.</param>
/// <param name="Items">The list's items; empty when it is a word.</param>
internal sealed record NestedList(string? Word, IReadOnlyList<NestedList> Items)
{
    /// <summary>Reads a list; the outermost brackets may be missing.</summary>
    /// <param name="text">The text.</param>
    /// <param name="items">The outermost list's items.</param>
    /// <param name="complaint">What is wrong, as a sentence.</param>
    public static bool TryRead(
        string text,
        [NotNullWhen(true)] out IReadOnlyList<NestedList>? items,
        [NotNullWhen(false)] out string? complaint)
    {
        int position = 0;
        items = null;
        if (!TryReadItems(text, ref position, 0, out List<NestedList>? found, out complaint))
        {
            return false;
        }

        items = found is [{ Word: null } only] ? only.Items : found;
        return true;
    }

    private static bool TryReadItems(
        string text,
        ref int position,
        int depth,
        [NotNullWhen(true)] out List<NestedList>? items,
        [NotNullWhen(false)] out string? complaint)
    {
        items = null;
        complaint = null;
        List<NestedList> found = [];
        bool expectsItem = true;
        while (true)
        {
            while (position < text.Length && char.IsWhiteSpace(text[position]))
            {
                position++;
            }

            char next = position < text.Length ? text[position] : '\0';
            if (position == text.Length || next == ']')
            {
                complaint = (position == text.Length, depth) switch
                {
                    (true, > 0) => "A closing bracket ] is missing.",
                    (false, 0) => "There is a closing bracket ] too many.",
                    _ => null,
                };
                position++;
                items = complaint is null ? found : null;
                return complaint is null;
            }

            if (next == ',')
            {
                if (expectsItem)
                {
                    complaint = "An item is missing beside a comma.";
                    return false;
                }

                expectsItem = true;
                position++;
                continue;
            }

            if (!expectsItem)
            {
                complaint = "A comma between two items is missing.";
                return false;
            }

            expectsItem = false;
            if (next == '[')
            {
                // No value nests deeper, and the bound keeps junk from exhausting the stack.
                if (depth == 2)
                {
                    complaint = "Brackets nest at most twice.";
                    return false;
                }

                position++;
                if (!TryReadItems(text, ref position, depth + 1, out List<NestedList>? inner, out complaint))
                {
                    return false;
                }

                found.Add(new(null, inner));
                continue;
            }

            int end = text.AsSpan(position).IndexOfAny(",[]");
            end = end < 0 ? text.Length : position + end;
            found.Add(new(text[position..end].Trim(), []));
            position = end;
        }
    }
}
