namespace FsRec.Parameters;

/// <summary>What must hold between the foci and the images they belong to.</summary>
internal static class FocusRules
{
    public static void Check(ReconstructionParameters parameters, bool withLimits, List<ParameterFinding> findings)
    {
        IReadOnlyList<int> selected = parameters.SelectedImages;
        int count = parameters.Files.ImageCount;
        double[]? foci = FocusAssignment.Assign(parameters.Foci, selected, count);
        if (foci is null)
        {
            NumberedFiles? files = NumberedFiles.Of(parameters);
            if (parameters.Image.Range is null && files?.Count == parameters.Foci.Count)
            {
                // Foci and frames are as many: what differs from both is the number that was set.
                findings.Add(ParameterRules.Error(
                    "NImages",
                    $"{Counted.Of(count, "image")} asked for",
                    $"{files.Count}: so many are in '{files.Folder}', {files.Span}, and so many values has Foci",
                    $"Set NImages={files.Count}."));
                return;
            }

            string series = selected.Count == count ? "" : $" or {count}, one an image";
            findings.Add(ParameterRules.Error(
                "Foci",
                $"{parameters.Foci.Count} value{(parameters.Foci.Count == 1 ? "" : "s")}",
                $"2, the ends of a ramp, or {selected.Count}, one a selected image{series}{(MayBeDecimals(parameters.Foci, selected.Count) ? ", with a decimal point, and no comma, in each that has decimals" : "")}",
                Images(parameters, files)));
            return;
        }

        CheckReading(parameters, foci, findings);
        if (foci.Length > 1 && foci.All(focus => focus == foci[0]))
        {
            findings.Add(ParameterRules.Warning(
                "Foci", "the same focus for all images", "different foci", "Such a series cannot be reconstructed."));
        }
        else if (withLimits && parameters.LowerLimit >= parameters.Linear.Limit)
        {
            findings.Add(ParameterRules.Warning(
                "Foci",
                FormattableString.Invariant($"a focal range with the lower limit {parameters.LowerLimit:0.###} 1/nm"),
                FormattableString.Invariant($"one below Limit, {parameters.Linear.Limit:0.###} 1/nm"),
                "Such a series transfers little."));
        }
    }

    // A list that is right says that the number of images is not.
    private static string Images(ReconstructionParameters parameters, NumberedFiles? files)
    {
        int count = parameters.Files.ImageCount;
        return files is { Count: > 0 } && files.Count != count
            ? $"The series has {Counted.Of(count, "image")} by NImages; {files.Count} are in '{files.Folder}', {files.Span}."
            : $"The series has {Counted.Of(count, "image")} (NImages).";
    }

    // Of -270,5,-90,5 the second and the fourth are the decimals of the others.
    private static bool MayBeDecimals(IReadOnlyList<double> foci, int images) =>
        (foci.Count is 3 or 4 || foci.Count == 2 * images) && foci.Where(static (_, i) => i > 0).Any(static value => value >= 0 && value == Math.Floor(value));

    /// <summary>Warns where the documentation and the published program read the same foci differently.</summary>
    private static void CheckReading(
        ReconstructionParameters parameters, double[] foci, List<ParameterFinding> findings)
    {
        double[]? other = FocusAssignment.AssignOverSeries(
            parameters.Foci, parameters.SelectedImages, parameters.Files.ImageCount);
        if (other is null || foci.AsSpan().SequenceEqual(other))
        {
            return;
        }

        static string What(double[] reading) =>
            FormattableString.Invariant($"{reading[0]:0.###} nm to {reading[^1]:0.###} nm");
        bool isRamp = parameters.Foci.Count == 2;
        findings.Add(ParameterRules.Warning(
            "Foci",
            (isRamp ? "a ramp" : "a list") + " for a selection of the images",
            isRamp ? "a list with a focus for every selected image" : "the images in ascending order",
            (isRamp ? "The ramp is taken over the selected images" : "The list is taken in the order of the selection")
            + $", as the documentation says: {What(foci)}. PyFSRec takes it over the whole series: {What(other)}."));
    }
}
