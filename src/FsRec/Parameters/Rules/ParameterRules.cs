namespace FsRec.Parameters;

/// <summary>What must hold between the values of several keys.</summary>
internal static class ParameterRules
{
    // A radius that takes no memory worth a word, whatever the area.
    private const int SmallRadius = 16;

    /// <summary>Rows and columns of the reference area; half of the frame where they are not given.</summary>
    public static (int Rows, int Columns) Area(ImageParameters image) =>
        (image.AreaRows ?? image.Calibration.Rows / 2, image.AreaColumns ?? image.Calibration.Columns / 2);

    /// <summary>Findings about parameters, less those about unusable keys; each names the likeliest culprit.</summary>
    public static IReadOnlyList<ParameterFinding> Check(
        ReconstructionParameters parameters, IReadOnlySet<string> unusable)
    {
        bool Usable(params ReadOnlySpan<string> keys)
        {
            foreach (string key in keys)
            {
                if (unusable.Contains(key))
                {
                    return false;
                }
            }

            return true;
        }

        List<ParameterFinding> findings = [];
        if (Usable("Dimensions"))
        {
            CheckFrame(parameters.Image, Usable("AREA", "Offset"), findings);
        }

        bool imagesKnown = Usable("NImages", "Range");
        if (imagesKnown)
        {
            CheckRange(parameters, findings);
        }

        if (Usable("Limit", "Sampling"))
        {
            CheckLimit(parameters, findings);
        }

        // Images outside of the series have been reported; their foci would only be reported again.
        bool rangeFits = findings.TrueForAll(f => f.Key != "Range" || f.Severity == ParameterSeverity.Warning);
        if (imagesKnown && rangeFits && Usable("Foci"))
        {
            FocusRules.Check(parameters, Usable("Voltage", "Limit"), findings);
        }

        findings.AddRange(PhysicalRanges.Check(parameters, unusable));
        if (Usable("Dimensions", "AREA", "Comkernel"))
        {
            CheckRadius(parameters, findings);
        }

        if (Usable("Limit"))
        {
            CheckBand("Alignmentfilter", parameters.Alignment.Filter, parameters.Linear.Limit, findings);
            CheckBand("Outputfilter", parameters.Linear.OutputFilter, parameters.Linear.Limit, findings);
            CheckBand("Refinementfilter", parameters.StepRefinement.Filter, parameters.Linear.Limit, findings);
            CheckBand("Autofocusfilter", parameters.Autofocus.Filter, parameters.Linear.Limit, findings);
        }

        return findings;
    }

    private static void CheckFrame(ImageParameters image, bool withArea, List<ParameterFinding> findings)
    {
        (int rows, int columns) = (image.Calibration.Rows, image.Calibration.Columns);
        if ((long)rows * columns > Array.MaxLength)
        {
            findings.Add(Error("Dimensions", $"[{rows},{columns}]", $"at most {Array.MaxLength} pixels in a frame"));
        }

        if (!withArea)
        {
            return;
        }

        (int areaRows, int areaColumns) = Area(image);
        if (areaRows > rows || areaColumns > columns)
        {
            findings.Add(Error(
                "AREA",
                $"[{areaRows},{areaColumns}]",
                $"a reference area inside the frame of [{rows},{columns}] pixels"));
        }
        else if (!IsInside(rows, areaRows, image.OffsetRows) || !IsInside(columns, areaColumns, image.OffsetColumns))
        {
            findings.Add(Error(
                "Offset",
                $"[{image.OffsetRows},{image.OffsetColumns}], which moves the reference area over the frame's edge",
                $"rows from {-First(rows, areaRows)} to {rows - areaRows - First(rows, areaRows)} and columns "
                + $"from {-First(columns, areaColumns)} to {columns - areaColumns - First(columns, areaColumns)}",
                $"The frame has [{rows},{columns}] pixels, the area [{areaRows},{areaColumns}]."));
        }
    }

    private static void CheckRadius(ReconstructionParameters parameters, List<ParameterFinding> findings)
    {
        (int rows, int columns) = Area(parameters.Image);
        int most = Math.Max(SmallRadius, Math.Min(rows, columns) / 2);
        if (parameters.Alignment.CenterOfMassRadius > most)
        {
            findings.Add(Error(
                "Comkernel",
                $"'{NumberText.Print(parameters.Alignment.CenterOfMassRadius)}'",
                $"at most {most} px, for a reference area of [{rows},{columns}] pixels"));
        }
    }

    // First row of an area that is centred on the frame.
    private static int First(int frame, int area) => (frame / 2) - (area / 2);

    private static bool IsInside(int frame, int area, long offset) =>
        First(frame, area) + offset is var first && first >= 0 && first + area <= frame;

    private static void CheckRange(ReconstructionParameters parameters, List<ParameterFinding> findings)
    {
        int count = parameters.Files.ImageCount;
        if (parameters.Image.Range is not { } range)
        {
            return;
        }

        int[] outside = [.. range.Where(image => image < 0 || image >= count)];
        if (outside.Length > 0)
        {
            string which = outside.Length == 1
                ? $"image {outside[0]}"
                : $"{outside.Length} images outside of the series, such as {outside[^1]}";
            findings.Add(Error(
                "Range", which, $"0 to {count - 1}, as NImages is {count}", "The first image is number 0."));
        }

        HashSet<int> seen = [];
        int[] twice = [.. range.Where(image => !seen.Add(image)).Distinct()];
        if (twice.Length > 0)
        {
            string which = twice.Length == 1 ? $"image {twice[0]}" : $"{twice.Length} images, such as {twice[0]},";
            findings.Add(Warning(
                "Range", $"{which} more than once", "every image once", "It is used as often as it is named."));
        }
    }

    private static void CheckLimit(ReconstructionParameters parameters, List<ParameterFinding> findings)
    {
        double nyquist = parameters.Image.Calibration.Nyquist;

        // A limit that was set to the Nyquist frequency and printed may miss it by its last digit.
        if (parameters.Linear.Limit > nyquist * (1 + 1e-9))
        {
            findings.Add(Error(
                "Limit",
                $"'{NumberText.Print(parameters.Linear.Limit)}'",
                FormattableString.Invariant($"at most {nyquist:0.####} 1/nm, the Nyquist frequency of the sampling"),
                "Sampling is in nm per pixel and Limit in 1/nm."));
        }
    }

    private static void CheckBand(string key, FrequencyBand? band, double limit, List<ParameterFinding> findings)
    {
        if (band is { } given && given.Low >= limit && limit > 0)
        {
            findings.Add(Warning(
                key, given.ToString(), FormattableString.Invariant($"a band that starts below Limit, {limit:0.###} 1/nm"),
                "The wave holds nothing in it."));
        }
    }

    internal static ParameterFinding Error(string key, string found, string expected, string? hint = null) =>
        new() { Severity = ParameterSeverity.Error, Key = key, Found = found, Expected = expected, Hint = hint };

    internal static ParameterFinding Warning(string key, string found, string expected, string? hint = null) =>
        new() { Severity = ParameterSeverity.Warning, Key = key, Found = found, Expected = expected, Hint = hint };
}
