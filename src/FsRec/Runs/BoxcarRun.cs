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
    private const string SetEnding = "_float32";

    /// <summary>The files that <see cref="Write(AlignedSeries, int, RunContext)"/> writes; the parameter file is the last.</summary>
    /// <param name="series">The series.</param>
    /// <param name="size">Frames a sum.</param>
    public static IReadOnlyList<string> Files(FocalSeries series, int size) => Files(series.Parameters, size);

    internal static IReadOnlyList<string> Files(ReconstructionParameters parameters, int size)
    {
        var files = OutputFiles.Of(parameters);
        string ending = Ending(size);
        return
        [
            .. Enumerable.Range(0, size > 0 ? parameters.SelectedImages.Count / size : 0)
                .Select(n => Path.Combine(files.Folder, RawFrameFile.Name(SumName(files, size), n))),
            files.WithEnding(ending + ".fsr"),
        ];
    }

    /// <summary>Whether sums of a run's frames are a set of that name.</summary>
    /// <param name="files">The run's files.</param>
    /// <param name="name">Name of a set.</param>
    internal static bool IsSetOf(OutputFiles files, string name) =>
        name.StartsWith(files.BaseName + "_boxcar_", StringComparison.Ordinal) && name.EndsWith(SetEnding, StringComparison.Ordinal);

    /// <summary>Writes the sums and their parameter file beside the results of the series.</summary>
    /// <param name="aligned">The series and its displacements.</param>
    /// <param name="size">Frames a sum.</param>
    /// <param name="context">Progress, cancellation.</param>
    /// <returns>The files written; the parameter file is the last.</returns>
    /// <exception cref="FsRecException">The size does not fit the series.</exception>
    public static IReadOnlyList<string> Write(AlignedSeries aligned, int size, RunContext context) => Write(aligned, size, false, context);

    /// <summary>Writes them, over read-only files too where that is asked for.</summary>
    internal static IReadOnlyList<string> Write(AlignedSeries aligned, int size, bool force, RunContext context)
    {
        FocalSeries series = aligned.Series;
        var files = OutputFiles.Of(series.Parameters);
        string ending = Ending(size);
        string baseName = SumName(files, size);
        IReadOnlyList<string> written = Files(series, size);
        int total = written.Count - 1;
        // A set of its own: the sums are what another reconstruction starts from.
        var place = new OutputFiles(files.Folder, files.BaseName + ending + SetEnding);
        double bytes = (double)total * series.Calibration.PixelCount * sizeof(float);
        using var writer = OutputWriter.Open(place, written, bytes, force, context);
        var foci = new List<double>();
        foreach ((double focus, float[] pixels) in BoxcarSums.Enumerate(aligned, size, context.CancellationToken))
        {
            writer.Add(new OutputFile(written[foci.Count], "sum of frames", path => RawFrameFile.Write(path, pixels)));
            foci.Add(focus);
            context.Progress?.Report(new RunProgress("Summing frames", foci.Count, total));
        }

        int unused = series.Count - (total * size);
        if (unused > 0)
        {
            context.Warn(WarningIds.FramesLeftOver, $"The last {unused} of {series.Count} frames do not fill a sum of {size} and are left out.");
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
            Detector = old.ResolvedDetector,
            BaseDirectory = files.Folder,
        };
        writer.Add(new OutputFile(written[^1], "parameter file of the sums", path => ParameterFile.Write(parameters, path)));
        writer.Commit(OutputKind.Replacement, FormattableString.Invariant($"--boxcar {size}"), series);
        return written;
    }

    private static string Ending(int size) => string.Create(CultureInfo.InvariantCulture, $"_boxcar_{size}");

    private static string SumName(OutputFiles files, int size) => files.BaseName + Ending(size) + "_float32_";
}
