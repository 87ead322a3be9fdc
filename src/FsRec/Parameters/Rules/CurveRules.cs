using FsRec.Optics;

namespace FsRec.Parameters;

/// <summary>What the values of a detector's curve must be, wherever they stand.</summary>
internal static class CurveRules
{
    // At frequency 0 an image's mean is what it is; a measured curve has its last digit wrong.
    private const double Tolerance = 0.01;

    // Measured curves of counting detectors rise above 1 by a few per cent.
    private const double MostPassed = 1.2;

    // A measured spectrum of the noise is relative to something else than its first value, as electrons.
    private const double MostNoise = 1e12;

    /// <summary>What is expected of a curve's values, in words.</summary>
    public static string Expected(DetectorCurveKind kind) => kind == DetectorCurveKind.Transfer
        ? FormattableString.Invariant($"the first 1 and all larger than 0 and at most {MostPassed}")
        : "all larger than 0";

    /// <summary>What is wrong with one value; <see langword="null"/> for nothing.</summary>
    /// <param name="kind">What the curve is of.</param>
    /// <param name="value">The value.</param>
    /// <param name="isFirst">Whether it is that at frequency 0.</param>
    public static string? Problem(DetectorCurveKind kind, double value, bool isFirst) =>
        !(value > 0 && value <= (kind == DetectorCurveKind.Transfer ? MostPassed : MostNoise))
            ? kind == DetectorCurveKind.Transfer ? FormattableString.Invariant($"a value larger than 0 and at most {MostPassed}") : "a value larger than 0"
            : kind == DetectorCurveKind.Transfer && isFirst && Math.Abs(value - 1) > Tolerance ? "the value 1 at frequency 0" : null;

    /// <summary>What is wrong with values at even steps; <see langword="null"/> for nothing.</summary>
    public static ValueProblem? Check(DetectorCurveKind kind, IReadOnlyList<double> values)
    {
        if (values.Count < 2)
        {
            return new ValueProblem("one value", $"two or more at even steps from frequency 0 to the Nyquist frequency, {Expected(kind)}");
        }

        for (int i = 0; i < values.Count; i++)
        {
            if (Problem(kind, values[i], i == 0) is { } expected)
            {
                return new ValueProblem($"{NumberText.Quote(NumberText.Print(values[i]))} in place {i + 1}", expected);
            }
        }

        return null;
    }
}
