using System.Collections;
using System.Globalization;

namespace FsRec.Parameters;

/// <summary>Values of programs as texts of the parameter file.</summary>
public static class ParameterText
{
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
