using System.Globalization;
using FsRec.Formats;
using FsRec.Series;

namespace FsRec.Runs;

/// <summary>
/// The files of a series that is written frame by frame. They are put in place all or none, with a record; frames that a longer series of the same
/// name left there are removed with what else it left, as they would be read with the new ones.
/// </summary>
public static class SeriesOutputs
{
    /// <summary>Writes the files of a series.</summary>
    /// <param name="outputs">Its files: the frames, and what goes with them, all in one folder.</param>
    /// <param name="folder">The folder; made when missing.</param>
    /// <param name="frameName">What the frames' names begin with; their numbers follow, from 0.</param>
    /// <param name="series">The series.</param>
    /// <param name="command">What was done, for the record.</param>
    /// <param name="force">Whether read-only files are replaced; they stay read-only.</param>
    /// <param name="context">Told of what was removed; cancellation.</param>
    /// <exception cref="FsRecException">A file cannot be written, or another process is writing there.</exception>
    public static void Save(
        IReadOnlyList<OutputFile> outputs, string folder, string frameName, FocalSeries series, string command, bool force, RunContext context)
    {
        // Apart from results of the same name.
        var files = new OutputFiles(Path.GetFullPath(folder), frameName.TrimEnd('_') + "_series") { Stem = frameName.TrimEnd('_') };
        double bytes = (double)outputs.Count * series.Calibration.PixelCount * sizeof(float);
        using (var writer = OutputWriter.Open(files, outputs.Select(static o => o.Path), bytes, force, context))
        {
            writer.Add(outputs);
            writer.Commit(OutputKind.Replacement, command, series);
        }

        if (Strangers(files.Folder, frameName, outputs) is { Count: > 0 } strangers)
        {
            context.Warn(WarningIds.OtherFrames, $"'{strangers[0]}'{(strangers.Count == 1 ? " is" : $" and {strangers.Count - 1} more are")} numbered as the images of this series and not of it. What reads them together mixes two series.");
        }
    }

    private static List<string> Strangers(string folder, string frameName, IReadOnlyList<OutputFile> outputs)
    {
        var own = outputs.Select(static o => Path.GetFileName(o.Path)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. Directory.EnumerateFiles(folder, frameName + "*.raw").Select(Path.GetFileName).OfType<string>().Where(name => !own.Contains(name) && IsFrame(name)).Order(StringComparer.Ordinal)];

        bool IsFrame(string name) => int.TryParse(name.AsSpan(frameName.Length, name.Length - frameName.Length - 4), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && RawFrameFile.Name(frameName, number) == name;
    }
}
