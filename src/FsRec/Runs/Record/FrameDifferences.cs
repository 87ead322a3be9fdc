using System.Globalization;
using System.Text.RegularExpressions;

namespace FsRec.Runs;

/// <summary>
/// Differences of figures that every image has, as displacements: two runs differ in all of them by something, and told image by image they bury what
/// explains them.
/// </summary>
public static partial class FrameDifferences
{
    /// <summary>The differences, and of each figure that images have the one that differs most, whose name says of how many images it is the most.</summary>
    /// <param name="differences">All differences.</param>
    public static IReadOnlyList<RunDifference> Largest(IReadOnlyList<RunDifference> differences) =>
        [.. differences.GroupBy(static d => d.What == RunDifferenceKind.Figure ? OfImage().Replace(d.Name, "[]") : d.What + d.Name).Select(static of => Most([.. of]))];

    private static RunDifference Most(IReadOnlyList<RunDifference> of)
    {
        RunDifference most = of.MaxBy(Size)!;
        return of.Count == 1 ? most : most with { Name = FormattableString.Invariant($"{most.Name}, the most of {of.Count}") };
    }

    // What is no number in both runs differs by more than any number.
    private static double Size(RunDifference difference) =>
        Number(difference.Left) is { } left && Number(difference.Right) is { } right ? Math.Abs(right - left) : double.PositiveInfinity;

    private static double? Number(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex OfImage();
}
