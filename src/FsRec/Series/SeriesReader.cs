using FsRec.Formats;
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
        IReadOnlyList<int> images = parameters.SelectedImages;
        Calibration calibration = parameters.Image.Calibration;
        string folder = parameters.ResolvedInputPath;
        if (!Directory.Exists(folder))
        {
            throw new DataException($"The folder '{folder}' of the frames does not exist. Check INPUTPATH.", new DirectoryNotFoundException(folder));
        }

        var store = new FrameStore(images.Count, calibration.PixelCount);
        int done = 0;
        FrameLoop.Run(images.Count, 0, cancellationToken, n =>
        {
            string path = Path.Combine(folder, RawFrameFile.Name(parameters.Files.InputFileName, images[n]));
            Span<float> frame = store[n];
            RawFrameFile.Read(path, calibration, frame);
            FramePreparation.Prepare(frame, parameters.Image, path);
            progress?.Report(new RunProgress("Reading frames", Interlocked.Increment(ref done), images.Count));
        });
        return new FocalSeries(parameters, images, parameters.SelectedFoci, store);
    }
}
