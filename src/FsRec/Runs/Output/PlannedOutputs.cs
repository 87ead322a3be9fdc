using FsRec.Parameters;

namespace FsRec.Runs;

/// <summary>The files that a run may write, known before it begins: what -NoClobber guards, and what is looked at for being writable.</summary>
public static class PlannedOutputs
{
    /// <summary>The files.</summary>
    /// <param name="parameters">The parameters of the run.</param>
    /// <param name="options">What is done with them.</param>
    public static IReadOnlyList<string> Of(ReconstructionParameters parameters, RunOptions options)
    {
        var files = OutputFiles.Of(parameters);
        var planned = new List<string>();
        if (options.ShowArea)
        {
            planned.Add(files.AreaPicture);
        }

        if (options.Boxcar is { } size)
        {
            planned.AddRange(options.UsePrevious ? [] : Alignment(parameters, files));
            planned.AddRange(BoxcarRun.Files(parameters, size));
            return [.. planned, files.Record];
        }

        if (options.PrealignOnly)
        {
            planned.AddRange(Alignment(parameters, files));
            return [.. planned, files.Record];
        }

        if (options.UsePrevious || !(options.StepAnalysis || options.Autofocus))
        {
            planned.AddRange(Reconstruction(parameters, options, files));
        }

        if (options.StepAnalysis)
        {
            planned.Add(files.Foci);
        }

        if (options.Autofocus)
        {
            planned.AddRange([files.Wave, files.FilteredWave, files.Autofocus]);
        }

        if (options.CrossValidate is null)
        {
            planned.AddRange(options.Documents.Select(static document => document.Path));
        }

        return [.. planned.Append(files.Record).Distinct()];
    }

    /// <summary>About how many bytes they take.</summary>
    internal static double Bytes(ReconstructionParameters parameters, RunOptions options)
    {
        double frame = (double)parameters.Image.Calibration.Rows * parameters.Image.Calibration.Columns * sizeof(float);
        int frames = parameters.SelectedImages.Count;
        if (options.Boxcar is { } size)
        {
            return frame * frames / Math.Max(1, size);
        }

        bool reconstructs = !options.PrealignOnly;
        return (reconstructs ? 4 * frame : 0)
            + (parameters.Linear.SaveAligned ? frames * frame : 0)
            + (reconstructs && parameters.Linear.SaveIntermediate ? 2 * frame * (options.Iterations ?? parameters.Linear.Iterations) : 0)
            + (reconstructs && options.Debug ? 8 * frames * frame : 0)
            + (reconstructs ? 4 * frame * options.Documents.Count : 0);
    }

    private static IEnumerable<string> Reconstruction(ReconstructionParameters parameters, RunOptions options, OutputFiles files)
    {
        RestorationMethod method = options.Method ?? parameters.Restoration.Method;
        int iterations = options.Iterations ?? parameters.Linear.Iterations;
        IEnumerable<string> planned = [files.Wave, files.FilteredWave, .. Alignment(parameters, files)];
        if (method == RestorationMethod.Nonlinear || options.UsePrevious)
        {
            planned = planned.Append(files.Foci);
        }

        if (method != RestorationMethod.Linear)
        {
            planned = planned.Concat([files.FrameUncertainty, files.RingUncertainty]);
        }

        // As many as asked for may be very many; those that are there are the ones to be guarded.
        if (parameters.Linear.SaveIntermediate)
        {
            planned = planned.Concat(Existing(files, "_???.wav", iterations, files.IntermediateWave));
        }

        if (options.ShowAlignment)
        {
            planned = planned.Append(files.AlignmentTable).Concat(Existing(files, "_alignment_???*.png", iterations, files.AlignmentPicture));
        }

        return options.Debug ? planned.Append(DebugFiles.Index(files)) : planned;
    }

    private static IEnumerable<string> Existing(OutputFiles files, string pattern, int iterations, Func<int, string> name) =>
        Directory.Exists(files.Folder) && Directory.EnumerateFiles(files.Folder, files.BaseName + pattern).Any()
            ? Enumerable.Range(1, Math.Min(iterations, 9999)).Select(name).Where(File.Exists)
            : Enumerable.Range(1, Math.Min(iterations, 1)).Select(name);

    private static IEnumerable<string> Alignment(ReconstructionParameters parameters, OutputFiles files) => parameters.Linear.SaveAligned
        ? [files.Displacements, .. parameters.SelectedImages.Select(files.AlignedFrame)]
        : [files.Displacements];
}
