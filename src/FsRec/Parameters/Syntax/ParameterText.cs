using System.Collections;
using System.Globalization;

namespace FsRec.Parameters;

/// <summary>Numbers in texts, and values of programs as texts of the parameter file.</summary>
public static class ParameterText
{
    /// <summary>A number whose decimals stand behind a comma, written with a point; other readers take 0,045 for 45, or for two numbers.</summary>
    /// <param name="text">The text.</param>
    /// <returns><see langword="null"/> where the text is no such number.</returns>
    public static string? WithPoint(string text) => NumberText.IsDecimalComma(text, out double meant) ? NumberText.Print(meant) : null;

    /// <summary>
    /// Writes a value as a parameter file does: lists in brackets, decimals with a point whatever the culture, switches
    /// as Yes and No.
    /// </summary>
    /// <param name="value">A text, a switch, a number, a list of these, or nothing.</param>
    /// <returns>The text.</returns>
    public static string Of(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "Yes" : "No",
        double number => NumberText.Print(number),
        FrequencyBand band => $"[{NumberText.Print(band.Low)},{NumberText.Print(band.High)}]",
        IEnumerable items => $"[{string.Join(',', items.Cast<object?>().Select(Of))}]",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
