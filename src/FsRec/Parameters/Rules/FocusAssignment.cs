namespace FsRec.Parameters;

/// <summary>Which focus belongs to which selected image.</summary>
internal static class FocusAssignment
{
    /// <summary>
    /// One focus per selected image; <see langword="null"/> when the list fits neither the selection nor the series.
    /// A ramp runs over the selection, as the documentation says, not over the whole series.
    /// </summary>
    public static double[]? Assign(IReadOnlyList<double> foci, IReadOnlyList<int> selected, int imageCount)
    {
        if (foci.Count == selected.Count)
        {
            return [.. foci];
        }

        if (foci.Count == imageCount)
        {
            return selected.All(image => image < imageCount) ? [.. selected.Select(image => foci[image])] : null;
        }

        return foci.Count == 2 ? [.. selected.Select((_, i) => OnRamp(foci, i, selected.Count))] : null;
    }

    /// <summary>The published program's reading: ramp and list belong to the series, then images are selected.</summary>
    public static double[]? AssignOverSeries(IReadOnlyList<double> foci, IReadOnlyList<int> selected, int imageCount)
    {
        if (foci.Count != 2 && foci.Count != imageCount)
        {
            return null;
        }

        return selected.All(image => image < imageCount)
            ? [.. selected.Select(image => foci.Count == 2 ? OnRamp(foci, image, imageCount) : foci[image])]
            : null;
    }

    private static double OnRamp(IReadOnlyList<double> ends, int position, int count)
    {
        // The weighted form meets both ends exactly.
        double part = count < 2 ? 0 : (double)position / (count - 1);
        return (ends[0] * (1 - part)) + (ends[1] * part);
    }
}
