using FsRec.Parameters;

namespace FsRec.Series;

/// <summary>Reads a focal series from the files that parameters name.</summary>
public static class SeriesReader
{
    // Of the memory there is, the frames of a series may take this part; more stay in their files until they are needed.
    private const double LargestPart = 0.25;

    /// <summary>Reads the selected frames. Those of a series that is large for the memory at hand stay in their files and are read one by one.</summary>
    /// <param name="parameters">Folder, base name or files, frame shape, selection.</param>
    /// <param name="progress">Told of each frame read.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <exception cref="DataException">A frame is missing, of the wrong size or not finite.</exception>
    public static FocalSeries Read(ReconstructionParameters parameters, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Read(parameters, null, progress, cancellationToken);

    /// <summary>Reads frames from files that are named one by one, in the given order.</summary>
    /// <param name="parameters">The parameters; what the files tell need not be in them.</param>
    /// <param name="files">The files; <see langword="null"/> for those that the parameters name.</param>
    /// <param name="progress">Told of each frame read.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <exception cref="DataException">A file is missing, damaged, or does not fit the others or the parameters.</exception>
    /// <exception cref="ParameterException">Something is neither in the parameters nor in the files, or does not fit.</exception>
    public static FocalSeries Read(
        ReconstructionParameters parameters, IReadOnlyList<string>? files, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        FocalSeries series = Open(parameters, files);
        LoadIfSmall(series, progress, cancellationToken);
        return series;
    }

    /// <summary>
    /// The selected frames, left in their files until they are needed: for a run that reads each once, transforms it and keeps the spectrum
    /// only, which takes half the memory.
    /// </summary>
    /// <param name="parameters">Folder, base name or files, frame shape, selection.</param>
    /// <param name="files">The files; <see langword="null"/> for those that the parameters name.</param>
    /// <exception cref="DataException">A frame is missing or of the wrong size.</exception>
    public static FocalSeries Open(ReconstructionParameters parameters, IReadOnlyList<string>? files = null) => Open(SeriesInput.Open(parameters, files));

    /// <summary>The selected frames of an input, left in their files.</summary>
    internal static FocalSeries Open(SeriesInput input)
    {
        Optics.Detector? detector = SeriesDetector.Of(input.Parameters);
        var frames = new FrameFiles(input, detector);
        frames.Check();
        return new FocalSeries(input.Parameters, input.Parameters.SelectedImages, input.Parameters.SelectedFoci, new FrameStore(frames), input.Source, detector);
    }

    /// <summary>Reads the frames into memory, if it is not too much; those of numbered files always, as PyFSRec does.</summary>
    internal static void LoadIfSmall(FocalSeries series, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        double bytes = (double)series.Count * series.Calibration.PixelCount * sizeof(float);
        if (series.Source is null || bytes <= LargestPart * GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)
        {
            series.Load(0, progress, cancellationToken);
        }
    }
}
