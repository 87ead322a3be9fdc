using System.Buffers;
using System.Globalization;

namespace FsRec.Parameters;

/// <summary>Numbers as parameter files write them: decimal point, no thousands separators, in any culture.</summary>
internal static class NumberText
{
    // Minus sign, en dash, figure dash, non-breaking hyphen, small and full-width hyphen: word processors put them in.
    private static readonly SearchValues<char> MinusSigns = SearchValues.Create("\u2212\u2013\u2012\u2011\u2010\u2014\uFE63\uFF0D");

    /// <summary>Reads a finite number.</summary>
    public static bool TryReal(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    /// <summary>Reads a whole number; 3. and 3.0 are whole too.</summary>
    public static bool TryInteger(string text, out int value)
    {
        value = 0;
        if (!TryReal(text, out double real) || real != Math.Floor(real) || Math.Abs(real) > int.MaxValue)
        {
            return false;
        }

        value = (int)real;
        return true;
    }

    /// <summary>Prints a number so that it reads back to the same bits.</summary>
    public static string Print(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Prints a whole number.</summary>
    public static string Print(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// Reads a number whose decimals stand behind a comma, as much of the world writes them and this program does not. What reads it as thousands, as .NET and PowerShell do,
    /// makes 45 of 0,045.
    /// </summary>
    public static bool IsDecimalComma(string text, out double meant)
    {
        meant = 0;
        return text.Count(static c => c == ',') == 1 && text.Trim() is { Length: > 1 } inner && inner[^1] != ',' && TryReal(inner.Replace(',', '.'), out meant);
    }

    /// <summary>What the writer of a text that is no number probably meant.</summary>
    public static string? Hint(string text, string? unit)
    {
        text = text.Trim();
        if (text.StartsWith('['))
        {
            return "Write one number without brackets.";
        }

        if (text.AsSpan().IndexOfAny(MinusSigns) is var at && at >= 0)
        {
            return $"The sign is the character U+{(int)text[at]:X4}, which looks like a minus; write the hyphen of the keyboard, as in {text.Replace(text[at], '-')}.";
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
        {
            return "Only finite numbers can be used.";
        }

        int length = text.Length;
        while (length > 0 && !TryReal(text[..length], out _))
        {
            // Long junk is no number with a unit; looking at its first characters is enough.
            length = Math.Min(length - 1, 24);
        }

        return length == 0 ? null : $"Write the number alone{(unit is null ? "" : $"; it is taken in {unit}")}.";
    }

    /// <summary>A text in quotation marks, cut to a readable length and without control characters.</summary>
    public static string Quote(string text)
    {
        const int Longest = 60;
        string cut = text.Length <= Longest ? text : text[..Longest] + "…";
        return "'" + new string([.. cut.Select(c => char.IsControl(c) ? '\uFFFD' : c)]) + "'";
    }
}
