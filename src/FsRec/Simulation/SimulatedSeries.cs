using FsRec.Formats;
using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Simulation;

/// <summary>A simulated focal series with what it was made from. Immutable.</summary>
public sealed class SimulatedSeries
{
    private readonly float[][] _counts;

    internal SimulatedSeries(
        SimulationParameters parameters,
        FocalSeries series,
        ExitWave trueWave,
        IReadOnlyList<FrameDisplacement> trueDisplacements,
        IReadOnlyList<FrameFocus> trueFoci,
        IReadOnlyList<double> trueDoses,
        float[][] counts)
    {
        Parameters = parameters;
        Series = series;
        TrueWave = trueWave;
        TrueDisplacements = trueDisplacements;
        TrueFoci = trueFoci;
        TrueDoses = trueDoses.ToArray();
        _counts = counts;
    }

    /// <summary>What was simulated.</summary>
    public SimulationParameters Parameters { get; }

    /// <summary>The series, ready to reconstruct: it knows the nominal foci and nothing of drift.</summary>
    public FocalSeries Series { get; }

    /// <summary>The wave behind the specimen in the common frame, vacuum 1, with all frequencies of the simulation.</summary>
    public ExitWave TrueWave { get; }

    /// <summary>How far each frame's content lies from the common frame, in pixels.</summary>
    public IReadOnlyList<FrameDisplacement> TrueDisplacements { get; }

    /// <summary>The foci at which the frames were simulated, in nm.</summary>
    public IReadOnlyList<FrameFocus> TrueFoci { get; }

    /// <summary>Dose of each frame in electrons/Å².</summary>
    public IReadOnlyList<double> TrueDoses { get; }

    /// <summary>A copy of a frame as recorded: electrons a pixel, or the intensity in units of the incident one without noise.</summary>
    /// <param name="index">Position in the series, from 0.</param>
    public float[] GetCounts(int index) => [.. _counts[index]];

    /// <summary>The files that <see cref="Write"/> makes, the parameter file first.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="baseName">Base name of all files.</param>
    /// <param name="frames">Number of frames.</param>
    public static IReadOnlyList<string> FilesOf(string folder, string baseName, int frames)
    {
        string full = Path.GetFullPath(folder);
        return
        [
            .. ((string[])[".fsr", "_truth.wav", "_truth_dxy.csv", "_truth_foci.csv"]).Select(ending => Path.Combine(full, baseName + ending)),
            .. Enumerable.Range(0, frames).Select(n => Path.Combine(full, RawFrameFile.Name(baseName, n))),
        ];
    }

    /// <summary>
    /// Writes the series: frames <c>base000.raw</c> …, the parameter file <c>base.fsr</c> with relative folders, a folder
    /// <c>results</c> for the reconstruction, and the truth, <c>base_truth.wav</c>, <c>base_truth_dxy.csv</c> and
    /// <c>base_truth_foci.csv</c>.
    /// </summary>
    /// <param name="folder">The folder; made when missing.</param>
    /// <param name="baseName">Base name of all files.</param>
    /// <returns>Path of the parameter file.</returns>
    /// <exception cref="FsRecException">A file cannot be written.</exception>
    public string Write(string folder, string baseName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentException.ThrowIfNullOrWhiteSpace(baseName);
        string full = Path.GetFullPath(folder);
        for (int n = 0; n < _counts.Length; n++)
        {
            RawFrameFile.Write(Path.Combine(full, RawFrameFile.Name(baseName, n)), _counts[n]);
        }

        WaveFile.Write(Path.Combine(full, baseName + "_truth.wav"), TrueWave);
        DisplacementFile.Write(Path.Combine(full, baseName + "_truth_dxy.csv"), TrueDisplacements);
        FocusFile.Write(Path.Combine(full, baseName + "_truth_foci.csv"), TrueFoci);
        ReconstructionParameters parameters = Parameters.ToReconstructionParameters(baseName) with { BaseDirectory = full };
        MakeFolder(parameters.ResolvedOutputPath);
        string path = Path.Combine(full, baseName + ".fsr");
        ParameterFile.Write(parameters, path);
        return path;
    }

    /// <inheritdoc />
    public override string ToString() => $"{Series}, simulated";

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
