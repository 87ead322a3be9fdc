using System.Globalization;

namespace FsRec;

/// <summary>The units of length that files use, in nm.</summary>
public static class LengthUnit
{
    /// <summary>Nanometres in one unit; <see langword="null"/> when the text is no unit of length, such as 1/nm.</summary>
    /// <param name="unit">The unit as a file or a user writes it.</param>
    public static double? ToNanometres(string? unit) => Clean(unit) switch
    {
        "nm" or "nanometer" or "nanometers" or "nanometre" or "nanometres" => 1,
        "pm" or "picometer" or "picometre" => 1e-3,
        "a" or "å" or "ang" or "angstrom" or "angstroms" or "ångström" or "ångstrom" => 0.1,
        "um" or "micron" or "microns" or "micrometer" or "micrometers" or "micrometre" or "micrometres" => 1e3,
        "mm" or "millimeter" or "millimetre" => 1e6,
        "cm" or "centimeter" or "centimetre" => 1e7,
        "in" or "inch" or "inches" => 2.54e7,
        "m" or "meter" or "meters" or "metre" or "metres" => 1e9,
        _ => null,
    };

    /// <summary>A length in nm; <see langword="null"/> when the unit is none of length or the value no size of a pixel.</summary>
    /// <param name="value">The length; a negative one, as of a reversed axis, counts by its size.</param>
    /// <param name="unit">Its unit.</param>
    /// <returns>The length; where it is a number of six digits but for the rounding of single precision, that number, so that 0.045 nm is the same from every format.</returns>
    internal static double? Sampling(double value, string? unit) =>
        ToNanometres(unit) is { } factor && Math.Abs(value) * factor is var size && size > 0 && double.IsFinite(size) ? Rounded(size) : null;

    /// <summary>A length that was scaled by a factor, without the rounding of that: −6e-8 m are −60 nm, not a number beside it.</summary>
    /// <param name="value">The length.</param>
    internal static double Scaled(double value)
    {
        const double Rounding = 1.0 / (1L << 50);
        double rounded = double.Parse(value.ToString("E12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return Math.Abs(rounded - value) <= Rounding * Math.Abs(value) ? rounded : value;
    }

    private static double Rounded(double value)
    {
        // Two roundings to single precision, of the scale and of a size that was made of it; ImageJ's ratios of integers are as good.
        const double Rounding = 1.0 / (1 << 23);
        for (int decimals = 0; decimals < 6; decimals++)
        {
            double rounded = double.Parse(value.ToString("E" + decimals, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (Math.Abs(rounded - value) <= Rounding * value)
            {
                return rounded;
            }
        }

        return value;
    }

    // The Ångström sign and the letter are two characters, as are the micro sign and the Greek letter; some programs write escapes.
    private static string Clean(string? unit) => (unit ?? "").Trim().Trim('\0', '[', ']', '(', ')').Trim()
        .Replace(@"\u00B5", "u", StringComparison.OrdinalIgnoreCase)
        .Replace(@"\u00C5", "å", StringComparison.OrdinalIgnoreCase)
        .Replace('\u212B', 'å').Replace('\u00C5', 'å')
        .Replace('\u00B5', 'u').Replace('\u03BC', 'u')
        .ToLowerInvariant();
}
