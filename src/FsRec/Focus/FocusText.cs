using System.Globalization;

namespace FsRec.Focus;

/// <summary>Foci as a parameter file writes them.</summary>
internal static class FocusText
{
    /// <summary>A list in brackets, two decimals each.</summary>
    public static string Format(IEnumerable<double> foci) =>
        "[" + string.Join(",", foci.Select(static z => z.ToString("0.00", CultureInfo.InvariantCulture))) + "]";
}
