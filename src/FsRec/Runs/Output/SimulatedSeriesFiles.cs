using FsRec.Formats;
using FsRec.Parameters;
using FsRec.Simulation;

namespace FsRec.Runs;

/// <summary>
/// A simulated series as files: frames <c>base000.raw</c> …, the parameter file <c>base.fsr</c> with relative folders, a folder <c>results</c> for the
/// reconstruction, and the truth, <c>base_truth.wav</c>, <c>base_truth_dxy.csv</c> and <c>base_truth_foci.csv</c>.
/// </summary>
public static class SimulatedSeriesFiles
{
    /// <summary>The files that <see cref="Write"/> makes, the parameter file first.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="baseName">Base name of all files.</param>
    /// <param name="frames">Number of frames.</param>
    public static IReadOnlyList<string> Of(string folder, string baseName, int frames)
    {
        string full = Path.GetFullPath(folder);
        return
        [
            .. ((string[])[".fsr", "_truth.wav", "_truth_dxy.csv", "_truth_foci.csv"]).Select(ending => Path.Combine(full, baseName + ending)),
            .. Enumerable.Range(0, frames).Select(n => Path.Combine(full, RawFrameFile.Name(baseName, n))),
        ];
    }

    /// <summary>Writes the series in place of one of the same name that was written there before.</summary>
    /// <param name="series">The series.</param>
    /// <param name="folder">The folder; made when missing.</param>
    /// <param name="baseName">Base name of all files.</param>
    /// <param name="force">Whether read-only files are replaced; they stay read-only.</param>
    /// <param name="context">Told of what was removed; cancellation. <see langword="null"/> for nobody.</param>
    /// <returns>Path of the parameter file.</returns>
    /// <exception cref="FsRecException">A file cannot be written.</exception>
    public static string Write(this SimulatedSeries series, string folder, string baseName, bool force = false, RunContext? context = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentException.ThrowIfNullOrWhiteSpace(baseName);
        string full = Path.GetFullPath(folder);
        ReconstructionParameters parameters = series.Parameters.ToReconstructionParameters(baseName) with { BaseDirectory = full };
        IReadOnlyList<string> paths = Of(folder, baseName, series.Series.Count);
        OutputFile[] files =
        [
            .. paths.Skip(4).Select((path, n) => new OutputFile(path, "image", file => RawFrameFile.Write(file, series.GetCounts(n)))),
            new OutputFile(paths[1], "true wave", file => WaveFile.Write(file, series.TrueWave)),
            new OutputFile(paths[2], "true displacements", file => DisplacementFile.Write(file, series.TrueDisplacements)),
            new OutputFile(paths[3], "true foci", file => FocusFile.Write(file, series.TrueFoci)),
            new OutputFile(paths[0], "parameters", file => ParameterFile.Write(parameters, file)),
        ];
        SeriesOutputs.Save(files, full, baseName, series.Series, "simulate", force, context ?? new RunContext());
        MakeFolder(parameters.ResolvedOutputPath);
        return paths[0];
    }

    private static void MakeFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FsRecException($"The folder '{path}' cannot be made: {e.Message}", e);
        }
    }
}
