using System.Globalization;

namespace FsRec.Rendering;

/// <summary>
/// The ticks of an axis: round values with texts that tell them apart in few digits. Values that differ little from one another, or are very small or
/// large, are told less an offset and in units of a power of ten, which <see cref="Note"/> says.
/// </summary>
/// <param name="Ticks">Where each tick lies, in the axis' own measure, and its text.</param>
/// <param name="Note">How the value of a tick follows from its text; empty where the text is the value.</param>
internal sealed record AxisTicks(IReadOnlyList<(double At, string Text)> Ticks, string Note)
{
    // So many digits are read at a glance, and fit beside the axis.
    private const int MostDigits = 5;
    private const double Smallest = 1e-3;
    private const double Largest = 1e5;

    /// <summary>Ticks of an axis of equal steps.</summary>
    /// <param name="low">Its lower end.</param>
    /// <param name="high">Its upper end.</param>
    /// <param name="about">How many there is room for.</param>
    public static AxisTicks Linear(double low, double high, int about)
    {
        IReadOnlyList<double> at = RoundLength.Ticks(low, high, about);
        double step = at.Count > 1 ? at[1] - at[0] : Math.Max(high - low, 1e-12);
        double size = at.Max(Math.Abs);
        double offset = size / step >= Math.Pow(10, MostDigits - 1) ? Offset(at[0], step * about) : 0;
        double largest = at.Max(t => Math.Abs(t - offset));
        double unit = largest > 0 && largest is < Smallest or >= Largest ? Math.Pow(10, Math.Floor(Math.Log10(largest) + 1e-9)) : 1;
        return new AxisTicks([.. at.Select(t => (t, RoundLength.Text(Clean(t - offset, step) / unit, step / unit)))], NoteOf(offset, step * about, unit));
    }

    /// <summary>Ticks of an axis of decades.</summary>
    /// <param name="low">Logarithm of its lower end.</param>
    /// <param name="high">Logarithm of its upper end.</param>
    /// <param name="about">How many there is room for.</param>
    /// <param name="zero">Where on the axis a value of 0 is drawn; <see langword="null"/> for nowhere.</param>
    public static AxisTicks Logarithmic(double low, double high, int about, double? zero)
    {
        // Tens, and where there are few of them their doubles and fives.
        double[] parts = high - low < 2.2 ? [1, 2, 5] : [1];
        int every = parts.Length > 1 ? 1 : Math.Max(1, (int)Math.Ceiling((high - low) / about));
        List<(double At, string Text)> ticks = [];
        for (int power = (int)Math.Floor(low); power <= high; power++)
        {
            if (power % every == 0)
            {
                ticks.AddRange(parts.Select(part => (power + Math.Log10(part), Value(part * Math.Pow(10, power)))).Where(t => t.Item1 >= low && t.Item1 <= high));
            }
        }

        if (ticks.Count < 2)
        {
            // Less than a step of these: round values with equal steps, where their logarithms lie.
            AxisTicks linear = Linear(Math.Pow(10, low), Math.Pow(10, high), about);
            return linear with { Ticks = [.. linear.Ticks.Where(static t => t.At > 0).Select(static t => (Math.Log10(t.At), t.Text))] };
        }

        return new AxisTicks(zero is { } z ? [(z, "0"), .. ticks.Where(t => t.At > z + (0.1 * (high - low)))] : ticks, "");
    }

    private static string Value(double value) => value is >= Smallest and < Largest
        ? value.ToString("0.####", CultureInfo.InvariantCulture)
        : value.ToString("0e+0", CultureInfo.InvariantCulture).Replace('-', '−');

    // The round number below the first tick, of a size that its neighbours would have too.
    private static double Offset(double first, double range)
    {
        double round = Math.Pow(10, Math.Ceiling(Math.Log10(range) - 1e-9));
        return Math.Floor((first / round) + 1e-9) * round;
    }

    private static double Clean(double value, double step) => Math.Abs(value) < 1e-6 * step ? 0 : value;

    private static string NoteOf(double offset, double range, double unit)
    {
        int decimals = Math.Clamp((int)Math.Round(-Math.Log10(Math.Pow(10, Math.Ceiling(Math.Log10(range) - 1e-9)))), 0, 15);
        string start = offset == 0 ? "" : offset.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Replace('-', '−');
        string times = unit == 1 ? "" : unit.ToString("0e+0", CultureInfo.InvariantCulture).Replace('-', '−');
        return (start, times) switch
        {
            ("", "") => "",
            (_, "") => $"value = {start} + axis",
            ("", _) => $"value = axis × {times}",
            _ => $"value = {start} + axis × {times}",
        };
    }
}
