using System.Globalization;

namespace FsRec.Parameters;

/// <summary>The interval in which a key's numbers lie.</summary>
/// <param name="Minimum">Smallest value; −∞ when there is none.</param>
/// <param name="Maximum">Largest value; +∞ when there is none.</param>
/// <param name="IsMinimumExcluded">Whether a value must be larger than <paramref name="Minimum"/>.</param>
public readonly record struct NumberBounds(double Minimum, double Maximum, bool IsMinimumExcluded = false)
{
    /// <summary>Any finite number.</summary>
    public static NumberBounds None { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Numbers larger than zero.</summary>
    public static NumberBounds Positive { get; } = new(0, double.PositiveInfinity, true);

    /// <summary>Zero and larger numbers.</summary>
    public static NumberBounds NotNegative { get; } = new(0, double.PositiveInfinity);

    /// <summary>Numbers from a smallest one on.</summary>
    /// <param name="minimum">The smallest.</param>
    /// <returns>The bounds.</returns>
    public static NumberBounds From(double minimum) => new(minimum, double.PositiveInfinity);

    /// <summary>Whether a number is finite and inside.</summary>
    /// <param name="value">The number.</param>
    /// <returns>Whether it is.</returns>
    public bool Contains(double value) =>
        double.IsFinite(value) && value <= Maximum && (IsMinimumExcluded ? value > Minimum : value >= Minimum);

    /// <summary>The bounds in words, such as <c>larger than 0</c>; empty when there are none.</summary>
    /// <returns>The words.</returns>
    public override string ToString()
    {
        string minimum = Minimum.ToString(CultureInfo.InvariantCulture);
        string maximum = Maximum.ToString(CultureInfo.InvariantCulture);

        // What a whole number can hold at the most is no bound that anybody meets.
        return (double.IsFinite(Minimum) && Minimum > -int.MaxValue, double.IsFinite(Maximum) && Maximum < int.MaxValue) switch
        {
            (true, true) when IsMinimumExcluded => $"larger than {minimum}, at most {maximum}",
            (true, true) => $"from {minimum} to {maximum}",
            (true, false) => IsMinimumExcluded ? $"larger than {minimum}" : $"of {minimum} or more",
            (false, true) => $"of {maximum} or less",
            _ => "",
        };
    }
}
