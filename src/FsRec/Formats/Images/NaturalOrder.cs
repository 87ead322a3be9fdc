namespace FsRec.Formats.Images;

/// <summary>Names in the order in which people count: the digits in them as numbers, so that 9 comes before 10.</summary>
public sealed class NaturalOrder : IComparer<string>
{
    /// <summary>The order.</summary>
    public static NaturalOrder Comparer { get; } = new();

    /// <inheritdoc />
    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return Comparer<bool>.Default.Compare(x is not null, y is not null);
        }

        (int i, int j) = (0, 0);
        while (i < x.Length && j < y.Length)
        {
            int order;
            if (char.IsAsciiDigit(x[i]) && char.IsAsciiDigit(y[j]))
            {
                ReadOnlySpan<char> a = Digits(x, ref i);
                ReadOnlySpan<char> b = Digits(y, ref j);
                order = a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.SequenceCompareTo(b);
            }
            else
            {
                order = char.ToUpperInvariant(x[i++]).CompareTo(char.ToUpperInvariant(y[j++]));
            }

            if (order != 0)
            {
                return order;
            }
        }

        int rest = (x.Length - i).CompareTo(y.Length - j);
        return rest != 0 ? rest : string.CompareOrdinal(x, y);
    }

    // A number of digits without its leading zeros.
    private static ReadOnlySpan<char> Digits(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        while (start < at - 1 && text[start] == '0')
        {
            start++;
        }

        return text.AsSpan(start, at - start);
    }
}
