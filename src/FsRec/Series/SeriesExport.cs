using FsRec.Formats;
using FsRec.Formats.Export;
using FsRec.Parameters;

namespace FsRec.Series;

/// <summary>Writes the frames of a series for other programs, as they were recorded.</summary>
public static class SeriesExport
{
    /// <summary>What made a file of a series.</summary>
    /// <param name="series">The series.</param>
    /// <param name="content">What the file holds, in words.</param>
    public static Provenance ProvenanceOf(FocalSeries series, string content) => new(series.Parameters, series.Foci, content);

    /// <summary>Writes all frames into one file, whose suffix says the format.</summary>
    /// <param name="path">The file; written beside its place and renamed into it.</param>
    /// <param name="series">The series.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <exception cref="FsRecException">The suffix is not known, or the file cannot be written.</exception>
    public static void Write(string path, FocalSeries series, CancellationToken cancellationToken = default) => ImageExport.Write(
        path,
        new ImageContent
        {
            Frames = series.Count,
            Calibration = series.Calibration,
            Read = series.ReadRecorded,
            Provenance = ProvenanceOf(series, $"focal series of {series.Count} images"),
        },
        cancellationToken);

    /// <summary>The parameters and the files with which PyFSRec takes a series: numbered frames of float32 beside a parameter file.</summary>
    /// <param name="parameters">Where to: the path of the parameter file.</param>
    /// <param name="series">The series.</param>
    public static (ReconstructionParameters Parameters, IReadOnlyList<string> Frames) RawFiles(string parameters, FocalSeries series)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(parameters)) ?? "";
        string baseName = Path.GetFileNameWithoutExtension(parameters) + "_";
        ReconstructionParameters old = series.Parameters;
        ReconstructionParameters changed = old with
        {
            Files = new FileParameters
            {
                InputPath = folder + Path.DirectorySeparatorChar,
                InputFileName = baseName,
                ImageCount = series.Count,
                OutputPath = old.Files.OutputPath.Length > 0 ? old.ResolvedOutputPath : folder + Path.DirectorySeparatorChar,
                OutputFileName = old.Files.OutputFileName,
            },
            Image = old.Image with { Range = null },
            Foci = series.Foci,
            Detector = old.ResolvedDetector,
            BaseDirectory = folder,
        };
        return (changed, [.. Enumerable.Range(0, series.Count).Select(n => Path.Combine(folder, RawFrameFile.Name(baseName, n)))]);
    }

    /// <summary>Writes one frame as PyFSRec takes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="series">The series.</param>
    /// <param name="index">Position in the series.</param>
    public static void WriteRaw(string path, FocalSeries series, int index)
    {
        var pixels = new float[series.Calibration.PixelCount];
        series.ReadRecorded(index, pixels);
        RawFrameFile.Write(path, pixels);
    }
}
