using FsRec.Parameters;

namespace FsRec.Series;

/// <summary>Reads a focal series from the files that parameters name.</summary>
public static class SeriesReader
{
    /// <summary>Reads the selected frames.</summary>
    /// <param name="parameters">Folder, base name, frame shape, selection.</param>
    /// <param name="progress">Told of each frame read.</param>
    /// <param name="cancellationToken">Stops between two frames.</param>
    /// <exception cref="DataException">A frame is missing, of the wrong size or not finite.</exception>
    public static FocalSeries Read(ReconstructionParameters parameters, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var store = new FrameStore(new FrameFiles(parameters));
        store.Keep(0, progress, cancellationToken);
        return new FocalSeries(parameters, parameters.SelectedImages, parameters.SelectedFoci, store);
    }

    /// <summary>
    /// The selected frames, left in their files until they are needed: for a run that reads each once, transforms it and keeps the spectrum
    /// only, which takes half the memory.
    /// </summary>
    /// <param name="parameters">Folder, base name, frame shape, selection.</param>
    /// <exception cref="DataException">A frame is missing or of the wrong size.</exception>
    internal static FocalSeries Open(ReconstructionParameters parameters)
    {
        var files = new FrameFiles(parameters);
        files.Check();
        return new FocalSeries(parameters, parameters.SelectedImages, parameters.SelectedFoci, new FrameStore(files));
    }
}
