using System.Globalization;

namespace FsRec;

/// <summary>Figures in messages: a word where there is none to state, as of a place that the data do not determine, whose error is infinite.</summary>
internal static class Stated
{
    /// <summary>What stands where there is no figure.</summary>
    private const string None = "unknown";

    /// <summary>A figure.</summary>
    /// <param name="value">The figure.</param>
    /// <param name="format">Its format.</param>
    public static string Of(double value, string format) => double.IsFinite(value) ? value.ToString(format, CultureInfo.InvariantCulture) : None;

    /// <summary>A standard error with its unit.</summary>
    /// <param name="value">The error.</param>
    /// <param name="format">Its format.</param>
    /// <param name="unit">Its unit.</param>
    public static string Error(double value, string format, string unit) => double.IsFinite(value) ? $"±{Of(value, format)} {unit}" : $"± {None}";

    /// <summary>Two lengths in px along columns and rows.</summary>
    /// <param name="columns">That along columns.</param>
    /// <param name="rows">That along rows.</param>
    /// <param name="format">Their format.</param>
    public static string Pixels(double columns, double rows, string format) =>
        double.IsFinite(columns) || double.IsFinite(rows) ? $"{Of(columns, format)}, {Of(rows, format)} px" : None;

    /// <summary>How much one is of another: a part of it, or so many times as much.</summary>
    /// <param name="ratio">The one over the other.</param>
    public static string Part(double ratio) => !double.IsFinite(ratio) ? $"an {None} part of" : ratio < 1 ? $"{Of(ratio, "0.000")} of" : $"{Of(ratio, "0.0")} times";
}
