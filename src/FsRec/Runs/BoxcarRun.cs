using System.Globalization;
using FsRec.Alignment;
using FsRec.Formats;
using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Runs;

/// <summary>
/// <c>--boxcar m</c>: sums of m neighbouring aligned frames, and a parameter file that reconstructs the summed series as it stands.
/// </summary>
public static class BoxcarRun
{
    /// <summary>The files that <see cref="Write"/> writes; the parameter file is the last.</summary>
    /// <param name="series">The series.</param>
    /// <param name="size">Frames a sum.</param>
    public static IReadOnlyList<string> Files(FocalSeries series, int size)
    {
        var files = OutputFiles.Of(series.Parameters);
        string ending = Ending(size);
        return
        [
            .. Enumerable.Range(0, size > 0 ? series.Count / size : 0)
                .Select(n => Path.Combine(files.Folder, RawFrameFile.Name(SumName(files, size), n))),
            files.WithEnding(ending + ".fsr"),
        ];
    }

    /// <summary>Writes the sums and their parameter file beside the results of the series.</summary>
    /// <param name="aligned">The series and its displacements.</param>
    /// <param name="size">Frames a sum.</param>
    /// <param name="context">Progress, cancellation.</param>
    /// <returns>The files written; the parameter file is the last.</returns>
    /// <exception cref="FsRecException">The size does not fit the series.</exception>
    public static IReadOnlyList<string> Write(AlignedSeries aligned, int size, RunContext context)
    {
        FocalSeries series = aligned.Series;
        var files = OutputFiles.Of(series.Parameters);
        string ending = Ending(size);
        string baseName = SumName(files, size);
        IReadOnlyList<string> written = Files(series, size);
        int total = written.Count - 1;
        var foci = new List<double>();
        foreach ((double focus, float[] pixels) in BoxcarSums.Enumerate(aligned, size, context.CancellationToken))
        {
            RawFrameFile.Write(written[foci.Count], pixels);
            foci.Add(focus);
            context.Progress?.Report(new RunProgress("Summing frames", foci.Count, total));
        }

        int unused = series.Count - (total * size);
        if (unused > 0)
        {
            context.Warn($"The last {unused} of {series.Count} frames do not fill a sum of {size} and are left out.");
        }

        ReconstructionParameters old = series.Parameters;
        ReconstructionParameters parameters = old with
        {
            Files = new FileParameters
            {
                InputPath = ".",
                InputFileName = baseName,
                ImageCount = total,
                OutputPath = ".",
                OutputFileName = files.BaseName + ending,
            },
            Image = old.Image with { Range = null, FixHotPixels = false },
            Foci = foci,
            BaseDirectory = files.Folder,
        };
        ParameterFile.Write(parameters, written[^1]);
        return written;
    }

    private static string Ending(int size) => string.Create(CultureInfo.InvariantCulture, $"_boxcar_{size}");

    private static string SumName(OutputFiles files, int size) => files.BaseName + Ending(size) + "_float32_";
}
