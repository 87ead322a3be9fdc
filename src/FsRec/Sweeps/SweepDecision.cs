using FsRec.Parameters;
using FsRec.Reconstructions;

namespace FsRec.Sweeps;

/// <summary>
/// Whether the chi-squares of a sweep decide between its rows. Fits of p numbers to N data whose operators differ wholly have chi-squares that differ by
/// noise alone, with a variance of 2·‖H₁ − H₂‖² ≤ 4p (H projects the data on what a fit explains, ‖H‖² = p), reduced by a standard deviation of 2√p/N. p is
/// twice the number of frequencies of the wave, N the number of pixels of all frames. Nearby values have nearly the same operators and differ by less; this is the
/// bound. Three standard deviations of it decide: the numbers that a fit takes from the data are counted as if frames had no edges, and a wrong C3 was preferred by up to 2.8
/// where the specimen goes on outside of frames of 128×128 px, of which the wave there makes up for it (by up to 1.0 in frames that are their own surroundings).
/// <para>
/// A chi-square above 1 says that no row explains the frames, as where beams of a strong object reach beyond the wave's band. A wrong value may make up for a part of
/// that, at most for all of it: rows that differ by less than the best one leaves unexplained are not told apart either. (A particle of 6 nm with a focus spread of
/// 4 nm: chi-square 1.0068 at 4 nm, 1.0050 at 3 nm, and least at 3.8 nm, 0.996, where the wave has no beams beyond Limit.)
/// </para>
/// </summary>
public static class SweepDecision
{
    private const double StandardDeviations = 3;

    /// <summary>The difference of <see cref="SweepRow.ModelChiSquare"/> up to which two rows of the same frames and Limit are not told apart.</summary>
    /// <param name="row">One of the rows.</param>
    public static double Tolerance(SweepRow row) => Tolerance(row.ModelChiSquare ?? 1, Numbers(row));

    /// <summary>The same of a chi-square.</summary>
    /// <param name="chiSquare">The least of those that are compared.</param>
    /// <param name="numbers">The numbers that a wave is fitted by, and the data.</param>
    internal static double Tolerance(double chiSquare, (double Fitted, double Data) numbers) => Math.Max(ByNoise(chiSquare, numbers), chiSquare - 1);

    private static double ByNoise(double chiSquare, (double Fitted, double Data) numbers) =>
        StandardDeviations * 2 * Math.Sqrt(numbers.Fitted) / numbers.Data * Math.Max(1, chiSquare);

    /// <summary>The best row by chi-square of rows of the same frames and Limit; <see langword="null"/> where there is no chi-square, or rows are not alike.</summary>
    /// <param name="rows">The rows.</param>
    public static SweepRow? Best(IReadOnlyList<SweepRow> rows) =>
        rows.Count > 0 && rows.All(static row => row.ModelChiSquare is not null) && rows.GroupBy(Comparable).Count() == 1 ? rows.MinBy(static row => row.ModelChiSquare) : null;

    /// <summary>What there is to warn of: rows between which the frames do not decide.</summary>
    /// <param name="rows">The rows of a sweep.</param>
    public static IEnumerable<RunMessage> Of(IReadOnlyList<SweepRow> rows)
    {
        SweepRow[] measured = [.. rows.Where(static row => row.ModelChiSquare is not null)];
        if (measured.GroupBy(Comparable).Count() is > 1 and var groups)
        {
            string[] keys = [.. measured.SelectMany(static row => Frames(row.Parameters)).Distinct().GroupBy(static k => k.Key).Where(static k => k.Count() > 1).Select(static k => k.Key)];
            yield return RunMessage.Warning(WarningIds.SweepUndecided, $"rows of the sweep that differ in {string.Join(", ", keys)} have other frames or other numbers of frequencies, and their chi-squares are not to be compared: {(groups == measured.Length ? "none of the rows can be" : $"only within {groups} groups of rows that agree there can they be")}.");
        }

        foreach (SweepRow[] alike in rows.Where(static row => row.ModelChiSquare is not null).GroupBy(Comparable).Select(static group => group.OrderBy(static row => row.ModelChiSquare).ToArray()).Where(static group => group.Length > 1))
        {
            SweepRow best = alike[0];
            double least = best.ModelChiSquare!.Value;
            (double fitted, double data) = Numbers(best);
            if (least < 1 - (2 * fitted / data))
            {
                yield return RunMessage.Warning(WarningIds.SweepUndecided, FormattableString.Invariant(
                    $"the chi-squares of the sweep lie below what the fit's {fitted:0} numbers can bring them to, the least at {least:0.000} ({best.Point}): the noise of the frames is less than was taken, and the chi-squares decide nothing."));
                continue;
            }

            double tolerance = Tolerance(best);
            SweepRow[] others = [.. alike.Skip(1).Where(row => row.ModelChiSquare - least <= tolerance)];
            if (others.Length > 0)
            {
                string why = tolerance > ByNoise(least, (fitted, data))
                    ? "which is what the best of them leaves unexplained and another may explain for a wrong reason"
                    : "three standard deviations of what noise may bring about";
                yield return RunMessage.Warning(WarningIds.SweepUndecided, FormattableString.Invariant(
                    $"the least chi-square of the sweep, {least:0.00000} ({best.Point}), and {(others.Length == 1 ? "that" : "those")} of {string.Join("; ", others.Select(static row => row.Point))} differ by no more than {tolerance:0.00000}, {why}: the frames do not decide between them."));
            }
        }
    }

    private static (double Fitted, double Data) Numbers(SweepRow row) => ModelChiSquare.Numbers(row.Parameters, row.Parameters.SelectedImages.Count);

    // More frequencies always explain more, and other frames, or the same read otherwise, have other noise.
    private static string Comparable(SweepRow row) => string.Join('\n', Frames(row.Parameters).Select(static k => $"{k.Key}={k.Value}"));

    /// <summary>What of a row's parameters says which frames were reconstructed, and up to which frequency.</summary>
    private static IEnumerable<(string Key, string Value)> Frames(ReconstructionParameters p) => ParameterKeys.All
        .Where(static key => key.Section is ParameterSections.InputOutput or ParameterSections.ImageData && key.Name is not ("OUTPUTPATH" or "OUTPUTFILENAME") || key.Name is "Limit" or "NPS")
        .Select(key => (key.Name, key.Name == "INPUTPATH" && p.ResolvedInputPath is { Length: > 0 } folder ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) : key.Print(p) ?? ""));
}
