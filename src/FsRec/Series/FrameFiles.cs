using System.Collections.Concurrent;
using FsRec.Formats.Images;
using FsRec.Optics;
using FsRec.Parameters;

namespace FsRec.Series;

/// <summary>
/// The files that hold a series' frames. What is read twice must be the same both times: a frame is known again by its mean and a hash of its pixels.
/// </summary>
internal sealed class FrameFiles
{
    private readonly FrameSource _source;
    private readonly IReadOnlyList<int> _images;
    private readonly ImageParameters _image;
    private readonly bool _flipRows;
    private readonly bool _withoutDefects;

    // Of each file, as it was before the first frame was read from it.
    private readonly ConcurrentDictionary<string, FileStamp> _seen = new(StringComparer.Ordinal);

    /// <summary>Takes the selected images of an input.</summary>
    /// <param name="input">The input.</param>
    /// <param name="detector">The detector; <see langword="null"/> for one that changes nothing.</param>
    public FrameFiles(SeriesInput input, Detector? detector = null)
    {
        _source = input.Frames;
        _images = input.Parameters.SelectedImages;
        _image = input.Parameters.Image;
        _flipRows = input.Parameters.Files.FlipRows;
        Whitening = NoiseWhitening.Of(detector, _image.Calibration);
        Clipped = new bool[_images.Count];
        Hashes = new SourceHashes(() => Paths);
    }

    private FrameFiles(FrameFiles files, NoiseWhitening? whitening, bool withoutDefects)
    {
        (_source, _images, _image, _flipRows, Whitening, _withoutDefects) = (files._source, files._images, files._image, files._flipRows, whitening, withoutDefects);
        Clipped = [.. files.Clipped];
        (_seen, Hashes) = (files._seen, files.Hashes);
    }

    /// <summary>The same files, their frames freed of another colour of their noise.</summary>
    /// <param name="whitening">What frees them; <see langword="null"/> to leave their noise as it was recorded.</param>
    public FrameFiles Whitened(NoiseWhitening? whitening) => new(this, whitening, _withoutDefects);

    /// <summary>The same files, defective pixels replaced that the parameters leave.</summary>
    public FrameFiles WithoutDefects() => new(this, Whitening, withoutDefects: true);

    /// <summary>Shape of the frames, and whether outliers are repaired.</summary>
    public ImageParameters Image => _image;

    /// <summary>What frees the frames of the colour of their noise; <see langword="null"/> where it is white.</summary>
    public NoiseWhitening? Whitening { get; }

    /// <summary>Which of the frames read so far were clipped.</summary>
    public bool[] Clipped { get; }

    /// <summary>Whether they say of what type their numbers are.</summary>
    public bool HasHeader => _source.HasHeader;

    /// <summary>Hashes of the files.</summary>
    public SourceHashes Hashes { get; }

    /// <summary>Full path of each file.</summary>
    public IReadOnlyList<string> Paths => [.. _images.Select(_source.File).Distinct().Select(Path.GetFullPath)];

    /// <summary>Files that were written again, or removed, after a frame was first read from them.</summary>
    public IReadOnlyList<string> Changed => [.. Paths.Where(path => _seen.TryGetValue(path, out FileStamp seen) && FileStamp.Of(path) != seen)];

    /// <summary>Number of frames.</summary>
    public int Count => _images.Count;

    /// <summary>Pixels of each.</summary>
    public int Pixels => _image.Calibration.PixelCount;

    /// <summary>Makes sure that every frame is there and of the right size, without reading it.</summary>
    /// <exception cref="DataException">One is not.</exception>
    public void Check()
    {
        foreach (int image in _images)
        {
            _source.Check(image);
        }
    }

    /// <summary>Reads a frame as it was recorded.</summary>
    /// <param name="frame">Position in the series.</param>
    /// <param name="target">Where its pixels go.</param>
    /// <exception cref="DataException">It is missing or damaged.</exception>
    public void ReadRecorded(int frame, Span<float> target)
    {
        _seen.GetOrAdd(Path.GetFullPath(_source.File(_images[frame])), FileStamp.Of);
        _source.Read(_images[frame], target);
        if (_flipRows)
        {
            Orientation.FlipRows(target[..Pixels], _image.Calibration.Columns);
        }
    }

    /// <summary>
    /// Reads and prepares a frame; different frames from several threads at once. What was found in it the first time is not looked for again.
    /// </summary>
    /// <param name="frame">Position in the series.</param>
    /// <param name="target">Where its pixels go.</param>
    /// <param name="means">The means that frames had before; this one's is set, or must be the same.</param>
    /// <param name="hashes">Those of their pixels, likewise.</param>
    /// <param name="defects">Set to what there is of defective pixels.</param>
    /// <exception cref="DataException">It is missing, of the wrong size, not finite, or no longer what it was.</exception>
    public void Read(int frame, Span<float> target, double[] means, UInt128?[] hashes, FrameDefects[] defects)
    {
        string name = _source.Name(_images[frame]);
        ReadRecorded(frame, target);
        if (hashes[frame] is not { } before)
        {
            (means[frame], defects[frame]) = FramePreparation.Prepare(target, _image, name, _source.HasHeader, _withoutDefects);
            Clipped[frame] = Clipping.IsClipped(target[..Pixels]);
            Whitening?.Apply(target[..Pixels]);
            hashes[frame] = FrameStore.Hash(target[..Pixels]);
            return;
        }

        double mean = FramePreparation.PrepareAgain(target, _image, name, _withoutDefects);
        Whitening?.Apply(target[..Pixels]);
        if (means[frame] != mean || before != FrameStore.Hash(target[..Pixels]))
        {
            throw new DataException(
                $"The frame '{name}' was written again while it was in use: {(means[frame] == mean ? "other pixels than before" : FormattableString.Invariant($"its mean was {means[frame]:g7} and is {mean:g7}"))}. Start the run again once the series is whole.");
        }
    }
}
