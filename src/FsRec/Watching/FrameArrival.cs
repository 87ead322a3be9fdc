using FsRec.Formats;
using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Watching;

/// <summary>
/// The frames of a series in the order of recording, each as soon as its file is whole: as long as it has to be, or unchanged at two looks where nobody knows.
/// </summary>
/// <param name="parameters">The parameters of the whole series.</param>
internal sealed class FrameArrival(ReconstructionParameters parameters)
{
    private readonly ReconstructionParameters _parameters = parameters;
    private readonly bool _named = InputFiles.AreNamed(parameters);
    private string? _before;
    private int _taken;

    /// <summary>Frames that the series will have; <see langword="null"/> where only its end tells.</summary>
    public int? Expected => _parameters.Files.ImageCount > 0 ? _parameters.SelectedImages.Count : null;

    /// <summary>The next frame, a series of itself with its focus; <see langword="null"/> where it is not there yet.</summary>
    /// <param name="images">Numbers and foci of the frames so far; the frame's own are added.</param>
    /// <exception cref="FsRecException">It is no frame of the series.</exception>
    public FocalSeries? Next(List<(int Number, double Focus)> images)
    {
        if (Expected is { } all && _taken >= all)
        {
            return null;
        }

        return _named ? NextOfFiles(images) : NextNumbered(images);
    }

    /// <summary>The frames so far as a series; their pixels stay in their files until they are asked for.</summary>
    /// <param name="images">Numbers and foci.</param>
    public FocalSeries Series(IReadOnlyList<(int Number, double Focus)> images) => SeriesReader.Open(Part(images));

    /// <summary>The parameters of all frames that came: those of the whole series where it is whole.</summary>
    /// <param name="parameters">The parameters of the whole series.</param>
    /// <param name="images">Numbers and foci.</param>
    public ReconstructionParameters Whole(ReconstructionParameters parameters, IReadOnlyList<(int Number, double Focus)> images) =>
        Expected is not { } all || images.Count == all ? parameters : Part(parameters, images);

    private FocalSeries? NextNumbered(List<(int Number, double Focus)> images)
    {
        int number = _parameters.SelectedImages[_taken];
        string path = Path.Combine(_parameters.ResolvedInputPath, RawFrameFile.Name(_parameters.Files.InputFileName, number));
        if (FileStamp.Of(path).Bytes < (long)sizeof(float) * _parameters.Image.Calibration.PixelCount)
        {
            return null;
        }

        return Take(images, (number, _parameters.SelectedFoci[_taken]));
    }

    private FocalSeries? NextOfFiles(List<(int Number, double Focus)> images)
    {
        string folder = _parameters.ResolvedInputPath;
        string name = _parameters.Files.InputFileName;
        string place = Path.Combine(folder, name);
        string[] files = Directory.Exists(place) ? [.. SeriesFiles.InFolder(place)]
            : InputFiles.IsPattern(name) && Directory.Exists(folder) ? Directory.GetFiles(folder, name)
            : File.Exists(place) ? [place] : [];
        string state = string.Join('|', files.Order(StringComparer.Ordinal).Select(static f => $"{Path.GetFileName(f)}:{FileStamp.Of(f).Text}"));
        if (files.Length == 0 || state != _before)
        {
            _before = state;
            return null;
        }

        FocalSeries there;
        try
        {
            // As many as there are now; a ramp of foci is that of all that will come.
            IReadOnlyList<double> foci = Expected is null || _parameters.Foci.Count == 0 ? _parameters.Foci : _parameters.SelectedFoci;
            ReconstructionParameters all = _parameters with { Files = _parameters.Files with { ImageCount = 0 }, Foci = [] };
            if (foci.Count > 0)
            {
                // One for each image that is there yet, whichever number that is.
                int count = SeriesReader.Open(all with { Foci = [0, 0] }).Count;
                all = all with { Foci = [.. foci.Take(count)] };
            }

            there = SeriesReader.Open(all);
        }
        catch (DataException) when (files.Length > _taken)
        {
            return null;
        }

        return there.Count <= _taken ? null : Take(images, (there.ImageNumbers[_taken], there.Foci[_taken]));
    }

    private FocalSeries Take(List<(int Number, double Focus)> images, (int Number, double Focus) image)
    {
        FocalSeries frame = SeriesReader.Open(Part([image]));
        frame.Load(1, null, CancellationToken.None);
        images.Add(image);
        _taken++;
        return frame;
    }

    private ReconstructionParameters Part(IReadOnlyList<(int Number, double Focus)> images) => Part(_parameters, images);

    private ReconstructionParameters Part(ReconstructionParameters parameters, IReadOnlyList<(int Number, double Focus)> images) => parameters with
    {
        Files = _named ? parameters.Files with { ImageCount = 0 } : parameters.Files,
        Image = parameters.Image with { Range = [.. images.Select(static i => i.Number)] },
        Foci = images.Count == 1 ? [images[0].Focus] : [.. images.Select(static i => i.Focus)],
    };
}
