using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Runs;

/// <summary>What is said before a run replaces results that it cannot make again: those of other images, or those that took more than it will do.</summary>
internal static class ReplacedResults
{
    /// <summary>Warns of them.</summary>
    /// <param name="series">The series, restored as this run does.</param>
    /// <param name="files">Where the results lie.</param>
    /// <param name="isPart">Whether the run finds displacements alone.</param>
    /// <param name="context">Warned.</param>
    public static void Warn(FocalSeries series, OutputFiles files, bool isPart, RunContext context)
    {
        if (RunRecordFile.Read(files) is not { } record)
        {
            return;
        }

        if (WhatIsLost(series, files, record, isPart, context) is { } lost)
        {
            context.Warn(WarningIds.ResultsReplaced, $"{lost} Another {context.Names.Place} keeps what is there.");
        }
    }

    private static string? WhatIsLost(FocalSeries series, OutputFiles files, RunRecord record, bool isPart, RunContext context)
    {
        HashSet<string> frames = new(series.FrameFiles, RealPaths.Comparer);
        if (frames.Count > 0 && record.Inputs.Count > 0 && !record.Inputs.Any(input => frames.Contains(input.Path)))
        {
            return $"The results '{files.WithEnding("*")}' are of other images, of which '{record.Inputs[0].Path}' is the first, and are replaced.";
        }

        bool hasWave = File.Exists(files.Wave) && record.Files.ContainsKey(RunRecordFile.Name(files, files.Wave));
        RestorationMethod found = FinishedResults.MethodOf(record, files);
        return !hasWave ? null
            : isPart ? $"The displacements of {record}, by which its wave was made, are replaced by those before a reconstruction; {context.Names.UsePrevious} and analyses will not take the wave any more."
            : FinishedResults.Stages(found) > FinishedResults.Stages(series.Parameters.Restoration.Method) ? $"The wave of {record}, with Restoration={found}, is replaced by one with Restoration={series.Parameters.Restoration.Method}."
            : null;
    }
}
