using System.Globalization;

namespace FsRec.Rendering;

/// <summary>Round numbers: 1, 2 or 5 times a power of ten.</summary>
internal static class RoundLength
{
    /// <summary>The largest round number that is not above a value.</summary>
    public static double Below(double value)
    {
        if (!(value > 0) || !double.IsFinite(value))
        {
            return 1;
        }

        double power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        double part = value / power;
        return power * (part >= 5 ? 5 : part >= 2 ? 2 : 1);
    }

    /// <summary>Round values of a range, about so many.</summary>
    public static IReadOnlyList<double> Ticks(double low, double high, int about)
    {
        if (!(high > low) || !double.IsFinite(high - low))
        {
            return [low];
        }

        double step = Below((high - low) / about * 1.5);
        var ticks = new List<double>();
        for (double k = Math.Ceiling((low / step) - 1e-9); k * step <= high + (1e-9 * step); k++)
        {
            // Not a zero with a sign.
            ticks.Add(k == 0 ? 0 : k * step);
        }

        return ticks;
    }

    /// <summary>A tick's text, with as many decimals as its neighbours differ by.</summary>
    public static string Text(double value, double step)
    {
        double size = Math.Max(Math.Abs(value), step);
        if (size >= 1e6 || size < 1e-4)
        {
            return value == 0 ? "0" : value.ToString("0.##e+0", CultureInfo.InvariantCulture);
        }

        int decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 8);
        return value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Replace('-', '−');
    }

    /// <summary>A length in nm in the unit that suits it.</summary>
    public static string Nanometres(double length) =>
        length >= 1000 ? $"{(length / 1000).ToString("0.###", CultureInfo.InvariantCulture)} µm"
        : length >= 0.1 ? $"{length.ToString("0.###", CultureInfo.InvariantCulture)} nm"
        : $"{(1000 * length).ToString("0.###", CultureInfo.InvariantCulture)} pm";
}
