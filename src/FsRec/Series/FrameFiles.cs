using FsRec.Formats;
using FsRec.Parameters;

namespace FsRec.Series;

/// <summary>
/// The files that hold a series' frames. What is read twice must be the same both times: a frame is known again by its mean, which no
/// other has to the last digit.
/// </summary>
internal sealed class FrameFiles
{
    private readonly string[] _paths;
    private readonly ImageParameters _image;

    /// <summary>Names the files of the selected images.</summary>
    /// <exception cref="DataException">Their folder does not exist.</exception>
    public FrameFiles(ReconstructionParameters parameters)
    {
        string folder = parameters.ResolvedInputPath;
        if (!Directory.Exists(folder))
        {
            throw new DataException($"The folder '{folder}' of the frames does not exist. Check INPUTPATH.", new DirectoryNotFoundException(folder));
        }

        _paths = [.. parameters.SelectedImages.Select(image => Path.Combine(folder, RawFrameFile.Name(parameters.Files.InputFileName, image)))];
        _image = parameters.Image;
    }

    /// <summary>Number of frames.</summary>
    public int Count => _paths.Length;

    /// <summary>Pixels of each.</summary>
    public int Pixels => _image.Calibration.PixelCount;

    /// <summary>Makes sure that every file is there and of the right size, without reading it.</summary>
    /// <exception cref="DataException">One is not.</exception>
    public void Check()
    {
        foreach (string path in _paths)
        {
            RawFrameFile.Check(path, _image.Calibration);
        }
    }

    /// <summary>Reads and prepares a frame; different frames from several threads at once.</summary>
    /// <param name="frame">Position in the series.</param>
    /// <param name="target">Where its pixels go.</param>
    /// <param name="means">The means that frames had before; this one's is set, or must be the same.</param>
    /// <exception cref="DataException">It is missing, of the wrong size, not finite, or no longer what it was.</exception>
    public void Read(int frame, Span<float> target, double[] means)
    {
        string path = _paths[frame];
        RawFrameFile.Read(path, _image.Calibration, target);
        double mean = FramePreparation.Prepare(target, _image, path);
        if (means[frame] == 0)
        {
            means[frame] = mean;
        }
        else if (means[frame] != mean)
        {
            throw new DataException(FormattableString.Invariant(
                $"The frame '{path}' was written again while it was in use: its mean was {means[frame]:g7} and is {mean:g7}. Start the run again once the series is whole."));
        }
    }
}
