using FsRec.Formats;
using FsRec.Parameters;
using FsRec.Series;

namespace FsRec.Watching;

/// <summary>
/// The frames of a series in the order of recording, each as soon as its file is whole: as long as it has to be, or unchanged at two looks where nobody knows.
/// What a file system says that is away for a moment is no end: the frame is waited for.
/// </summary>
/// <param name="parameters">The parameters of the whole series.</param>
/// <param name="look">Looks at the files that the parameters name.</param>
internal sealed class FrameArrival(ReconstructionParameters parameters, Func<ArrivingFiles> look)
{
    private readonly ReconstructionParameters _parameters = parameters;
    private readonly bool _named = InputFiles.AreNamed(parameters);

    private FocalSeries? _series;
    private string? _before;

    // What the files were when no frame was left in them.
    private string? _exhausted;

    /// <summary>The frames that parameters name.</summary>
    /// <param name="parameters">The parameters of the whole series.</param>
    /// <param name="names">What the host calls options.</param>
    public FrameArrival(ReconstructionParameters parameters, OptionNames names)
        : this(parameters, () => ArrivingFiles.Look(parameters, names))
    {
    }

    /// <summary>Frames that the series will have; <see langword="null"/> where only its end tells.</summary>
    public int? Expected => _parameters.Files.ImageCount > 0 ? _parameters.SelectedImages.Count : null;

    /// <summary>Why the last call of <see cref="Next"/> gave no frame; <see langword="null"/> where it gave one.</summary>
    public Awaited? Waits { get; private set; }

    /// <summary>The frames so far as a series; their pixels stay in their files until they are asked for.</summary>
    public FocalSeries Series => _series ?? throw new InvalidOperationException("No frame has come.");

    /// <summary>The next frame, a series of itself with its focus; <see langword="null"/> where it is not there yet.</summary>
    /// <param name="images">
    /// Numbers and foci of the frames so far; the frame's own are added. Where a file came that stands before some that were taken already, as of one that is copied late, all
    /// are taken anew in their order: the frame is the first again, and the only one of these.
    /// </param>
    /// <exception cref="FsRecException">It is no frame of the series.</exception>
    public FocalSeries? Next(List<(int Number, double Focus)> images)
    {
        Waits = null;
        if (Expected is { } all && images.Count >= all)
        {
            return null;
        }

        try
        {
            return _named ? NextOfFiles(images) : NextNumbered(images);
        }
        catch (DataException e) when (_named || e.InnerException is IOException or UnauthorizedAccessException)
        {
            // A file in the making, or being replaced, looks damaged; nobody knows how long one has to be that tells its shape itself.
            return Wait(new Awaited(e.Message, true));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Wait(new Awaited(e.Message, true));
        }
    }

    /// <summary>The parameters of all frames that came: those of the whole series where it is whole.</summary>
    /// <param name="parameters">The parameters of the whole series.</param>
    /// <param name="images">Numbers and foci.</param>
    public ReconstructionParameters Whole(ReconstructionParameters parameters, IReadOnlyList<(int Number, double Focus)> images) =>
        Expected is not { } all || images.Count == all ? parameters : Part(parameters, images);

    private FocalSeries? NextNumbered(List<(int Number, double Focus)> images)
    {
        int number = _parameters.SelectedImages[images.Count];
        string path = Path.Combine(_parameters.ResolvedInputPath, RawFrameFile.Name(_parameters.Files.InputFileName, number));
        long bytes = FileStamp.Of(path).Bytes;
        long least = SeriesInput.RawOf(_parameters.Files, _parameters.Image.Calibration).FrameBytes;
        return bytes < 0 ? Wait(ArrivingFiles.Absent(path))
            : bytes < least ? Wait(new Awaited(FormattableString.Invariant($"'{path}' has {bytes} of {least} bytes."), true))
            : Take(images, (number, _parameters.SelectedFoci[images.Count]), null);
    }

    private FocalSeries? NextOfFiles(List<(int Number, double Focus)> images)
    {
        ArrivingFiles now = look();
        if (now.There.Count == 0)
        {
            _before = now.State;
            return Wait(now.Missing!);
        }

        if (now.State != _before)
        {
            _before = now.State;
            return Wait(new Awaited("files of the series still change.", false));
        }

        if (now.State == _exhausted)
        {
            return Wait(now.Missing ?? End(images.Count));
        }

        FocalSeries? there = Open(now.There);
        IReadOnlyList<string> taken = _series?.FrameFiles ?? [];
        if (there is not null && taken.FirstOrDefault(file => !there.FrameFiles.Contains(file)) is { } gone)
        {
            return Wait(new Awaited($"'{gone}', of which a frame was taken, is not there any more.", true));
        }

        if (there is not null && !taken.SequenceEqual(there.FrameFiles.Take(taken.Count)))
        {
            List<(int Number, double Focus)> anew = [];
            FocalSeries first = Take(anew, (there.ImageNumbers[0], there.Foci[0]), now.There);
            images.Clear();
            images.AddRange(anew);
            return first;
        }

        if (there is null || there.Count <= images.Count)
        {
            _exhausted = now.State;
            return Wait(now.Missing ?? End(images.Count));
        }

        return Take(images, (there.ImageNumbers[images.Count], there.Foci[images.Count]), now.There);
    }

    // As many as there are now; a ramp of foci is that of all that will come.
    private FocalSeries? Open(IReadOnlyList<string> files)
    {
        IReadOnlyList<double> foci = Expected is null || _parameters.Foci.Count == 0 ? _parameters.Foci : _parameters.SelectedFoci;
        IReadOnlyList<int>? range = _parameters.Image.Range;
        ReconstructionParameters all = _parameters with { Files = _parameters.Files with { ImageCount = 0 }, Image = _parameters.Image with { Range = null }, Foci = [] };
        if (foci.Count > 0 || range is not null)
        {
            // One for each image that is there yet, whichever number that is.
            int count = SeriesReader.Open(all with { Foci = [0, 0] }, files).Count;
            if (range is not null)
            {
                range = [.. range.Where(image => image < count)];
                count = range.Count;
            }

            if (count == 0)
            {
                return null;
            }

            all = all with { Image = all.Image with { Range = range }, Foci = [.. foci.Take(count)] };
        }

        return SeriesReader.Open(all, files);
    }

    private FocalSeries Take(List<(int Number, double Focus)> images, (int Number, double Focus) image, IReadOnlyList<string>? files)
    {
        FocalSeries frame = SeriesReader.Open(Part([image]), files);
        frame.Load(1, null, CancellationToken.None);
        // Of these very files: others may come meanwhile, and not be whole.
        _series = SeriesReader.Open(Part([.. images, image]), files);
        images.Add(image);
        return frame;
    }

    private FocalSeries? Wait(Awaited why)
    {
        Waits = why;
        return null;
    }

    private Awaited End(int frames) => new(
        Expected is { } all ? FormattableString.Invariant($"{frames} of {Counted.Of(all, "frame")} {(frames == 1 ? "is" : "are")} there.")
            : $"nothing follows the {Counted.Of(frames, "frame")} that {(frames == 1 ? "is" : "are")} there, and nobody says how many there will be: NImages does, or Quiet.",
        false);

    private ReconstructionParameters Part(IReadOnlyList<(int Number, double Focus)> images) => Part(_parameters, images);

    private ReconstructionParameters Part(ReconstructionParameters parameters, IReadOnlyList<(int Number, double Focus)> images) => parameters with
    {
        Files = _named ? parameters.Files with { ImageCount = 0 } : parameters.Files,
        Image = parameters.Image with { Range = [.. images.Select(static i => i.Number)] },
        Foci = images.Count == 1 ? [images[0].Focus] : [.. images.Select(static i => i.Focus)],
    };
}
