using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Runs;

/// <summary>The results of a finished run where a run that was stopped is to be taken up and there is none.</summary>
internal static class FinishedResults
{
    /// <summary>
    /// Sees to it that who takes up a run does not lose what a finished one found: a wave that was restored by more than this run would. With the same options
    /// the run is done again.
    /// </summary>
    /// <param name="series">The series, restored as this run does.</param>
    /// <param name="files">Where the results lie.</param>
    /// <param name="context">Told of results that are replaced.</param>
    /// <exception cref="DataException">The run would replace a wave of the same frames by one that is restored by less.</exception>
    public static void Guard(FocalSeries series, OutputFiles files, RunContext context)
    {
        if (File.Exists(files.State) || !File.Exists(files.Wave) || RunRecordFile.Read(files) is not { } record || !IsOfThese(series, record))
        {
            return;
        }

        RestorationMethod found = MethodOf(record, files);
        RestorationMethod asked = series.Parameters.Restoration.Method;
        if (Stages(found) > Stages(asked))
        {
            throw new DataException(
                $"There is no run to take up: the results '{files.WithEnding("*")}' are whole, with Restoration={found}, and a run with Restoration={asked} "
                + $"would replace them. To make them again, {context.Names.Restoring(found.ToString())}; to replace them, run without {context.Names.Resume}.");
        }

        context.Tell($"The results '{files.WithEnding("*")}' are those of a finished run, {record}; they are made again and replaced.");
    }

    private static bool IsOfThese(FocalSeries series, RunRecord record)
    {
        Dictionary<string, InputRecord> inputs = record.Inputs.DistinctBy(static i => i.Path).ToDictionary(static i => i.Path, StringComparer.Ordinal);
        return series.SourceFiles.All(path => inputs.TryGetValue(path, out InputRecord? input)
            && input.IsUnchanged());
    }

    /// <summary>The restoration of the wave that a record names.</summary>
    // The record of an analysis that came later speaks of the wave that it read; what it did not make lies there still.
    internal static RestorationMethod MethodOf(RunRecord record, OutputFiles files)
    {
        RestorationMethod named = Enum.TryParse(record.Figures?.Restoration, out RestorationMethod method) ? method : RestorationMethod.Linear;
        bool hasErrors = record.Files.ContainsKey(RunRecordFile.Name(files, files.FrameUncertainty));
        return named == RestorationMethod.Linear && hasErrors ? RestorationMethod.Wiener : named;
    }

    /// <summary>How many restorations a method makes one after the other, the first not counted.</summary>
    internal static int Stages(RestorationMethod method) => method switch
    {
        RestorationMethod.Nonlinear => 2,
        RestorationMethod.Wiener => 1,
        _ => 0,
    };
}
