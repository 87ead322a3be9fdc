namespace FsRec.Series;

/// <summary>The numbers of files without a header, whose type and byte order nothing but the user says.</summary>
internal static class HeaderlessNumbers
{
    /// <summary>Those of the first frame as they were read; <see langword="null"/> where they come from no such files, or are of another type.</summary>
    /// <param name="series">The series.</param>
    /// <param name="types">The types.</param>
    public static float[]? First(FocalSeries series, params PixelType[] types)
    {
        if (series.FrameFiles.Count == 0 || !series.IsWithoutHeader || !types.Contains(series.Parameters.Files.PixelType))
        {
            return null;
        }

        var numbers = new float[series.Calibration.PixelCount];
        series.ReadRecorded(0, numbers);
        return numbers;
    }
}
