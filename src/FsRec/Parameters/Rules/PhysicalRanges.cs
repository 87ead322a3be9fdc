namespace FsRec.Parameters;

/// <summary>
/// The ranges in which values of microscopes lie. A value that slipped into another unit is off by a thousand or more and lies outside the
/// usual range: a warning names the unit. What no microscope can have is an error, and so is a value other than 0 that is too small to show in an
/// image of 0.05 nm resolution: where nobody can tell it from 0, nobody has measured it, and it is one in mm or m.
/// </summary>
internal static class PhysicalRanges
{
    private static readonly Range[] Ranges =
    [
        // Scanning instruments begin below 20 kV, and the largest high-voltage microscope has 3.5 MV.
        new("Voltage", "kV", static p => [p.Microscope.Voltage], 0.1, 10_000, 20, 3500, "300 kV is 300.", IsNeverZero: true),
        // Detector pixels at magnifications from 1,000 to 10 million.
        new("Sampling", "nm", static p => [p.Image.Calibration.RowSampling, p.Image.Calibration.ColumnSampling], 1e-5, 1000, 0.001, 2, "0.43 Å is 0.043.", IsNeverZero: true),
        // Correctors bring it to about a µm; lenses have mm, up to 6. A refinement finds values so small by a rare chance only.
        new("C3", "nm", static p => [p.Microscope.C3], 6, 1e9, 50, 1e7, "1.2 mm is 1.2e6."),
        new("C5", "nm", static p => [p.Microscope.C5], 100, 1e12, 1000, 1e9, "4 mm is 4e6."),
        new("A1", "nm", static p => [p.Microscope.A1], 1e-6, 1e6, 0.01, 1000, ""),
        new("A2", "nm", static p => [p.Microscope.A2], 1e-5, 1e7, 0.1, 1e5, ""),
        new("B2", "nm", static p => [p.Microscope.B2], 1e-5, 1e7, 0.1, 1e5, ""),
        // Field emitters 0.01, LaB6 up to 1.
        new("Semiconvergence", "mrad", static p => [p.Microscope.Semiconvergence], 0, 100, 0.002, 3, "0.1 mrad, which is 1e-4 rad, is 0.1."),
        // Of the sources and lenses that there are, a hot filament at 20 kV has the most, some 200 nm.
        new("Focusspread", "nm", static p => [p.Microscope.FocusSpread], 0.01, 1000, 0.2, 40, "30 Å is 3."),
        new("Imagespread", "pm", static p => [p.Microscope.ImageSpread], 1e-3, 1e5, 1, 500, "0.02 nm is 20."),
        new("Foci", "nm", static p => [p.Foci.DefaultIfEmpty(0).MaxBy(Math.Abs)], 0.01, 1e7, 0.5, 1e4, "0.25 µm is 250, 2500 Å too."),
        new("Alignmentprecision", "px", static p => [p.Alignment.Precision], 0, 1e6, 1e-4, 5, ""),
    ];

    /// <summary>Findings about values outside of them.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="unusable">Keys without a value of their own.</param>
    public static IEnumerable<ParameterFinding> Check(ReconstructionParameters parameters, IReadOnlySet<string> unusable)
    {
        foreach (Range range in Ranges.Where(range => !unusable.Contains(range.Key)))
        {
            foreach (double value in range.Values(parameters).Distinct())
            {
                double size = Math.Abs(value);
                string found = $"'{NumberText.Print(value)}'";
                if (size > range.Largest || (size < range.Least && (size > 0 || range.IsNeverZero)))
                {
                    string expected = range.IsNeverZero ? FormattableString.Invariant($"from {range.Least} to {range.Largest:g6} {range.Unit}")
                        : size > range.Largest ? FormattableString.Invariant($"at most {range.Largest:g6} {range.Unit}")
                        : FormattableString.Invariant($"0, or {range.Least} {range.Unit} or more: no image shows less");
                    yield return ParameterRules.Error(range.Key, found, expected, Hint(range));
                }
                else if (size > 0 && (size < range.UsualFrom || size > range.UsualTo))
                {
                    yield return ParameterRules.Warning(
                        range.Key,
                        found,
                        FormattableString.Invariant($"a value as of a microscope, {range.UsualFrom} to {range.UsualTo:g6} {range.Unit}"),
                        Hint(range));
                }
            }
        }
    }

    /// <summary>Whether foci that were read beside parameters are in another unit than theirs.</summary>
    public static bool InOtherUnit(IReadOnlyList<double> foci, IReadOnlyList<double> expected)
    {
        double size = foci.Select(Math.Abs).Max();
        double usual = expected.Select(Math.Abs).Max();
        // A µm or an Å is off by 1000 or 10; refined foci differ from those that were set by a few tens of nm.
        return usual > 0 && (size > (8 * usual) + 100 || (8 * size) + 20 < usual);
    }

    private static string Hint(Range range) => $"{range.Key} is in {range.Unit}.{(range.Example.Length == 0 ? "" : " " + range.Example)}";

    /// <summary>The range of a key's values: the least and the largest that are possible, and what is usual; so is 0, where a value may be that.</summary>
    private sealed record Range(
        string Key, string Unit, Func<ReconstructionParameters, IReadOnlyList<double>> Values, double Least, double Largest, double UsualFrom, double UsualTo, string Example, bool IsNeverZero = false);
}
