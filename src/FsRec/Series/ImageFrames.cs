using FsRec.Formats.Images;
using FsRec.Formats.Raw;

namespace FsRec.Series;

/// <summary>Frames in files of microscopes and of other programs, one or many a file. One file is kept open, of several each is opened for the frame that is read.</summary>
internal sealed class ImageFrames : FrameSource
{
    private readonly string[] _paths;
    private readonly RawFormat? _raw;
    private readonly int[] _first;
    private readonly ImageFile? _only;

    /// <summary>Opens every file once to see what it holds.</summary>
    /// <exception cref="DataException">A file is damaged, or holds other frames than the first.</exception>
    public ImageFrames(IReadOnlyList<string> paths, RawFormat? raw)
    {
        SerialEmFile? described = null;
        if (paths is [var only] && IsSerialEm(only))
        {
            described = SerialEmFile.Read(only);
            paths = described.ImageFiles;
        }

        _paths = [.. paths];
        _raw = raw;
        _first = new int[_paths.Length + 1];
        var infos = new ImageFileInfo[_paths.Length];
        for (int i = 0; i < _paths.Length; i++)
        {
            var file = ImageFile.Open(_paths[i], raw);
            infos[i] = file.Main.Info;
            _first[i + 1] = checked(_first[i] + infos[i].Frames);
            if (_paths.Length == 1)
            {
                _only = file;
            }
            else
            {
                file.Dispose();
            }

            if ((described ?? SerialEmFile.Beside(_paths[i])) is { } mdoc)
            {
                infos[i] = mdoc.AddTo(infos[i], described is null ? 0 : _first[i]);
            }

            Check(infos[0], infos[i]);
        }

        Infos = infos;
    }

    /// <summary>What each file holds.</summary>
    public IReadOnlyList<ImageFileInfo> Infos { get; }

    /// <inheritdoc />
    public override bool HasHeader => Infos[0].Format != RawFormat.FormatName;

    /// <summary>Number of frames in all of them.</summary>
    public int Total => _first[^1];

    /// <inheritdoc />
    public override string Name(int image)
    {
        int file = FileOf(image);
        return Infos[file].Frames == 1 ? _paths[file] : FormattableString.Invariant($"{_paths[file]}, image {image - _first[file]}");
    }

    /// <inheritdoc />
    public override string File(int image) => _paths[FileOf(image)];

    /// <inheritdoc />
    public override void Read(int image, Span<float> target)
    {
        int index = FileOf(image);
        if (_only is not null)
        {
            _only.Main.Read(image, target);
            return;
        }

        using var file = ImageFile.Open(_paths[index], _raw);
        if (file.Main.Info.Frames != Infos[index].Frames || file.Main.Info.PixelCount != Infos[index].PixelCount)
        {
            throw new DataException($"'{_paths[index]}' was written again while it was in use. Start again once the series is whole.");
        }

        file.Main.Read(image - _first[index], target);
    }

    /// <inheritdoc />
    public override void Check(int image) => _ = FileOf(image);

    private static bool IsSerialEm(string path)
    {
        using var file = new FileBytes(path);
        var head = new byte[(int)Math.Min(file.Length, 8192)];
        file.Read(0, head);
        return SerialEmFile.Knows(head);
    }

    private static void Check(ImageFileInfo first, ImageFileInfo other)
    {
        if (other.PixelType.IsComplex())
        {
            throw new DataException($"'{other.Path}' holds complex numbers ({other.PixelType}); a frame is an image of real numbers.");
        }

        if ((other.Rows, other.Columns) != (first.Rows, first.Columns))
        {
            throw new DataException(
                $"'{other.Path}' holds images of {other.Rows}×{other.Columns} px, '{first.Path}' of {first.Rows}×{first.Columns}; the frames of a series are of one size.");
        }
    }

    private int FileOf(int image)
    {
        if (image < 0 || image >= Total)
        {
            throw new DataException($"There is no image {image}: {(_paths.Length == 1 ? $"'{_paths[0]}' holds" : $"the {_paths.Length} files hold")} {Total}, from number 0.");
        }

        int at = Array.BinarySearch(_first, image);
        return at >= 0 ? at : ~at - 1;
    }
}
