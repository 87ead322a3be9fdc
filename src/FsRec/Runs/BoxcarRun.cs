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
        string ending = string.Create(CultureInfo.InvariantCulture, $"_boxcar_{size}");
        string baseName = files.BaseName + ending + "_float32_";
        int total = size > 0 ? series.Count / size : 0;
        var written = new List<string>();
        var foci = new List<double>();
        foreach ((double focus, float[] pixels) in BoxcarSums.Enumerate(aligned, size, context.CancellationToken))
        {
            string path = Path.Combine(files.Folder, RawFrameFile.Name(baseName, foci.Count));
            RawFrameFile.Write(path, pixels);
            written.Add(path);
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
        string prm = files.WithEnding(ending + ".fsr");
        ParameterFile.Write(parameters, prm);
        written.Add(prm);
        return written;
    }
}
